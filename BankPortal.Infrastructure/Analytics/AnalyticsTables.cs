namespace BankPortal.Infrastructure.Analytics;

/// <summary>The tables of the Analytics module.</summary>
public static class AnalyticsTables
{
    /// <summary>
    /// Day summaries of accounts: one row for each past day (<c>2026-11-20</c>) and the row <c>open</c> for the last day. Can be rebuilt
    /// from the entries.
    /// </summary>
    public static TableSpec DaySummaries { get; } = new("BankingDaySummaries", KeySpec.S("account_id"), KeySpec.S("day_key"));

    /// <summary>
    /// The bank's closed periods (<c>day#USD</c>, <c>month#USD</c>, <c>year#USD</c> by first day), the parts of a day that is being closed
    /// (<c>part#2026-11-20</c>, which expire), and the last closed day (<c>closed</c>).
    /// </summary>
    public static TableSpec BankDays { get; } = new("BankingBankDays", KeySpec.S("series"), KeySpec.S("period"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>What customers decided about categories, budgets and goals: one encrypted document for each customer.</summary>
    public static TableSpec CategoryBooks { get; } = new("BankingCategoryBooks", KeySpec.S("user_id"));

    /// <summary>
    /// Month summaries of accounts: one row for each past month (<c>2026-11</c>) and the row <c>open</c> for the last month. Can be rebuilt
    /// from the entries.
    /// </summary>
    public static TableSpec MonthSummaries { get; } = new("BankingMonthSummaries", KeySpec.S("account_id"), KeySpec.S("month_key"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [DaySummaries, BankDays, CategoryBooks, MonthSummaries];
}
