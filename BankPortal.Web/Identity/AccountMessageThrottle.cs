using Microsoft.Extensions.Options;

namespace BankPortal.Web.Identity;

/// <summary>Keeps a stranger from flooding somebody's mailbox: a few messages of a kind per address and time.</summary>
internal sealed class AccountMessageThrottle(IOptions<SignInOptions> options, TimeProvider time)
{
    private const int SweepAt = 10_000;

    private readonly Dictionary<(AccountMessageKind, string), Queue<DateTimeOffset>> _sent = [];

    /// <summary>Whether one more may be sent; counts it when so. Not for several threads.</summary>
    public bool TryTake(AccountMessageKind kind, string email)
    {
        var now = time.GetUtcNow();
        var oldest = now - options.Value.MessageWindow;
        if (_sent.Count >= SweepAt)
        {
            foreach (var stale in _sent.Where(pair => pair.Value.All(at => at <= oldest)).Select(pair => pair.Key).ToList())
            {
                _sent.Remove(stale);
            }
        }

        var key = (kind, email.ToUpperInvariant());
        if (!_sent.TryGetValue(key, out var times))
        {
            _sent[key] = times = new Queue<DateTimeOffset>();
        }

        while (times.TryPeek(out var first) && first <= oldest)
        {
            times.Dequeue();
        }

        // About a lock there is nothing new to say while it lasts.
        var limit = kind == AccountMessageKind.Locked ? 1 : options.Value.MessagesPerWindow;
        if (times.Count >= limit)
        {
            return false;
        }

        times.Enqueue(now);
        return true;
    }
}
