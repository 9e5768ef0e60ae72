using BankPortal.Core.Analytics;

namespace BankPortal.Infrastructure.Analytics;

/// <summary>Registers the module Analytics.</summary>
public static class AnalyticsServiceCollectionExtensions
{
    /// <summary>Adds the services and the DynamoDB store. Needs the modules Accounts and Ledger.</summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddSingleton<IAccountDayStore>(provider => new DynamoAccountDayStore(provider.GetRequiredService<DynamoDatabase>()));
        services.AddSingleton<AccountDayService>();
        services.AddSingleton<DashboardService>();
        return services;
    }
}
