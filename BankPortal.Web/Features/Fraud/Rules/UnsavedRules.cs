using System.Collections.Concurrent;

namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>
/// Keeps unsaved changes of drafts for some hours in the memory of this process, so that a lost connection, a closed tab or a
/// visit to another page loses nothing. Each person sees only their own changes. Thread-safe.
/// </summary>
public sealed class UnsavedRules(TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);
    private const int MaxEntries = 200;

    private readonly ConcurrentDictionary<(string UserId, int Number), Entry> _entries = [];

    /// <summary>Keeps a copy.</summary>
    /// <param name="userId">The person who typed it.</param>
    /// <param name="seen">The version it is based on.</param>
    /// <param name="draft">The draft as typed.</param>
    public void Keep(string userId, RuleSetVersion seen, RuleSetDraft draft)
    {
        _entries[(userId, seen.Number)] = new Entry(seen, draft.Copy(), time.GetUtcNow());
        if (_entries.Count > MaxEntries)
        {
            _entries.TryRemove(_entries.MinBy(entry => entry.Value.At).Key, out _);
        }
    }

    /// <summary>The changes kept, if there are any.</summary>
    public (RuleSetVersion Seen, RuleSetDraft Draft, DateTimeOffset At)? Find(string userId, int number) =>
        _entries.TryGetValue((userId, number), out var entry) && time.GetUtcNow() - entry.At < KeptFor
            ? (entry.Seen, entry.Draft.Copy(), entry.At)
            : null;

    /// <summary>Removes the changes after they were saved or discarded.</summary>
    public void Forget(string userId, int number) => _entries.TryRemove((userId, number), out _);

    private sealed record Entry(RuleSetVersion Seen, RuleSetDraft Draft, DateTimeOffset At);
}
