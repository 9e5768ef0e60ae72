using System.Collections.Concurrent;

namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>
/// Remembers for some hours what somebody has typed into a draft and not saved yet, in this process: a lost connection, a
/// closed tab or another page on the way loses nothing. Each person sees only their own.
/// </summary>
public sealed class UnsavedRules(TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);
    private const int Most = 200;

    private readonly ConcurrentDictionary<(string UserId, int Number), Entry> _entries = [];

    /// <summary>Remembers a copy.</summary>
    /// <param name="userId">Whose it is.</param>
    /// <param name="seen">The version it began with.</param>
    /// <param name="draft">What was typed.</param>
    public void Keep(string userId, RuleSetVersion seen, RuleSetDraft draft)
    {
        _entries[(userId, seen.Number)] = new Entry(seen, draft.Copy(), time.GetUtcNow());
        if (_entries.Count > Most)
        {
            _entries.TryRemove(_entries.MinBy(entry => entry.Value.At).Key, out _);
        }
    }

    /// <summary>What was remembered, if anything was.</summary>
    public (RuleSetVersion Seen, RuleSetDraft Draft, DateTimeOffset At)? Find(string userId, int number) =>
        _entries.TryGetValue((userId, number), out var entry) && time.GetUtcNow() - entry.At < KeptFor ? (entry.Seen, entry.Draft.Copy(), entry.At) : null;

    /// <summary>Forgets it: saved or given up.</summary>
    public void Forget(string userId, int number) => _entries.TryRemove((userId, number), out _);

    private sealed record Entry(RuleSetVersion Seen, RuleSetDraft Draft, DateTimeOffset At);
}
