using BankPortal.Core.Analytics;
using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Analytics.Reports;

namespace BankPortal.Infrastructure.Analytics;

/// <summary>Registers the module Analytics.</summary>
public static class AnalyticsServiceCollectionExtensions
{
    /// <summary>Adds the services and the DynamoDB stores. Needs the modules Accounts and Ledger.</summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddSingleton<IAccountDayStore>(provider => new DynamoAccountDayStore(provider.GetRequiredService<DynamoDatabase>()));
        services.AddSingleton<AccountDayService>();
        services.AddSingleton<DashboardService>();
        services.AddSingleton<ICategoryBookStore, DynamoCategoryBookStore>();
        services.AddSingleton<CategoryService>();
        services.AddSingleton<IEntryCategories, CustomerEntryCategories>();
        services.AddSingleton<IAccountMonthStore, DynamoAccountMonthStore>();
        services.AddSingleton<AccountMonthService>();
        services.AddSingleton<AnalyticsService>();
        return services;
    }
}
