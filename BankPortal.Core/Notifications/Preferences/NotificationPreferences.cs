using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Core.Notifications.Preferences;

/// <summary>What a person has chosen about alerts. The portal itself keeps every message; security messages cannot be switched
/// off.</summary>
public sealed record NotificationPreferences
{
    /// <summary>What holds until somebody chooses.</summary>
    public static NotificationPreferences Default { get; } = new();

    /// <summary>The kinds that do not count at the bell; their messages are in the list, already read.</summary>
    public ImmutableHashSet<AlertKind> Silent { get; init; } = [];

    /// <summary>The channels of the kinds for which somebody chose.</summary>
    public ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>> Chosen { get; init; } =
        ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty;

    /// <summary>When quiet hours begin, in <see cref="TimeZoneId"/>; <see langword="null"/> for none.</summary>
    public TimeOnly? QuietFrom { get; init; }

    /// <summary>When quiet hours end, possibly on the next day; <see langword="null"/> for none.</summary>
    public TimeOnly? QuietTo { get; init; }

    /// <summary>The time at which e-mails of a day come as one; <see langword="null"/> when each comes at once.</summary>
    public TimeOnly? DigestAt { get; init; }

    /// <summary>The person's time zone (IANA); <see langword="null"/> for the bank's.</summary>
    public string? TimeZoneId { get; init; }

    /// <summary>Counts the changes; 0 when nothing is stored.</summary>
    public long Version { get; init; }

    /// <summary>Whether a kind counts at the bell.</summary>
    public bool Rings(AlertKind kind) => kind == AlertKind.Security || !Silent.Contains(kind);

    /// <summary>Whether a kind is sent over a channel.</summary>
    public bool Sends(AlertKind kind, DeliveryChannel channel) =>
        Chosen.TryGetValue(kind, out var channels) && !(kind == AlertKind.Security && channel == DeliveryChannel.Email)
            ? channels.Contains(channel)
            : kind.Describe().Defaults.Contains(channel);
}
