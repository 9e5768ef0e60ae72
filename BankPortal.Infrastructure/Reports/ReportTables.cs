namespace BankPortal.Infrastructure.Reports;

/// <summary>The tables of the Reports module.</summary>
public static class ReportTables
{
    /// <summary>
    /// Cells of closed days and months (<c>cube#{name}#{scope}#day</c> by day, <c>…#month</c> by first day; long ones go on in
    /// <c>{day}~1</c>), the last counted day (<c>counted</c>), the standing of accounts (<c>account#{shard}</c>, <c>{owner}#{account}</c>)
    /// and saved reports (<c>saved</c>).
    /// </summary>
    public static TableSpec Reports { get; } = new("BankingReports", KeySpec.S("part"), KeySpec.S("item"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Reports];
}
