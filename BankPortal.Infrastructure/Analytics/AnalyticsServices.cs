using BankPortal.Core.Analytics;

namespace BankPortal.Infrastructure.Analytics;

/// <summary>Registers the room Analytics.</summary>
public static class AnalyticsServices
{
    /// <summary>Adds the services and the DynamoDB store. Expects the rooms Accounts and Ledger.</summary>
    public static IServiceCollection AddBankAnalytics(this IServiceCollection services)
    {
        services.AddSingleton<IAccountDayStore>(provider => new DynamoAccountDayStore(provider.GetRequiredService<DynamoDatabase>()));
        services.AddSingleton<AccountDayService>();
        services.AddSingleton<DashboardService>();
        return services;
    }
}
