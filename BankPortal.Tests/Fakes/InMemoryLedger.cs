using System.Runtime.CompilerServices;

namespace BankPortal.Tests.Fakes;

/// <summary>
/// Accounts, transfers and entries in memory, with the conditions of the real stores: a transfer's row guards its key, an
/// account's row its version, and a commit is all or nothing. Faults can be put in its way.
/// </summary>
public sealed class InMemoryLedger : IAccountStore, ILedgerStore, ITransferFeedReader
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byOwner = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Transfer> _transfers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedList<EntryPosition, Entry>> _entries = new(StringComparer.Ordinal);
    private readonly Queue<Fault> _faults = new();
    private readonly Queue<Task> _commitsWaitFor = new();

    private int _listsToFail;
    private int _feedsToFail;

    private enum Fault
    {
        BeforeWriting,
        AfterWriting,
        LostRace,
    }

    /// <summary>How often the held transfers were asked for.</summary>
    public int ListCalls { get; private set; }

    /// <summary>How often the feed was read.</summary>
    public int FeedReads { get; private set; }

    /// <summary>How many commits were asked for, those that came to nothing included.</summary>
    public int CommitCalls { get; private set; }

    /// <summary>How many commits were refused because an account had changed.</summary>
    public int StaleCommits { get; private set; }

    /// <summary>Whether commits give way to other work before they write, so that requests overlap.</summary>
    public bool CommitsYield { get; set; }

    /// <summary>All transfers.</summary>
    public IReadOnlyList<Transfer> Transfers
    {
        get
        {
            lock (_lock)
            {
                return [.. _transfers.Values];
            }
        }
    }

    /// <summary>All entries of all accounts, the bank's own included.</summary>
    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries.Values.SelectMany(list => list.Values)];
            }
        }
    }

    /// <summary>The next commits fail without an answer and without having written.</summary>
    public void FailCommitsBeforeWriting(int count) => Enqueue(Fault.BeforeWriting, count);

    /// <summary>The next commits write, but the answer is lost.</summary>
    public void LoseAnswersOfCommits(int count) => Enqueue(Fault.AfterWriting, count);

    /// <summary>The next lists of held transfers fail.</summary>
    public void FailLists(int count)
    {
        lock (_lock)
        {
            _listsToFail = count;
        }
    }

    /// <summary>The next readings of the feed fail.</summary>
    public void FailFeeds(int count)
    {
        lock (_lock)
        {
            _feedsToFail = count;
        }
    }

    /// <summary>Puts a transfer's row as it is, past all rules: what another process committed, say.</summary>
    public void Put(Transfer transfer)
    {
        lock (_lock)
        {
            _transfers[transfer.Id] = transfer;
        }
    }

    /// <summary>The next commits find that somebody else was first.</summary>
    public void LoseRaces(int count) => Enqueue(Fault.LostRace, count);

    /// <summary>The next commit waits for this before it does anything.</summary>
    public void NextCommitWaitsFor(Task task)
    {
        lock (_lock)
        {
            _commitsWaitFor.Enqueue(task);
        }
    }

    /// <summary>Puts a row as it is, past all rules; for setting a scene. Also replaces one.</summary>
    public void Put(Account account)
    {
        lock (_lock)
        {
            if (!_accounts.ContainsKey(account.Id))
            {
                OwnerList(account.OwnerId).Add(account.Id);
                _numbers[account.Number.Digits] = account.Id;
            }

            _accounts[account.Id] = account;
        }
    }

    public Task<Account?> FindAsync(string accountId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_accounts.GetValueOrDefault(accountId));
        }
    }

    public Task<Account?> FindByNumberAsync(AccountNumber number, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_numbers.TryGetValue(number.Digits, out var id) ? _accounts[id] : null);
        }
    }

    public Task<IReadOnlyList<Account>> ListByOwnerAsync(string ownerId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Account>>([.. OwnerList(ownerId).Select(id => _accounts[id]).OrderBy(a => a.OpenedAt)]);
        }
    }

    public Task<OpenOutcome> TryOpenAsync(Account account, int maxPerOwner, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (_accounts.ContainsKey(account.Id))
            {
                return Task.FromResult(OpenOutcome.AlreadyOpened);
            }

            if (OwnerList(account.OwnerId).Count >= maxPerOwner)
            {
                return Task.FromResult(OpenOutcome.TooMany);
            }

            if (_numbers.ContainsKey(account.Number.Digits))
            {
                return Task.FromResult(OpenOutcome.NumberTaken);
            }

            Put(account);
            return Task.FromResult(OpenOutcome.Opened);
        }
    }

    public Task<bool> TryUpdateAsync(Account account, long expectedVersion, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(account.Id, out var current) || current.Version != expectedVersion)
            {
                return Task.FromResult(false);
            }

            if (current.Balance != account.Balance || current.Held != account.Held || current.Sequence != account.Sequence)
            {
                throw new InvalidOperationException("Money fields are written by commits only.");
            }

            _accounts[account.Id] = account;
            return Task.FromResult(true);
        }
    }

    public Task<LedgerSnapshot> ReadAsync(string transferId, IReadOnlyCollection<string> accountIds, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(new LedgerSnapshot(
                _transfers.GetValueOrDefault(transferId),
                accountIds.Where(_accounts.ContainsKey).ToImmutableDictionary(id => id, id => _accounts[id], StringComparer.Ordinal)));
        }
    }

    public Task<GroupSnapshot> ReadManyAsync(
        IReadOnlyCollection<string> transferIds, IReadOnlyCollection<string> accountIds, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(new GroupSnapshot(
                transferIds.Where(_transfers.ContainsKey).ToImmutableDictionary(id => id, id => _transfers[id], StringComparer.Ordinal),
                accountIds.Where(_accounts.ContainsKey).ToImmutableDictionary(id => id, id => _accounts[id], StringComparer.Ordinal)));
        }
    }

    public async Task<CommitOutcome> CommitAsync(LedgerCommit commit, CancellationToken ct = default)
    {
        Task? wait;
        lock (_lock)
        {
            CommitCalls++;
            _commitsWaitFor.TryDequeue(out wait);
        }

        if (wait is not null)
        {
            await wait.WaitAsync(ct);
        }

        if (CommitsYield)
        {
            await Task.Yield();
        }

        lock (_lock)
        {
            Fault? fault = _faults.TryDequeue(out var next) ? next : null;
            switch (fault)
            {
                case Fault.BeforeWriting:
                    throw new LedgerUnavailableException();
                case Fault.LostRace:
                    return new CommitOutcome.Stale();
            }

            var outcome = Write(commit);
            StaleCommits += outcome is CommitOutcome.Stale ? 1 : 0;
            return fault is Fault.AfterWriting ? throw new LedgerUnavailableException() : outcome;
        }
    }

    public Task<Transfer?> FindTransferAsync(string transferId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_transfers.GetValueOrDefault(transferId));
        }
    }

    public Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default)
    {
        lock (_lock)
        {
            IEnumerable<Entry> entries = _entries.TryGetValue(query.AccountId, out var list) ? list.Values : [];
            entries = query.NewestFirst ? entries.Reverse() : entries;
            return Task.FromResult<IReadOnlyList<Entry>>(
            [
                .. entries
                    .Where(e =>
                        (query.From is not { } from || e.PostedAt >= from) && (query.Before is not { } before || e.PostedAt < before)
                    )
                    .Where(e => query.After is not { } after || (query.NewestFirst ? e.Position < after : e.Position > after))
                    .Take(query.Limit),
            ]);
        }
    }

    public Task<Entry?> FindEntryAsync(string accountId, EntryPosition position, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_entries.TryGetValue(accountId, out var list) ? list.GetValueOrDefault(position) : null);
        }
    }

    public Task<IReadOnlyList<Transfer>> ListHeldAsync(HeldQuery query, CancellationToken ct = default)
    {
        lock (_lock)
        {
            ListCalls++;
            if (_listsToFail-- > 0)
            {
                throw new LedgerUnavailableException();
            }

            return Task.FromResult<IReadOnlyList<Transfer>>([
                .. _transfers
                    .Values.Where(t => t.Status == TransferStatus.Held && (query.Before is not { } before || t.CreatedAt < before))
                    .OrderBy(t => t.CreatedAt)
                    .ThenBy(t => t.Id, StringComparer.Ordinal)
                    .SkipWhile(t =>
                        query.After is { } after
                        && (t.CreatedAt, string.CompareOrdinal(t.Id, after.Id)).CompareTo((after.CreatedAt, 0)) <= 0
                    )
                    .Take(query.Limit),
            ]);
        }
    }

    public async IAsyncEnumerable<Transfer> ReadPeriodAsync(
        DateTimeOffset from, DateTimeOffset before, [EnumeratorCancellation] CancellationToken ct = default)
    {
        await Task.CompletedTask;
        foreach (var transfer in Feed(from, before))
        {
            ct.ThrowIfCancellationRequested();
            yield return transfer;
        }
    }

    public Task<IReadOnlyList<Transfer>> ReadNewestAsync(
        int limit,
        DateTimeOffset notBefore,
        DateTimeOffset before,
        CancellationToken ct = default
    ) => Task.FromResult<IReadOnlyList<Transfer>>([.. Feed(notBefore, before).Reverse().Take(limit)]);

    public Task<bool> AnyAsync(CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_transfers.Count > 0);
        }
    }

    private Transfer[] Feed(DateTimeOffset from, DateTimeOffset before)
    {
        lock (_lock)
        {
            FeedReads++;
            if (_feedsToFail-- > 0)
            {
                throw new LedgerUnavailableException();
            }

            return [.. _transfers.Values.Where(t => t.ChangedAt >= from && t.ChangedAt < before).OrderBy(t => t.ChangedAt)];
        }
    }

    private CommitOutcome Write(LedgerCommit commit)
    {
        foreach (var change in commit.Transfers)
        {
            var current = _transfers.GetValueOrDefault(change.Transfer.Id);
            if (current?.Status != change.ExpectedStatus || current?.ReversedById is not null)
            {
                return new CommitOutcome.TransferDiffers(
                    current ?? throw new InvalidOperationException("A transfer that does not exist cannot be settled."));
            }
        }

        if (commit.Accounts.Any(a => !_accounts.TryGetValue(a.Id, out var row) || row.Version != a.Version - 1))
        {
            return new CommitOutcome.Stale();
        }

        if (commit.Entries.Any(e => e.Sequence > 0 && ListOf(e.AccountId).ContainsKey(e.Position)))
        {
            throw new InvalidOperationException("Entries are never overwritten.");
        }

        foreach (var change in commit.Transfers)
        {
            // What is posted stays as it is and only gets the link.
            _transfers[change.Transfer.Id] = change.ExpectedStatus == TransferStatus.Posted
                ? _transfers[change.Transfer.Id] with { ReversedById = change.Transfer.ReversedById }
                : change.Transfer;
        }

        foreach (var account in commit.Accounts)
        {
            _accounts[account.Id] = account;
        }

        foreach (var entry in commit.Entries)
        {
            // Internal entries are not numbered; the store tells those of one moment apart by the transfer.
            var position = entry.Sequence > 0 ? entry.Position : new EntryPosition(entry.PostedAt, ListOf(entry.AccountId).Count + 1L);
            ListOf(entry.AccountId).Add(position, entry);
        }

        return new CommitOutcome.Committed();
    }

    private void Enqueue(Fault fault, int count)
    {
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                _faults.Enqueue(fault);
            }
        }
    }

    private List<string> OwnerList(string ownerId) =>
        _byOwner.TryGetValue(ownerId, out var list) ? list : _byOwner[ownerId] = [];

    private SortedList<EntryPosition, Entry> ListOf(string accountId) =>
        _entries.TryGetValue(accountId, out var list) ? list : _entries[accountId] = [];
}
