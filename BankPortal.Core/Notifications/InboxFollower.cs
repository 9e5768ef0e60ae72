namespace BankPortal.Core.Notifications;

/// <summary>
/// Brings the notices of other nodes to the bells of this one: one small read each time, whatever the number of bells, and none while
/// nobody watches. Each read overlaps the one before, because clocks differ. For one caller at a time.
/// </summary>
public sealed class InboxFollower(IInboxNotices notices, InboxFeed feed, TimeProvider time)
{
    /// <summary>The pause between two reads.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How far a read goes back behind the one before.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private DateTimeOffset? _readAt;

    /// <summary>Reads what other nodes have stored since the last time and tells the watchers of this node.</summary>
    public async Task FollowAsync(CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        if (!feed.HasWatchers)
        {
            // A bell reads its number when it comes.
            _readAt = null;
            _seen.Clear();
            return;
        }

        var since = (_readAt ?? now) - Overlap;
        foreach (var notice in await notices.ReadAsync(since, ct))
        {
            if (_seen.TryAdd(notice.Key, notice.At))
            {
                foreach (var person in notice.PersonIds)
                {
                    feed.Publish(person);
                }
            }
        }

        _readAt = now;
        foreach (var (key, _) in _seen.Where(one => one.Value < since).ToList())
        {
            _seen.Remove(key);
        }
    }
}
