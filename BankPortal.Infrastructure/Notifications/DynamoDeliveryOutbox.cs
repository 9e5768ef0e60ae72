using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Infrastructure.Dynamo.Events;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>The queue of messages that go out over channels, those of a person in one shard. Thread-safe.</summary>
public sealed class DynamoDeliveryOutbox : DynamoOutbox, IDeliveryOutbox
{
    /// <summary>Creates the queue.</summary>
    /// <param name="database">The database.</param>
    /// <param name="protector">Encrypts the messages.</param>
    /// <param name="time">The clock.</param>
    public DynamoDeliveryOutbox(DynamoDatabase database, IFieldProtector protector, TimeProvider time)
        : this(database, protector, time, new EventSignal())
    {
    }

    private DynamoDeliveryOutbox(DynamoDatabase database, IFieldProtector protector, TimeProvider time, EventSignal signal)
        : base(database, protector, signal, time, EventTables.DeliveryQueue) => Signal = signal;

    /// <inheritdoc/>
    public EventSignal Signal { get; }

    /// <inheritdoc/>
    protected override int ShardOf(BankEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.PersonId[^1] % EventTables.Shards;
    }
}
