using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Core.Notifications.Contacts;

/// <summary>An address to which a person's messages go through the notification service.</summary>
/// <param name="PersonId">Whose address it is.</param>
/// <param name="Channel">The channel: e-mail or text message. A person has at most one address of each.</param>
/// <param name="Address">The e-mail address, or the telephone number in E.164 form.</param>
public sealed record ContactPoint(string PersonId, DeliveryChannel Channel, string Address)
{
    /// <summary>Whether messages can be sent there.</summary>
    public ContactState State { get; init; }

    /// <summary>The person's topic, as the service names it.</summary>
    public string TopicId { get; init; } = "";

    /// <summary>When the service was last asked to subscribe the address.</summary>
    public DateTimeOffset SubscribedAt { get; init; }

    /// <summary>When <see cref="State"/> was last compared with the service.</summary>
    public DateTimeOffset CheckedAt { get; init; }

    /// <summary>Counts the changes; 0 when it is not stored yet.</summary>
    public long Version { get; init; }

    /// <summary>The address with its middle hidden, for texts that are read elsewhere.</summary>
    public string Masked => Mask(Address);

    private static string Mask(string address)
    {
        var at = address.LastIndexOf('@');
        return at > 0 ? $"{address[0]}•••{address[at..]}" : $"•••{address[^Math.Min(3, address.Length)..]}";
    }
}

/// <summary>Whether messages can be sent to an address. Stored by name: members may be added, never renamed.</summary>
public enum ContactState
{
    /// <summary>The holder has not confirmed it yet; nothing is sent.</summary>
    Pending,

    /// <summary>The holder has confirmed it.</summary>
    Confirmed,

    /// <summary>The service no longer sends there: unsubscribed, not confirmed in time, or the address does not work.</summary>
    Ended,
}
