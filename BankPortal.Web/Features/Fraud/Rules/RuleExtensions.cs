namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>What the rules need in the portal besides their pages.</summary>
internal static class RuleExtensions
{
    /// <summary>Adds the rules in force, at the start and kept up to date.</summary>
    public static WebApplicationBuilder AddBankRules(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStartupTask, RulesInForceStart>();
        builder.Services.AddSingleton<UnsavedRules>();
        builder.Services.AddHostedService<RulesInForceWorker>();
        builder.Services.AddHostedService<ShadowTallyWorker>();
        return builder;
    }
}
