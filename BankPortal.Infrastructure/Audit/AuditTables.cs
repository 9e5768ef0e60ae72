using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Audit;

/// <summary>The table of the Audit module.</summary>
public static class AuditTables
{
    /// <summary>The index of records by day, whatever their subject.</summary>
    public const string DayIndex = "DayIndex";

    /// <summary>
    /// Staff actions by subject and time. Append-only: the outcome of an action is a second row right after the row of its intention
    /// (<c>{time}#{id}</c> and <c>{time}#{id}#outcome</c>), under the day of the intention. Security events are in partitions of their own,
    /// see <see cref="DynamoSecurityEventStore"/>.
    /// </summary>
    public static TableSpec Records { get; } = new("BankingAudit", KeySpec.S("subject"), KeySpec.S("record_key"))
    {
        Indexes = [new IndexSpec(DayIndex, KeySpec.S("day"), KeySpec.S("record_key"), ProjectionType.ALL)],
    };

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Records];
}
