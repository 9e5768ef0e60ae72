namespace BankPortal.Core.Notifications.Delivery;

/// <summary>Sends messages over one channel. Implementations are thread-safe.</summary>
public interface IDeliveryChannel
{
    /// <summary>The channel.</summary>
    DeliveryChannel Channel { get; }

    /// <summary>Whether the configuration has this channel. Without it nothing is written for it.</summary>
    bool IsAvailable { get; }

    /// <summary>Whether the module Identity sends its own messages over this channel, so that they are not sent a second time.</summary>
    bool IsUsedByIdentity => false;

    /// <summary>
    /// Sends a message. It may be sent again with the same <see cref="Delivery.Id"/> after a fault. An exception says that it may succeed
    /// later (the service does not answer, is throttled, has a fault); the caller waits and tries again.
    /// </summary>
    /// <returns>Whether it was handed over, and if not, why it never will be.</returns>
    Task<DeliveryOutcome> SendAsync(Delivery delivery, CancellationToken ct = default);
}

/// <summary>What became of a message. Only an exception means that trying again may help.</summary>
public enum DeliveryOutcome
{
    /// <summary>The service has taken it.</summary>
    Sent,

    /// <summary>The person has no confirmed address for the channel, or has unsubscribed: nothing to send, nothing wrong.</summary>
    NoAddress,

    /// <summary>The service refuses this address or this message for good.</summary>
    Refused,
}
