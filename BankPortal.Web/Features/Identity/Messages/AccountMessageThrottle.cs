using BankPortal.Infrastructure.Identity;
using BankPortal.Web.Features.Identity.SignIn;

namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>Keeps a stranger from flooding somebody's mailbox: a few messages of a kind per person and time.</summary>
internal sealed class AccountMessageThrottle(IOptions<SignInOptions> options, IOptions<BankIdentityOptions> identity, TimeProvider time)
{
    // Expired entries are removed when there are this many, so that memory stays bounded.
    private const int SweepAt = 10_000;

    // No window is longer: the options see to it.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly Dictionary<(AccountMessageKind, string), Queue<DateTimeOffset>> _sent = [];

    /// <summary>Whether one more may be sent; counts it when so. Not for several threads.</summary>
    public bool TryTake(AccountMessageKind kind, string userId)
    {
        // About a lock there is nothing new to say while it lasts.
        var (limit, window) = kind == AccountMessageKind.Locked
            ? (1, identity.Value.LockoutDuration)
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
