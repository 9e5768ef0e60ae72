namespace BankPortal.Infrastructure.Dynamo.Jobs;

/// <summary>The table of the background jobs.</summary>
public static class JobTables
{
    /// <summary>One row for each job: its lease, its progress, and what became of its last runs.</summary>
    public static TableSpec Jobs { get; } = new("BankingJobs", KeySpec.S("job"));

    /// <summary>All tables of the jobs.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Jobs];
}
