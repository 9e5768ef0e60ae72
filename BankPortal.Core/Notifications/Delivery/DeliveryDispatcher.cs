using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Preferences;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Notifications.Delivery;

/// <summary>
/// Sends the messages that are due. A message leaves the queue after its channel has taken it: at least once, a repeat has the same id.
/// When a channel does not answer, the person's messages of that channel wait together, in their order, longer after each attempt; what
/// cannot be sent after <see cref="MostTries"/> attempts, or is refused for good, is set aside for an administrator and the person is told
/// in the portal. For one caller at a time.
/// </summary>
public sealed partial class DeliveryDispatcher(
    IDeliveryOutbox outbox,
    IEnumerable<IDeliveryChannel> channels,
    INotificationPreferencesStore preferences,
    IInboxStore inbox,
    InboxFeed feed,
    IInboxNotices notices,
    DeliveryText text,
    TimeProvider time,
    ILogger<DeliveryDispatcher> logger)
{
    /// <summary>The most messages that are read at once.</summary>
    public const int BatchSize = 100;

    /// <summary>After so many attempts, some 20 hours, a message is given up.</summary>
    public const int MostTries = 45;

    private const int Parallel = 16;

    // Too many messages for one e-mail are sent as several.
    private const int MostInDigest = 50;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    private readonly ImmutableDictionary<DeliveryChannel, IDeliveryChannel> _channels =
        channels.Where(channel => channel.IsAvailable).ToImmutableDictionary(channel => channel.Channel);

    // Who waits until when, so that a later message does not overtake. Lost with the process: then one may.
    private readonly Dictionary<(string Recipient, DeliveryChannel Channel), DateTimeOffset> _waits = [];
    private readonly Lock _gate = new();

    /// <summary>Sends the messages that have been due longest.</summary>
    /// <returns>How many were looked at.</returns>
    public async Task<int> DispatchAsync(CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        var waiting = await outbox.ReadAsync(BatchSize, now, ct);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var due = new List<Due>();
        foreach (var one in waiting)
        {
            try
            {
                due.Add(new Due(one, DeliveryEvents.Read(one.Event ?? throw new FormatException($"It cannot be read ({one.Stored})."))));
            }
            catch (FormatException exception)
            {
                await outbox.SetAsideAsync(one, exception.Message, ct);
            }
        }

        var recipients = due.Select(one => one.Message.RecipientId).Distinct(StringComparer.Ordinal);
        string[] people = [.. recipients.Where(id => !StaffTopics.IsTopic(id))];
        var wishes = await preferences.FindManyAsync(people, ct);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            due.GroupBy(one => (one.Message.RecipientId, one.Message.Channel)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = ct },
            async (ofOne, token) => await SendAllAsync(
                ofOne.Key,
                [.. ofOne.OrderBy(one => one.Message.At).ThenBy(one => one.Message.Id, StringComparer.Ordinal)],
                wishes.GetValueOrDefault(ofOne.Key.RecipientId) ?? NotificationPreferences.Default,
                now,
                token));
        return waiting.Count;
    }

    /// <summary>How long to wait after the attempt with this number, counted from one.</summary>
    public static TimeSpan PauseAfter(int attempt) =>
        attempt > 12 || FirstPause * Math.Pow(2, attempt - 1) > LongestPause ? LongestPause : FirstPause * Math.Pow(2, attempt - 1);

    private async Task SendAllAsync(
        (string Recipient, DeliveryChannel Channel) key,
        ImmutableArray<Due> all,
        NotificationPreferences wishes,
        DateTimeOffset now,
        CancellationToken ct)
    {
        if (WaitOf(key) is { } until && until > now)
        {
            await DeferAsync(all, until, failed: null, ct);
            return;
        }

        var rest = all;
        while (rest is [var first, ..])
        {
            ImmutableArray<Due> together = first.Message.IsInDigest
                ? [.. rest.Where(one => one.Message.IsInDigest).Take(MostInDigest)]
                : [first];
            DeliveryOutcome outcome;
            try
            {
                outcome = IsStillWanted(first.Message, wishes)
                    ? await _channels[key.Channel].SendAsync(
                        text.Write([.. together.Select(one => one.Message)], wishes.TimeZoneId), ct)
                    : DeliveryOutcome.NoAddress;
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                await FailedAsync(key, rest, together, exception, now, ct);
                return;
            }

            if (outcome == DeliveryOutcome.Refused)
            {
                await GiveUpAsync(key, together, "The address or the message was refused.", ct);
            }
            else
            {
                await outbox.RemoveAsync([.. together.Select(one => one.Waiting)], ct);
            }

            rest = rest.RemoveRange(together);
        }

        Done(key);
    }

    private bool IsStillWanted(DueMessage message, NotificationPreferences wishes) =>
        _channels.ContainsKey(message.Channel)
        && (message.Channel == DeliveryChannel.StaffTopic || wishes.Sends(message.Kind, message.Channel));

    private async Task FailedAsync(
        (string Recipient, DeliveryChannel Channel) key,
        ImmutableArray<Due> rest,
        ImmutableArray<Due> together,
        Exception exception,
        DateTimeOffset now,
        CancellationToken ct)
    {
        var attempt = together[0].Message.Tries + 1;
        NotSent(logger, exception, key.Channel, attempt);
        if (attempt >= MostTries)
        {
            await GiveUpAsync(key, together, exception.Message, ct);
            rest = rest.RemoveRange(together);
        }

        var until = now + PauseAfter(attempt);
        lock (_gate)
        {
            _waits[key] = until;
        }

        await DeferAsync(rest, until, together, ct);
    }

    // Due at the same moment, they keep their order.
    private async Task DeferAsync(ImmutableArray<Due> all, DateTimeOffset until, ImmutableArray<Due>? failed, CancellationToken ct)
    {
        for (var i = 0; i < all.Length; i++)
        {
            var tries = all[i].Message.Tries + (failed?.Contains(all[i]) == true ? 1 : 0);
            var later = DeliveryEvents.Later(all[i].Waiting.Event!, until, tries);
            await outbox.ReplaceAsync(all[i].Waiting, later, ct);
        }
    }

    private async Task GiveUpAsync(
        (string Recipient, DeliveryChannel Channel) key, ImmutableArray<Due> all, string reason, CancellationToken ct)
    {
        if (!StaffTopics.IsTopic(key.Recipient))
        {
            var (by, at) = (key.Channel == DeliveryChannel.Sms ? "text message" : "e-mail", all[0].Message.At);
            var day = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var notice = new InboxMessage(
                key.Recipient,
                DerivedId.From("not-delivered", key.Recipient, key.Channel.ToString(), day),
                MessageTopic.Security,
                new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero),
                $"We could not reach you by {by}",
                $"A message to you by {by} was not accepted. Your messages are here. Please check your address.",
                "",
                "/notifications/settings")
            {
                Kind = AlertKind.Security,
            };
            if (await inbox.AddAsync(notice, [], ct))
            {
                feed.Publish(key.Recipient);
                await notices.AddAsync([key.Recipient], ct);
            }
        }

        foreach (var one in all)
        {
            await outbox.SetAsideAsync(one.Waiting, reason, ct);
        }
    }

    private DateTimeOffset? WaitOf((string Recipient, DeliveryChannel Channel) key)
    {
        lock (_gate)
        {
            return _waits.TryGetValue(key, out var until) ? until : null;
        }
    }

    private void Done((string Recipient, DeliveryChannel Channel) key)
    {
        lock (_gate)
        {
            _waits.Remove(key);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message over {Channel} was not sent (attempt {Attempt}); it waits for the next one")]
    private static partial void NotSent(ILogger logger, Exception exception, DeliveryChannel channel, int attempt);

    private sealed record Due(WaitingEvent Waiting, DueMessage Message);
}
