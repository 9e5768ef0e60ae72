using BankPortal.Core.Fraud.Cases;

namespace BankPortal.Infrastructure.Fraud.Cases;

/// <summary>Registers alerts and cases.</summary>
public static class CaseServices
{
    /// <summary>Adds alerts and cases, configured by the section <c>Cases</c>. Expects the rooms Fraud, Audit, Identity and Ledger.</summary>
    public static IServiceCollection AddBankCases(this IServiceCollection services)
    {
        services.AddValidatedOptions<CaseOptions, CaseOptionsRules>("Cases");
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<CaseOptions>>().Value);
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
        return services;
    }
}
