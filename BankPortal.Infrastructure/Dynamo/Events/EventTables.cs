namespace BankPortal.Infrastructure.Dynamo.Events;

/// <summary>The table of the event outbox.</summary>
public static class EventTables
{
    /// <summary>The number of partitions that waiting events are spread over.</summary>
    public const int Shards = 4;

    /// <summary>The name of the queue of what happened.</summary>
    internal const string EventQueue = "event";

    /// <summary>The name of the queue of messages that go out over channels.</summary>
    internal const string DeliveryQueue = "delivery";

    /// <summary>
    /// The outbox and the queue of deliveries. Waiting events are in the partitions <c>event#{shard}</c>, sorted by time, and are removed
    /// when they are dispatched; those that cannot be dispatched are in <c>dead</c>. Deliveries are in <c>delivery#{shard}</c>, sorted by
    /// the time at which they are due, and in <c>dead-delivery</c>. Rows <c>raised#{id}</c> remember the ids of raised events until they
    /// expire.
    /// </summary>
    public static TableSpec Events { get; } = new("BankingEvents", KeySpec.S("part"), KeySpec.S("event_key"))
    {
        TtlAttribute = "expires_at",
    };

    /// <summary>All tables of events.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Events];
}
