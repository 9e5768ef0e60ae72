using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Analytics;

/// <summary>
/// The days of accounts, always up to the last entry: what is stored, and the entries behind it summed up while reading.
/// Reading writes back what it had to sum up, once that is worth a write; so a look at an account costs the same however
/// long its history is, and nothing has to run in the background.
/// </summary>
public sealed partial class AccountDayService(
    IAccountDayStore store, ILedgerStore ledger, LedgerRules rules, ILogger<AccountDayService> logger)
{
    /// <summary>How many entries may lie behind the stored days before reading writes them back.</summary>
    public const int MaxUnwritten = 25;

    private const int Chunk = 1_000;
    private const int MaxTries = 5;

    /// <summary>The days of an account that was just read, from <paramref name="from"/> on. Whose it is, is the caller's business.</summary>
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
            await CatchUpAsync(account.Id, days, ct);
        }

        var shown = days.Where(d => d.Day >= from).ToImmutableArray();
        var opening = shown is [var first, ..] ? first.Opening : days is [.., var latest] ? latest.Closing : account.Balance;
        return new AccountDays(account, from, opening, shown);
    }

    /// <summary>
    /// Sums an account up from its first entry and mends what is stored where it differs. Safe beside readers and other
    /// rebuilds.
    /// </summary>
    /// <returns>How many days were mended.</returns>
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
            var work = wrong.Select(d => (Day: d.Day, Put: (AccountDay?)d)).Concat(known.Keys.Select(day => (Day: day, Put: (AccountDay?)null))).ToList();
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
        // The open day is the lock, so it is replaced last.
        var steps = work.Chunk(store.MaxRows).DefaultIfEmpty([]).ToList();
        for (var i = 0; i < steps.Count; i++)
        {
            var write = new AccountDayWrite(
                accountId,
                expected,
                [.. steps[i].Where(w => w.Put is not null).Select(w => w.Put!)],
                [.. steps[i].Where(w => w.Put is null).Select(w => w.Day)],
                i == steps.Count - 1 ? open : expected);
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

        // A query beside a write may see one half of it; a second look does not.
        days = await store.ReadAsync(accountId, from, ct);
        if (DaySums.AreUnbroken(days))
        {
            return days;
        }

        GapFound(logger, accountId);
        await RebuildAsync(accountId, ct);
        return await store.ReadAsync(accountId, from, ct);
    }

    // Sums up what lies behind the stored days, and writes it back when it is worth it.
    private async Task CatchUpAsync(string accountId, List<AccountDay> days, CancellationToken ct)
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

            if (writable && days[^1].LastSequence - sequence > MaxUnwritten)
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

    // Only a derived view: if it cannot be written now, the next reader does it.
    private async Task<bool> WriteBackAsync(string accountId, List<AccountDay> changed, AccountDay? expected, CancellationToken ct)
    {
        try
        {
            while (changed.Count > 0)
            {
                // Where there are more days than one transaction holds, the last of them stands in as the open day.
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
            WriteBackFailed(logger, accountId, exception);
            return false;
        }
    }

    private Task<int> ReadOnAsync(string accountId, List<AccountDay> days, CancellationToken ct) => ReadOnAsync(accountId, days, single: false, ct);

    // Sums the account's next entries up into the list, all of them or one chunk; gives the size of the last chunk.
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Days of account {AccountId} were not written back")]
    private static partial void WriteBackFailed(ILogger logger, string accountId, Exception exception);
}
