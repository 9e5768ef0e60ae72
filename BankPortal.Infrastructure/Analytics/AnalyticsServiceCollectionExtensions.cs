using BankPortal.Core.Analytics;
using BankPortal.Core.Analytics.Budgets;
using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Analytics.Goals;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Analytics.Reports;
using BankPortal.Core.Ledger.Import;
using BankPortal.Infrastructure.Analytics.Days;
using BankPortal.Infrastructure.Dynamo.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Analytics;

/// <summary>Registers the module Analytics.</summary>
public static class AnalyticsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the services, the DynamoDB stores and the job that closes days. Needs the modules Accounts, Ledger and Scheduling.
    /// </summary>
    public static IServiceCollection AddAnalytics(this IServiceCollection services)
    {
        services.AddSingleton<IAccountDayStore>(provider => new DynamoAccountDayStore(provider.GetRequiredService<DynamoDatabase>()));
        services.AddSingleton<AccountDayService>();
        services.AddSingleton<DashboardService>();
        services.AddValidatedOptions<CalendarOptions, CalendarOptionsValidator>(CalendarOptions.Section);
        services.AddValidatedOptions<DayCloseOptions, DayCloseOptionsValidator>(DayCloseOptions.Section);
        services.TryAddSingleton<IBusinessCalendar, BusinessCalendar>();
        services.AddSingleton<IBankDayStore, DynamoBankDayStore>();
        services.AddSingleton<IClosedDays>(provider => provider.GetRequiredService<IBankDayStore>());
        services.AddSingleton<BankDayCounter>();
        services.AddSingleton<BankDayService>();
        services.AddSingleton<BankFigureService>();
        services.AddSingleton<BudgetWatch>();
        services.AddBankJob<DayCloseJob>();
        services.AddSingleton<DayVerification>();
        services.AddBankJob<DayVerificationJob>();
        services.AddSingleton<ICategoryBookStore, DynamoCategoryBookStore>();
        services.AddSingleton<CategoryService>();
        services.AddSingleton<GoalTransferService>();
        services.AddSingleton<IEntryCategories, CustomerEntryCategories>();
        services.AddSingleton<IAccountMonthStore, DynamoAccountMonthStore>();
        services.AddSingleton<AccountMonthService>();
        services.AddSingleton<AnalyticsService>();
        return services;
    }
}
