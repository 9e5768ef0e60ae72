namespace BankPortal.Infrastructure.Dynamo.Runs;

/// <summary>The table of background runs.</summary>
public static class RunTables
{
    /// <summary>
    /// Runs: <c>run#{id}</c> with the row <c>run</c> and its content in <c>content#{version}#{number}</c>; <c>owner#{user}</c> lists a
    /// person's runs by time, <c>open</c> those that have not ended. All expire.
    /// </summary>
    public static TableSpec Runs { get; } = new("BankingRuns", KeySpec.S("part"), KeySpec.S("run_key"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>All tables of background runs.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Runs];
}
