namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Combines the steps of several transfers that share accounts into one commit: each account's row is written once for all of
/// them, and their entries follow each other. Each transfer is decided by the same rules as alone, on the accounts as the ones
/// before it leave them. Not thread-safe.
/// </summary>
internal sealed class LedgerGroup
{
    /// <summary>The rows one commit may write (DynamoDB takes 100 actions in a transaction).</summary>
    public const int MaxWrites = 100;

    /// <summary>
    /// How many transfers always fit: each writes its row and two entries, and brings at most one account that the ones before it
    /// do not write, because it shares the other one with them.
    /// </summary>
    public const int MaxTransfers = (MaxWrites - 1) / 4;

    private readonly List<TransferChange> _transfers = [];
    private readonly List<Entry> _entries = [];
    private readonly ImmutableDictionary<string, Account> _start;
    private ImmutableDictionary<string, Account> _accounts;

    /// <summary>A group that starts from the accounts as read.</summary>
    public LedgerGroup(ImmutableDictionary<string, Account> start)
    {
        _start = start;
        _accounts = start;
    }

    /// <summary>Whether no step was added.</summary>
    public bool IsEmpty => _transfers.Count == 0;

    /// <summary>The accounts as the steps so far leave them.</summary>
    public LedgerSnapshot Now => new(null, _accounts);

    /// <summary>Adds a step that was decided on <see cref="Now"/>; <see langword="false"/> when there is no room for it.</summary>
    public bool TryAdd(LedgerCommit step)
    {
        var accounts = _accounts.SetItems(step.Accounts.Select(account => KeyValuePair.Create(account.Id, account)));
        if (_transfers.Count + step.Transfers.Length + _entries.Count + step.Entries.Length + Changed(accounts).Count() > MaxWrites)
        {
            return false;
        }

        _accounts = accounts;
        _transfers.AddRange(step.Transfers);
        _entries.AddRange(step.Entries);
        return true;
    }

    /// <summary>The commit of all steps. However many there are, each account's version goes up by one: it is one write.</summary>
    public LedgerCommit ToCommit() => new(
        [.. _transfers],
        [.. Changed(_accounts).Select(account => account with { Version = _start[account.Id].Version + 1 })],
        [.. _entries]);

    private IEnumerable<Account> Changed(ImmutableDictionary<string, Account> accounts) =>
        accounts.Values.Where(account => account.Version != _start[account.Id].Version);
}
