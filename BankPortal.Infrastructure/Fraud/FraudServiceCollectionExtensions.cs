using BankPortal.Core.Fraud.Cases;
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

/// <summary>Registers the module Fraud.</summary>
public static class FraudServiceCollectionExtensions
{
    /// <summary>
    /// Adds risk assessment, rules, lists, alerts, cases and the live monitor, configured by the sections <c>Fraud</c>, <c>Cases</c> and
    /// <c>Monitor</c>. Needs the modules Accounts, Identity and Ledger.
    /// </summary>
    public static IServiceCollection AddFraud(this IServiceCollection services)
    {
        services.AddAudit();
        services.AddValidatedOptions<FraudOptions, FraudOptionsValidator>(FraudOptions.Section);
        services.AddValidatedOptions<MonitorOptions, MonitorOptionsValidator>(MonitorOptions.Section);
        services.AddValidatedOptions<CaseOptions, CaseOptionsValidator>(CaseOptions.Section);
        AddScreening(services);
        AddRules(services);
        AddCases(services);
        AddDesk(services);
        return services;
    }

    private static void AddScreening(IServiceCollection services)
    {
        services.AddSingleton<RulesInForce>();
        services.AddSingleton<RiskFactSheet>();
        services.AddSingleton<IRiskBackgroundStore, DynamoRiskBackgroundStore>();
        services.AddSingleton<ITransferScreening, FraudScreening>();
        services.AddSingleton<RiskListItems>();
        services.AddSingleton<IRiskListStore, DynamoRiskListStore>();
        services.AddSingleton<RiskListService>();
    }

    private static void AddRules(IServiceCollection services)
    {
        services.AddSingleton<IRuleSetStore, DynamoRuleSetStore>();
        services.AddSingleton<RulesInForceRefresh>();
        services.AddSingleton<RuleSetService>();
        services.AddSingleton<IBackTestStore, DynamoBackTestStore>();
        services.AddSingleton<BackTests>();
        services.AddSingleton<IShadowStore, DynamoShadowStore>();
        services.AddSingleton<ShadowTally>();
    }

    private static void AddCases(IServiceCollection services)
    {
        services.AddSingleton<CaseItems>();
        services.AddSingleton<ICaseStore, DynamoCaseStore>();
        services.AddSingleton<IAlertOutbox, DynamoAlertOutbox>();
        services.AddSingleton<IDispositions, Dispositions>();
        services.AddSingleton<IDecidingRules, DecidingRules>();
        services.AddSingleton<CaseRules>();
        services.AddSingleton<CaseFeed>();
        services.AddSingleton<CaseService>();
        services.AddSingleton<CaseReader>();
        services.AddSingleton<AlertIntake>();
    }

    private static void AddDesk(IServiceCollection services)
    {
        services.AddSingleton<LiveMonitor>();
        services.AddSingleton<FiredRules>();
        services.AddSingleton<HeldQueue>();
        services.AddSingleton<SignInBlocks>();
        services.AddSingleton<FraudFiles>();
        services.AddSingleton<LinkGraphService>();
    }
}
