using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Preferences;

namespace BankPortal.Core.Notifications.Delivery;

/// <summary>
/// Decides over which channels a message goes out and when: at once, after quiet hours, or with the summary of the day. Security messages
/// never wait. Stateless, thread-safe.
/// </summary>
/// <param name="channels">All channels; those that the configuration lacks get nothing.</param>
/// <param name="rules">Has the bank's time zone.</param>
public sealed class DeliveryPlan(IEnumerable<IDeliveryChannel> channels, LedgerRules rules)
{
    private readonly ImmutableArray<DeliveryChannel> _available =
        [.. channels.Where(channel => channel.IsAvailable).Select(channel => channel.Channel).Distinct().Order()];

    private readonly ImmutableArray<DeliveryChannel> _usedByIdentity =
        [.. channels.Where(channel => channel.IsUsedByIdentity).Select(channel => channel.Channel)];

    /// <summary>The channels that the configuration has.</summary>
    public ImmutableArray<DeliveryChannel> Available => _available;

    /// <summary>Returns the deliveries of a message, as events that are due at their time. The same message gives the same ones.</summary>
    /// <param name="message">The message.</param>
    /// <param name="preferences">What its person chose.</param>
    public IEnumerable<BankEvent> Of(InboxMessage message, NotificationPreferences preferences)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(preferences);
        var isForTopic = StaffTopics.IsTopic(message.PersonId);
        foreach (var channel in _available)
        {
            if (isForTopic ? channel == DeliveryChannel.StaffTopic : IsWanted(message, preferences, channel))
            {
                var due = isForTopic || message.Kind == AlertKind.Security ? message.At : DueAt(message.At, preferences, channel);
                yield return DeliveryEvents.Of(message, channel, due, due > message.At && IsDigest(preferences, channel));
            }
        }
    }

    /// <summary>When a message that happens at a moment is due.</summary>
    public DateTimeOffset DueAt(DateTimeOffset at, NotificationPreferences preferences, DeliveryChannel channel)
    {
        ArgumentNullException.ThrowIfNull(preferences);
        var zone = preferences.TimeZoneId is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var own) ? own : rules.Zone;
        if (preferences.DigestAt is { } digest && IsDigest(preferences, channel))
        {
            return NextAt(at, digest, zone);
        }

        if (preferences is { QuietFrom: { } from, QuietTo: { } to })
        {
            var local = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
            if (local.IsBetween(from, to))
            {
                return NextAt(at, to, zone);
            }
        }

        return at;
    }

    // What Identity sends about security at once is not sent again.
    private bool IsWanted(InboxMessage message, NotificationPreferences preferences, DeliveryChannel channel) =>
        channel != DeliveryChannel.StaffTopic
        && (message.SendTo is null || channel == DeliveryChannel.Email)
        && !(message.IsSentByIdentity && _usedByIdentity.Contains(channel))
        && preferences.Sends(message.Kind, channel);

    private static bool IsDigest(NotificationPreferences preferences, DeliveryChannel channel) =>
        channel == DeliveryChannel.Email && preferences.DigestAt is not null;

    // The next moment at which the clocks of the zone show the time: later than the message.
    private static DateTimeOffset NextAt(DateTimeOffset at, TimeOnly time, TimeZoneInfo zone)
    {
        var day = ZonedTime.DayOf(at, zone);
        var today = ZonedTime.MomentOf(day, time, zone);
        return today > at ? today : ZonedTime.MomentOf(day.AddDays(1), time, zone);
    }
}
