using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Audit;

/// <summary>The table of the room Audit.</summary>
public static class AuditTables
{
    /// <summary>Finds what was done on a day, whatever it was done to.</summary>
    public const string DayIndex = "DayIndex";

    /// <summary>
    /// What staff did, by subject and time. Append-only: the outcome of an act is a row of its own, right behind the row of
    /// its intention (<c>{time}#{id}</c> and <c>{time}#{id}#outcome</c>), under the intention's day.
    /// </summary>
    public static TableSpec Records { get; } = new("BankingAudit", KeySpec.S("subject"), KeySpec.S("record_key"))
    {
        Indexes = [new IndexSpec(DayIndex, KeySpec.S("day"), KeySpec.S("record_key"), ProjectionType.ALL)],
    };

    /// <summary>All of them.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Records];
}
