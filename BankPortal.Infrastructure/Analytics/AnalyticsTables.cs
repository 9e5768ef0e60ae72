namespace BankPortal.Infrastructure.Analytics;

/// <summary>The tables of the Analytics module.</summary>
public static class AnalyticsTables
{
    /// <summary>
    /// Day summaries of accounts: one row for each past day (<c>2026-11-20</c>) and the row <c>open</c> for the last day. Can be rebuilt
    /// from the entries.
    /// </summary>
    public static TableSpec DaySummaries { get; } = new("BankingDaySummaries", KeySpec.S("account_id"), KeySpec.S("day_key"));

    /// <summary>What customers decided about categories, budgets and goals: one encrypted document for each customer.</summary>
    public static TableSpec CategoryBooks { get; } = new("BankingCategoryBooks", KeySpec.S("user_id"));

    /// <summary>
    /// Month summaries of accounts: one row for each past month (<c>2026-11</c>) and the row <c>open</c> for the last month. Can be rebuilt
    /// from the entries.
    /// </summary>
    public static TableSpec MonthSummaries { get; } = new("BankingMonthSummaries", KeySpec.S("account_id"), KeySpec.S("month_key"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [DaySummaries, CategoryBooks, MonthSummaries];
}
