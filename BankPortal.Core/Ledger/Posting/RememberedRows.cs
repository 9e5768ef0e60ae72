namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Remembers account rows as this process wrote them a moment ago, so that accounts that are posted to in quick succession need
/// not be read again. Only a guess: a decision made on such a row is committed on the condition that the row still has that
/// version. A row that another process has changed meanwhile costs one refused commit and nothing else. Thread-safe.
/// </summary>
/// <param name="options">Says how long a row is remembered; it is forgotten after that, so memory stays bounded.</param>
/// <param name="time">The clock.</param>
internal sealed class RememberedRows(LedgerOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();

    // Two generations: the younger takes what comes in and becomes the older after half the lifetime.
    private Dictionary<string, Account> _younger = new(StringComparer.Ordinal);
    private Dictionary<string, Account> _older = new(StringComparer.Ordinal);
    private long _turnedAt = time.GetTimestamp();

    /// <summary>All of the accounts, or <see langword="null"/> where one of them is not remembered.</summary>
    public LedgerSnapshot? Find(IReadOnlyCollection<string> accountIds)
    {
        if (options.RememberRowsFor <= TimeSpan.Zero)
        {
            return null;
        }

        lock (_lock)
        {
            Turn();
            var found = ImmutableDictionary.CreateBuilder<string, Account>(StringComparer.Ordinal);
            foreach (var id in accountIds)
            {
                if (!_younger.TryGetValue(id, out var account) && !_older.TryGetValue(id, out account))
                {
                    return null;
                }

                found[id] = account;
            }

            return new LedgerSnapshot(null, found.ToImmutable());
        }
    }

    /// <summary>Remembers rows that were just written.</summary>
    public void Remember(ImmutableArray<Account> written)
    {
        if (options.RememberRowsFor <= TimeSpan.Zero)
        {
            return;
        }

        lock (_lock)
        {
            Turn();
            foreach (var account in written)
            {
                _younger[account.Id] = account;
            }
        }
    }

    /// <summary>Forgets rows that have turned out to be no longer what they were.</summary>
    public void Forget(IEnumerable<string> accountIds)
    {
        lock (_lock)
        {
            foreach (var id in accountIds)
            {
                _younger.Remove(id);
                _older.Remove(id);
            }
        }
    }

    private void Turn()
    {
        var age = time.GetElapsedTime(_turnedAt);
        if (age < options.RememberRowsFor / 2)
        {
            return;
        }

        _older = age < options.RememberRowsFor ? _younger : new Dictionary<string, Account>(StringComparer.Ordinal);
        _younger = new Dictionary<string, Account>(StringComparer.Ordinal);
        _turnedAt = time.GetTimestamp();
    }
}
