namespace BankPortal.Infrastructure.Analytics;

/// <summary>The tables of the room Analytics.</summary>
public static class AnalyticsTables
{
    /// <summary>
    /// Accounts' days: one row for each day that is over (<c>2026-11-20</c>), and <c>open</c> for the last one. Can be
    /// rebuilt from the entries.
    /// </summary>
    public static TableSpec DaySummaries { get; } = new("BankingDaySummaries", KeySpec.S("account_id"), KeySpec.S("day_key"));

    /// <summary>All of them.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [DaySummaries];
}
