using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>Limits the messages of a kind per person and time, so that a stranger cannot flood somebody's mailbox.</summary>
internal sealed class AccountMessageThrottle(IOptions<SignIn.SignInOptions> options, IOptions<IdentityOptions> identity, TimeProvider time)
{
    // Expired entries are removed when there are this many, so that memory stays bounded.
    private const int SweepAt = 10_000;

    // The options allow no longer window.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Dictionary<(AccountMessageKind, string), Queue<DateTimeOffset>> _sent = [];

    /// <summary>Counts one more message and returns whether it may be sent. Not thread-safe.</summary>
    public bool TryTake(AccountMessageKind kind, string userId)
    {
        // One message about a lock is enough while it lasts.
        var (limit, window) = kind is AccountMessageKind.Locked or AccountMessageKind.LockedAfterPassword
            ? (1, identity.Value.Lockout.DefaultLockoutTimeSpan)
            : (options.Value.MessagesPerWindow, options.Value.MessageWindow);
        var now = time.GetUtcNow();
        if (_sent.Count >= SweepAt)
        {
            foreach (var stale in _sent.Where(pair => pair.Value.All(at => at <= now - Longest)).Select(pair => pair.Key).ToList())
            {
                _sent.Remove(stale);
            }
        }

        var key = (kind, userId);
        if (!_sent.TryGetValue(key, out var times))
        {
            _sent[key] = times = new Queue<DateTimeOffset>();
        }

        while (times.TryPeek(out var first) && first <= now - window)
        {
            times.Dequeue();
        }

        if (times.Count >= limit)
        {
            return false;
        }

        times.Enqueue(now);
        return true;
    }
}
