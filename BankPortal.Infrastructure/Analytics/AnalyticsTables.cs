namespace BankPortal.Infrastructure.Analytics;

/// <summary>The table of the Analytics module.</summary>
public static class AnalyticsTables
{
    /// <summary>
    /// Day summaries of accounts: one row for each past day (<c>2026-11-20</c>) and the row <c>open</c> for the last day. Can be rebuilt
    /// from the entries.
    /// </summary>
    public static TableSpec DaySummaries { get; } = new("BankingDaySummaries", KeySpec.S("account_id"), KeySpec.S("day_key"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [DaySummaries];
}
