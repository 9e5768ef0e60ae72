using BankPortal.Core.Fraud.Desk;
using BankPortal.Core.Fraud.Lists;
using BankPortal.Core.Fraud.Live;
using BankPortal.Core.Fraud.Rules;
using BankPortal.Infrastructure.Audit;
using BankPortal.Infrastructure.Fraud.Cases;
using BankPortal.Infrastructure.Fraud.Engine;
using BankPortal.Infrastructure.Fraud.Lists;
using BankPortal.Infrastructure.Fraud.Live;
using BankPortal.Infrastructure.Fraud.Rules;

namespace BankPortal.Infrastructure.Fraud;

/// <summary>Registers the room Fraud.</summary>
public static class FraudServices
{
    /// <summary>Adds the fraud desk, configured by the section <c>Fraud</c>. Expects the rooms Accounts, Identity and Ledger.</summary>
    public static IServiceCollection AddBankFraud(this IServiceCollection services)
    {
        services.AddBankAudit();
        services.AddBankCases();
        services.AddValidatedOptions<FraudOptions, FraudOptionsRules>("Fraud");
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<FraudOptions>>().Value);
        services.AddValidatedOptions<MonitorOptions, MonitorOptionsRules>("Monitor");
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<MonitorOptions>>().Value);
        services.AddSingleton<LiveMonitor>();
        services.AddSingleton<RulesInForce>();
        services.AddSingleton<RiskFactSheet>();
        services.AddSingleton<IRiskBackgroundStore, DynamoRiskBackgroundStore>();
        services.AddSingleton<ITransferScreening, FraudScreening>();
        services.AddSingleton<RiskListItems>();
        services.AddSingleton<IRiskListStore, DynamoRiskListStore>();
        services.AddSingleton<RiskListService>();
        services.AddSingleton<FiredRules>();
        services.AddSingleton<HeldQueue>();
        services.AddSingleton<SignInBlocks>();
        services.AddSingleton<FraudFiles>();
        services.AddSingleton<LinkGraphService>();
        services.AddSingleton<IRuleSetStore, DynamoRuleSetStore>();
        services.AddSingleton<RulesInForceRefresh>();
        services.AddSingleton<RuleSetService>();
        services.AddSingleton<IBackTestStore, DynamoBackTestStore>();
        services.AddSingleton<BackTests>();
        services.AddSingleton<IShadowStore, DynamoShadowStore>();
        services.AddSingleton<ShadowTally>();
        return services;
    }
}
