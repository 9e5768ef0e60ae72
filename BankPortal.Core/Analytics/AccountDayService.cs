using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Analytics;

/// <summary>
/// Reads the day summaries of accounts, always up to the last entry: the stored summaries, continued with newer entries while reading.
/// When enough entries are not yet summarised, reading writes the summaries back. Reading therefore costs the same however long the
/// history is, and needs no background job. Thread-safe.
/// </summary>
public sealed partial class AccountDayService(
    IAccountDayStore store, ILedgerStore ledger, LedgerRules rules, ILogger<AccountDayService> logger)
{
    /// <summary>How many entries may be missing from the stored summaries before reading writes them back.</summary>
    public const int MaxUnwritten = 25;

    private const int Chunk = 1_000;

    // How many accounts' summaries are written at the same time. Few, so that transfers keep their share of the database.
    private const int MaxParallelAccounts = 4;

    private const int MaxTries = 5;

    // Of many accounts at once, written back by those who look at them.
    private readonly FailureLog _failures = new(
        logger, TimeProvider.System, "Days of accounts were not written back", LogLevel.Warning, TimeSpan.FromSeconds(10));

    /// <summary>Reads the day summaries of an account from <paramref name="from"/> on. The caller authorises access to the
    /// account.</summary>
    public async Task<AccountDays> ReadAsync(Account account, DateOnly from, CancellationToken ct = default)
    {
        if (account.Sequence == 0)
        {
            return new AccountDays(account, from, account.Balance, []);
        }

        var stored = await ReadUnbrokenAsync(account.Id, from, ct);
        var days = stored.ToList();
        if (days is not [.., var last] || last.LastSequence < account.Sequence)
        {
            await CatchUpAsync(account.Id, days, MaxUnwritten, ct);
        }

        var shown = days.Where(d => d.Day >= from).ToImmutableArray();
        var opening = shown is [var first, ..] ? first.Opening : days is [.., var latest] ? latest.Closing : account.Balance;
        return new AccountDays(account, from, opening, shown);
    }

    /// <summary>
    /// Writes the summaries of an account up to its last entry, so that its past days are closed. Reading does the same when enough
    /// entries are not yet summarised; both write the same rows. Safe to repeat and beside readers.
    /// </summary>
    public async Task CloseAsync(string accountId, CancellationToken ct = default)
    {
        var days = (await store.ReadAsync(accountId, DateOnly.MaxValue, ct)).ToList();
        await CatchUpAsync(accountId, days, 0, ct);
    }

    /// <summary>
    /// Closes the past days of accounts like <see cref="CloseAsync(string, CancellationToken)"/>. Accounts whose entries are all summarised
    /// already cost a read for each hundred of them.
    /// </summary>
    /// <param name="accounts">The accounts as just read.</param>
    /// <param name="rest">Awaited after every few accounts.</param>
    /// <param name="ct">Cancels the work; what is written stays.</param>
    public async Task CloseAsync(
        IReadOnlyCollection<Account> accounts, Func<CancellationToken, Task> rest, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(rest);
        var open = await store.ReadOpenAsync([.. accounts.Select(account => account.Id)], ct);
        var behind = accounts.Where(account => !open.TryGetValue(account.Id, out var day) || day.LastSequence < account.Sequence);
        foreach (var some in behind.Chunk(MaxParallelAccounts))
        {
            await Task.WhenAll(some.Select(account =>
                CatchUpAsync(account.Id, open.TryGetValue(account.Id, out var day) ? [day] : [], 0, ct)));
            await rest(ct);
        }
    }

    /// <summary>
    /// Compares the stored summaries of an account with the ledger by their checksums: one read for each day. Days of earlier versions
    /// have no checksum and are compared by balance alone.
    /// </summary>
    /// <returns>The days that differ; empty when all agree.</returns>
    public async Task<ImmutableArray<DateOnly>> VerifyAsync(string accountId, DateOnly from, CancellationToken ct = default)
    {
        var wrong = ImmutableArray.CreateBuilder<DateOnly>();
        var days = await store.ReadAsync(accountId, from, ct);
        for (var i = 0; i < days.Count; i++)
        {
            var day = days[i];
            var entry = await ledger.FindEntryAsync(accountId, day.Position, ct);
            var isRight = entry is not null
                && entry.BalanceAfter == day.Closing
                && (day.LastHash is null || day.LastHash == Convert.ToBase64String(EntryHash.Compute(entry)))
                && (i == 0 || (day.FirstSequence == days[i - 1].LastSequence + 1 && day.Opening == days[i - 1].Closing));
            if (!isRight)
            {
                wrong.Add(day.Day);
            }
        }

        return wrong.ToImmutable();
    }

    /// <summary>
    /// Compares the summary of one past day with the entries of that day: every figure, the checksum, and the hash of each entry. Linear
    /// in the day's entries. Summarises the account's entries first if that is still to be done.
    /// </summary>
    public async Task<AccountDayCheck> VerifyDayAsync(string accountId, DateOnly day, CancellationToken ct = default)
    {
        AccountDay? right = null;
        Entry? altered = null;
        for (EntryPosition? after = null; ;)
        {
            var entries = await ledger.ReadEntriesAsync(
                new EntryQuery(accountId, Chunk, rules.StartOf(day), rules.StartOf(day.AddDays(1)), NewestFirst: false, after), ct);
            foreach (var entry in entries)
            {
                right ??= AccountDay.Start(accountId, day, entry.Sequence - 1, entry.BalanceAfter - entry.Amount);
                altered ??= entry.Sequence != right.LastSequence + 1
                    || entry.BalanceAfter != right.Closing + entry.Amount
                    || !EntryHash.Compute(entry).AsSpan().SequenceEqual(entry.Hash.Span)
                        ? entry
                        : null;
                right = right.Plus(entry);
            }

            if (entries.Count < Chunk)
            {
                break;
            }

            after = entries[^1].Position;
        }

        var stored = await store.FindAsync(accountId, day, ct);
        if (stored is null && right is not null)
        {
            await CloseAsync(accountId, ct);
            stored = await store.FindAsync(accountId, day, ct);
        }

        // Rows of earlier versions have no checksum.
        right = right is not null && stored is { LastHash: null } ? right with { LastHash = null } : right;
        return new AccountDayCheck(stored, right, altered);
    }

    /// <summary>
    /// Rebuilds the summaries of an account from its first entry and corrects the stored ones that differ. Safe to run beside readers and
    /// other rebuilds.
    /// </summary>
    /// <returns>The number of days corrected.</returns>
    /// <exception cref="LedgerUnavailableException">Others kept changing the summaries until the retries ran out.</exception>
    public async Task<int> RebuildAsync(string accountId, CancellationToken ct = default)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var stored = await store.ReadAsync(accountId, DateOnly.MinValue, ct);
            var right = new List<AccountDay>();
            await ReadOnAsync(accountId, right, ct);

            var open = right.LastOrDefault();
            var known = stored.SkipLast(1).ToDictionary(d => d.Day);
            var wrong = right.SkipLast(1).Where(d => !known.Remove(d.Day, out var old) || old != d).ToList();
            var work = wrong.Select(d => (Day: d.Day, Put: (AccountDay?)d))
                .Concat(known.Keys.Select(day => (Day: day, Put: (AccountDay?)null)))
                .ToList();
            var expected = stored is [.., var lastStored] ? lastStored : null;
            if (work.Count == 0 && expected == open)
            {
                return 0;
            }

            if (await MendAsync(accountId, work, expected, open, ct))
            {
                Rebuilt(logger, accountId, work.Count + (expected == open ? 0 : 1));
                return work.Count + (expected == open ? 0 : 1);
            }
        }

        throw new LedgerUnavailableException("The account's days were changed by others for as long as we tried.");
    }

    private async Task<bool> MendAsync(
        string accountId, List<(DateOnly Day, AccountDay? Put)> work, AccountDay? expected, AccountDay? open, CancellationToken ct)
    {
        // The open day is the optimistic lock, so it is replaced last.
        var steps = work.Chunk(store.MaxRows).DefaultIfEmpty([]).ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            var write = new AccountDayWrite(
                accountId,
                expected,
                [.. steps[i].Where(w => w.Put is not null).Select(w => w.Put!)],
                [.. steps[i].Where(w => w.Put is null).Select(w => w.Day)],
                i == steps.Count - 1 ? open : expected,
                IsRepair: true);
            if (!await store.TryWriteAsync(write, ct))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<IReadOnlyList<AccountDay>> ReadUnbrokenAsync(string accountId, DateOnly from, CancellationToken ct)
    {
        var days = await store.ReadAsync(accountId, from, ct);
        if (DaySums.AreUnbroken(days))
        {
            return days;
        }

        // A query during a write may see half of it; a second read does not.
        days = await store.ReadAsync(accountId, from, ct);
        if (DaySums.AreUnbroken(days))
        {
            return days;
        }

        GapFound(logger, accountId);
        await RebuildAsync(accountId, ct);
        return await store.ReadAsync(accountId, from, ct);
    }

    // Summarises the entries after the stored summaries and writes them back when there are enough of them.
    private async Task CatchUpAsync(string accountId, List<AccountDay> days, int maxUnwritten, CancellationToken ct)
    {
        var writtenTo = days.LastOrDefault();
        var unwritten = Math.Max(0, days.Count - 1);
        var sequence = writtenTo?.LastSequence ?? 0;
        var writable = true;
        while (true)
        {
            var entries = await ReadOnAsync(accountId, days, single: true, ct);
            if (days.Count == 0)
            {
                return;
            }

            if (writable && days[^1].LastSequence - sequence > maxUnwritten)
            {
                writable = await WriteBackAsync(accountId, days[unwritten..], writtenTo, ct);
                (writtenTo, unwritten, sequence) = (days[^1], days.Count - 1, days[^1].LastSequence);
            }

            if (entries < Chunk)
            {
                return;
            }
        }
    }

    // The summaries are derived data: when they cannot be written now, the next reader writes them.
    private async Task<bool> WriteBackAsync(string accountId, List<AccountDay> changed, AccountDay? expected, CancellationToken ct)
    {
        try
        {
            while (changed.Count > 0)
            {
                // When there are more days than one transaction holds, the last day of this step serves as the open day.
                var step = changed.Take(store.MaxRows + 1).ToList();
                if (!await store.TryWriteAsync(new AccountDayWrite(accountId, expected, [.. step.SkipLast(1)], [], step[^1]), ct))
                {
                    return false;
                }

                if (step.Count == changed.Count)
                {
                    return true;
                }

                expected = step[^1];
                changed = changed[(step.Count - 1)..];
            }

            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            WriteBackFailed(logger, accountId);
            _failures.Failed(exception);
            return false;
        }
    }

    private Task<int> ReadOnAsync(string accountId, List<AccountDay> days, CancellationToken ct) =>
        ReadOnAsync(accountId, days, single: false, ct);

    // Adds the account's next entries to the list, all of them or one chunk; returns the size of the last chunk.
    private async Task<int> ReadOnAsync(string accountId, List<AccountDay> days, bool single, CancellationToken ct)
    {
        while (true)
        {
            var open = days.LastOrDefault();
            var entries = await ledger.ReadEntriesAsync(new EntryQuery(accountId, Chunk, NewestFirst: false, After: open?.Position), ct);
            var more = DaySums.Continue(open, entries, rules.DayOf);
            if (open is not null && more is [var first, ..] && first.Day == open.Day)
            {
                days.RemoveAt(days.Count - 1);
            }

            days.AddRange(more);
            if (single || entries.Count < Chunk)
            {
                return entries.Count;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Days of account {AccountId} rebuilt, {Days} corrected")]
    private static partial void Rebuilt(ILogger logger, string accountId, int days);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Days of account {AccountId} have a gap; rebuilding")]
    private static partial void GapFound(ILogger logger, string accountId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Days of account {AccountId} were not written back")]
    private static partial void WriteBackFailed(ILogger logger, string accountId);
}
