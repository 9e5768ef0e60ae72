namespace BankPortal.Infrastructure.Dynamo.Events;

/// <summary>The table of the event outbox.</summary>
public static class EventTables
{
    /// <summary>The number of partitions that waiting events are spread over.</summary>
    public const int Shards = 4;

    /// <summary>
    /// The outbox. Waiting events are in the partitions <c>event#{shard}</c>, sorted by time, and are removed when they are dispatched;
    /// those that cannot be dispatched are in <c>dead</c>. Rows <c>raised#{id}</c> remember the ids of raised events until they expire.
    /// </summary>
    public static TableSpec Events { get; } = new("BankingEvents", KeySpec.S("part"), KeySpec.S("event_key"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>All tables of events.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Events];
}
