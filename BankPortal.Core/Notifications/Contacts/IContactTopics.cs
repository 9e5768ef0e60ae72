using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Core.Notifications.Contacts;

/// <summary>
/// The notification service: one topic for each person, to which the person's addresses are subscribed. Implementations are thread-safe.
/// Everything throws when the service does not answer, is throttled or has a fault.
/// </summary>
public interface IContactTopics
{
    /// <summary>The channels that people can add addresses of; none when the service is not configured.</summary>
    ImmutableArray<DeliveryChannel> Offered { get; }

    /// <summary>
    /// Subscribes an address to the person's topic, which is made when there is none, and ends the person's other subscriptions of that
    /// channel. Repeating it is harmless; for an e-mail address that is not confirmed it sends the confirmation again.
    /// </summary>
    /// <returns>The topic and the state; <see langword="null"/> when the service refuses the address for good.</returns>
    Task<(string TopicId, ContactState State)?> SubscribeAsync(
        string personId, DeliveryChannel channel, string address, CancellationToken ct = default);

    /// <summary>Reads the states of a person's addresses, and ends subscriptions to addresses that are not theirs any more.</summary>
    /// <returns>The states by channel; <see langword="null"/> when the topic does not exist.</returns>
    Task<IReadOnlyDictionary<DeliveryChannel, ContactState>?> ReadAsync(
        string topicId, ImmutableArray<ContactPoint> contacts, CancellationToken ct = default);

    /// <summary>Ends the subscriptions of a channel. A topic that is gone has none.</summary>
    Task UnsubscribeAsync(string topicId, DeliveryChannel channel, CancellationToken ct = default);

    /// <summary>Sends a text message to a number that is not subscribed.</summary>
    /// <returns>Whether the service has taken it; <see langword="false"/> when it refuses the number for good.</returns>
    Task<bool> SendTextAsync(string number, string text, CancellationToken ct = default);
}
