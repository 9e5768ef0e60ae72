using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Analytics.Months;

/// <summary>
/// Reads the month summaries of accounts, always up to the last entry: the stored ones, continued with newer entries while reading, and
/// written back when enough entries are new. After the first reading the cost does not grow with the history. Thread-safe.
/// </summary>
public sealed partial class AccountMonthService(
    IAccountMonthStore store, ILedgerStore ledger, LedgerRules rules, ILogger<AccountMonthService> logger)
{
    /// <summary>How many entries may be missing from the stored summaries before reading writes them back.</summary>
    public const int MaxUnwritten = 25;

    private const int Chunk = 1_000;

    /// <summary>Reads the summaries from a month on. The caller authorises access to the account.</summary>
    public async Task<ImmutableArray<AccountMonth>> ReadAsync(Account account, DateOnly from, CancellationToken ct = default)
    {
        if (account.Sequence == 0)
        {
            return [];
        }

        var months = (await store.ReadAsync(account.Id, from, ct)).ToList();
        if (!MonthSums.AreUnbroken(months))
        {
            // A query during a write may see half of it; a second read does not.
            months = [.. await store.ReadAsync(account.Id, from, ct)];
        }

        if (months is not [.., var last] || last.LastSequence < account.Sequence)
        {
            await CatchUpAsync(account.Id, months, ct);
        }

        return [.. months.Where(month => month.Month >= from)];
    }

    private async Task CatchUpAsync(string accountId, List<AccountMonth> months, CancellationToken ct)
    {
        var written = months.LastOrDefault()?.LastSequence ?? 0;
        var unwritten = Math.Max(0, months.Count - 1);
        var writable = true;
        while (true)
        {
            var open = months.LastOrDefault();
            var entries = await ledger.ReadEntriesAsync(new EntryQuery(accountId, Chunk, NewestFirst: false, After: open?.Position), ct);
            var more = MonthSums.Continue(open, entries, rules.DayOf);
            if (open is not null && more is [var first, ..] && first.Month == open.Month)
            {
                months.RemoveAt(months.Count - 1);
            }

            months.AddRange(more);
            if (writable && months.Count > 0 && months[^1].LastSequence - written > MaxUnwritten)
            {
                writable = await WriteBackAsync(accountId, months[unwritten..], written, ct);
                (written, unwritten) = (months[^1].LastSequence, months.Count - 1);
            }

            if (entries.Count < Chunk)
            {
                return;
            }
        }
    }

    // The summaries are derived data: when they cannot be written now, the next reader writes them.
    private async Task<bool> WriteBackAsync(string accountId, List<AccountMonth> changed, long expected, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var step = changed.Take(store.MaxRows + 1).ToList();
                if (!await store.TryWriteAsync(new AccountMonthWrite(accountId, expected, [.. step.SkipLast(1)], step[^1]), ct))
                {
                    return false;
                }

                if (step.Count == changed.Count)
                {
                    return true;
                }

                expected = step[^1].LastSequence;
                changed = changed[(step.Count - 1)..];
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            WriteBackFailed(logger, accountId, exception.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Months of account {AccountId} were not written back: {Fault}")]
    private static partial void WriteBackFailed(ILogger logger, string accountId, string fault);
}
