using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>
/// Reconciles the ledger with itself in small steps, in endless cycles: each step compares the rows, entries and transfers of
/// the next accounts. The reads of a step are bounded, however long the histories are. One node at a time makes the steps
/// (<see cref="ReconciliationJob"/>); the progress is stored, so that another node, or the same one after a restart, continues there.
/// Thread-safe.
/// </summary>
/// <remarks>
/// Money that moves meanwhile makes no difference: an account's row is read before its entries, and entries that the row does
/// not count yet are left for the next step. Each difference is checked a second time, from the row on, and counts only if it
/// still exists.
/// </remarks>
public sealed partial class ReconciliationService(
    IReconciliationReader reader,
    ILedgerStore ledger,
    IAccountStore accounts,
    IReconciliationStore store,
    ReconciliationOptions options,
    TimeProvider time,
    ILogger<ReconciliationService> logger)
{
    /// <summary>How many differences a report lists.</summary>
    public const int MaxListed = 200;

    /// <summary>How many closed differences a report lists.</summary>
    public const int MaxGoneListed = 20;

    // How many accounts' entries are read at the same time.
    private const int MaxParallelReads = 4;

    // How long the list of held transfers is used before it is read again.
    private static readonly TimeSpan HeldListLifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private Held? _held;

    /// <summary>Whether the actor may see the result: analysts, compliance officers and administrators.</summary>
    public static bool MaySee(Actor actor) => actor.Is(BankRoles.Admin) || actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Compliance);

    /// <summary>Makes one step, unless a later holder of the lease has written or the pause between two cycles lasts.</summary>
    /// <param name="fence">The fence of this node's lease.</param>
    /// <param name="ct">Stops the step; the next one repeats it.</param>
    /// <returns>The progress; <see langword="null"/> when a later holder has written.</returns>
    public async Task<ReconciliationState?> StepAsync(long fence, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        var state = await store.ReadStateAsync(ct);
        if (state.Fence > fence)
        {
            return null;
        }

        if (state.ResumeAt > now)
        {
            return state;
        }

        if (state.CycleStartedAt is null)
        {
            Forget();
        }

        var page = await reader.NextAccountsAsync(state.Cursor, options.AccountsPerStep, ct);
        var checks = page.Rows.IsEmpty ? [] : await LookTwiceAsync(page.Rows, ct);
        foreach (var check in checks)
        {
            await RecordAsync(check, ct);
        }

        var changed = checks.Select(check => check.Next).Where((next, i) => !next.Equals(checks[i].Checkpoint)).ToList();
        if (changed.Count > 0)
        {
            await store.SaveCheckpointsAsync(changed, ct);
        }

        var next = Advance(state, page, checks.Sum(check => (long)check.Entries.Count)) with { Fence = fence };
        return await store.TrySaveStateAsync(next, ct) ? next : null;
    }

    /// <summary>The result of the reconciliation so far. Analysts, compliance officers and administrators.</summary>
    public async Task<Result<ReconciliationReport>> ReportAsync(Actor actor, CancellationToken ct = default)
    {
        if (!MaySee(actor))
        {
            return new NotAllowedError();
        }

        var state = store.ReadStateAsync(ct);
        var count = store.CountOpenAsync(ct);
        var open = store.ListOpenAsync(MaxListed, ct);
        var gone = store.ListGoneAsync(MaxGoneListed, ct);
        await Task.WhenAll(state, count, open, gone);
        return new ReconciliationReport(
            await state,
            await count,
            [
                .. (await open)
                    .OrderByDescending(d => d.FirstSeenAt)
                    .ThenBy(d => d.AccountId, StringComparer.Ordinal)
                    .ThenBy(d => d.Sequence),
            ],
            await gone
        );
    }

    /// <summary>The progress and the number of open differences, without listing them.</summary>
    public async Task<Result<ReconciliationReport>> SummaryAsync(Actor actor, CancellationToken ct = default)
    {
        if (!MaySee(actor))
        {
            return new NotAllowedError();
        }

        var state = store.ReadStateAsync(ct);
        var count = store.CountOpenAsync(ct);
        await Task.WhenAll(state, count);
        return new ReconciliationReport(await state, await count, [], []);
    }

    private static bool IsUnreadable(Exception exception) =>
        exception is InvalidDataException or FormatException or CryptographicException or OverflowException or ArgumentException;

    private ReconciliationState Advance(ReconciliationState state, AccountPage page, long entries)
    {
        var now = time.GetUtcNow();
        var next = state with
        {
            Cursor = page.Next,
            CycleStartedAt = state.CycleStartedAt ?? now,
            Accounts = state.Accounts + page.Rows.Length,
            Entries = state.Entries + entries,
            LastStepAt = now,
            ResumeAt = null,
        };
        return page.Next is not null ? next : next with
        {
            Cycles = next.Cycles + 1,
            CycleStartedAt = null,
            Accounts = 0,
            Entries = 0,
            LastCycleEndedAt = now,
            LastCycleAccounts = next.Accounts,
            LastCycleEntries = next.Entries,
            ResumeAt = now + options.PauseAfterCycle,
        };
    }

    private async Task<List<AccountCheck>> LookTwiceAsync(IReadOnlyCollection<AccountRow> rows, CancellationToken ct)
    {
        var known = await store.ReadCheckpointsAsync([.. rows.Select(row => row.Id)], ct);
        var checks = await LookAsync(rows, known, ct);
        var doubtful = checks.Where(check => check.HasNews).ToList();
        if (doubtful.Count == 0)
        {
            return checks;
        }

        await Task.Delay(options.LookAgainAfter, time, ct);
        Forget();
        var again = new List<AccountRow>();
        foreach (var check in doubtful)
        {
            again.Add(new AccountRow(check.AccountId, await FindAccountAsync(check.AccountId, ct)));
        }

        var second = (await LookAsync(again, known, ct)).ToDictionary(check => check.AccountId, StringComparer.Ordinal);
        foreach (var check in doubtful)
        {
            second[check.AccountId]
                .KeepOnly(
                    check.Findings.Select(f => f.Id).Concat(check.Checkpoint.Open.Select(o => o.Id)).ToHashSet(StringComparer.Ordinal)
                );
        }

        return checks.ConvertAll(check => second.GetValueOrDefault(check.AccountId, check));
    }

    private async Task<List<AccountCheck>> LookAsync(
        IReadOnlyCollection<AccountRow> rows, IReadOnlyDictionary<string, AccountCheckpoint> known, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var checks = rows.Select(row => new AccountCheck(
                row.Id,
                row.Account,
                known.GetValueOrDefault(row.Id) ?? AccountCheckpoint.New(row.Id),
                now
            ))
            .ToList();
        await Parallel.ForEachAsync(
            checks,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelReads, CancellationToken = ct },
            async (check, token) => await LookAtEntriesAsync(check, token));
        await LookAtTransfersAsync(checks, ct);
        await LookAtHeldAsync(checks, ct);
        return checks;
    }

    private async Task LookAtEntriesAsync(AccountCheck check, CancellationToken ct)
    {
        if (check.Account is not { } account)
        {
            check.SeeUnreadable("the account's row");
            return;
        }

        try
        {
            var most = options.EntriesPerAccount;
            check.CompareWithCheckpoint();
            if (account.Sequence <= most)
            {
                // One more than the row counts, so that one slipped in behind is met.
                var all = await ReadAsync(account.Id, null, most + 1, ct);
                check.SeeAll(all, isToTheEnd: all.Count <= most);
            }
            else
            {
                var tail = check.Checkpoint.Tail;
                var newest = await ReadAsync(
                    account.Id,
                    tail.Sequence == 0 ? null : new EntryPosition(tail.At, tail.Sequence - 1),
                    most + 1,
                    ct
                );
                check.SeeTail(newest, isToTheEnd: newest.Count <= most && tail.Sequence <= account.Sequence);
                if (check.Tail.Sequence >= account.Sequence)
                {
                    var rolling = check.Rolling;
                    var older = await ReadAsync(
                        account.Id,
                        rolling.Sequence == 0 ? null : new EntryPosition(rolling.At, rolling.Sequence),
                        most,
                        ct
                    );
                    check.SeeRolling(older, isToTheEnd: older.Count < most);
                }
            }

            if (!check.HasSeenEnd)
            {
                check.SeeLast(
                    await ledger.FindEntryAsync(
                        account.Id,
                        new EntryPosition(account.LastEntryAt ?? DateTimeOffset.MinValue, account.Sequence),
                        ct
                    )
                );
            }

            if (check.NotCounted is { } extra && await FindAccountAsync(account.Id, ct) is { } later && later.Sequence < extra.Sequence)
            {
                check.SeeNotCounted(extra);
            }
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            check.SeeUnreadable("the account's entries");
        }
    }

    private Task<IReadOnlyList<Entry>> ReadAsync(string accountId, EntryPosition? after, int limit, CancellationToken ct) =>
        ledger.ReadEntriesAsync(new EntryQuery(accountId, limit, NewestFirst: false, After: after), ct);

    private async Task LookAtTransfersAsync(List<AccountCheck> checks, CancellationToken ct)
    {
        var ids = checks.SelectMany(check => check.Entries).Select(entry => entry.TransferId).ToHashSet(StringComparer.Ordinal);
        if (ids.Count == 0)
        {
            return;
        }

        var transfers = await reader.FindTransfersAsync(ids, ct);
        var withLegs = transfers
            .Values.OfType<Transfer>()
            .Where(t =>
                t.Status == TransferStatus.Posted
                && (GeneralLedger.IsInternal(t.DebitAccountId) || GeneralLedger.IsInternal(t.CreditAccountId))
            )
            .ToList();
        var legs =
            withLegs.Count == 0 ? new Dictionary<string, Entry?>(StringComparer.Ordinal) : await reader.FindInternalLegsAsync(withLegs, ct);
        foreach (var check in checks)
        {
            foreach (var entry in check.Entries)
            {
                var exists = transfers.TryGetValue(entry.TransferId, out var transfer);
                var legExists = legs.TryGetValue(entry.TransferId, out var leg);
                check.SeeTransfer(entry, exists, transfer, legExists, leg);
            }
        }
    }

    // Most accounts hold nothing, and what they hold seldom changes: a list of all held transfers, read once in a cycle, settles
    // nearly all of them. For the others the list is read anew, and their transfers and the row itself once more.
    private async Task LookAtHeldAsync(List<AccountCheck> checks, CancellationToken ct)
    {
        var held = await HeldAsync(fresh: false, ct);
        var doubtful = checks.Where(check => check.Account is { } account && held.SumOf(account.Id) != account.Held.MinorUnits).ToList();
        if (doubtful.Count == 0)
        {
            return;
        }

        held = await HeldAsync(fresh: true, ct);
        var ids = doubtful
            .SelectMany(check => held.ByAccount[check.AccountId])
            .Select(transfer => transfer.Id)
            .ToHashSet(StringComparer.Ordinal);
        var transfers =
            ids.Count == 0 ? new Dictionary<string, Transfer?>(StringComparer.Ordinal) : await reader.FindTransfersAsync(ids, ct);
        foreach (var check in doubtful)
        {
            var own = transfers
                .Values.OfType<Transfer>()
                .Where(t => t.Status == TransferStatus.Held && t.DebitAccountId == check.AccountId)
                .ToList();
            var sum = own.Sum(t => t.Amount.MinorUnits);
            if (
                sum != check.Account!.Held.MinorUnits
                && await FindAccountAsync(check.AccountId, ct) is { } later
                && later.Version == check.Account.Version
            )
            {
                check.SeeHeld(sum, own.Count);
            }
        }
    }

    private async Task<Held> HeldAsync(bool fresh, CancellationToken ct)
    {
        lock (_lock)
        {
            if (!fresh && _held is { } known && time.GetElapsedTime(known.ReadAt) < HeldListLifetime)
            {
                return known;
            }
        }

        var at = time.GetTimestamp();
        var transfers = await reader.ListHeldAsync(ct);
        var held = new Held(at, transfers.ToLookup(transfer => transfer.AccountId, StringComparer.Ordinal));
        lock (_lock)
        {
            return _held = held;
        }
    }

    private void Forget()
    {
        lock (_lock)
        {
            _held = null;
        }
    }

    private async Task<Account?> FindAccountAsync(string id, CancellationToken ct)
    {
        try
        {
            return await accounts.FindAsync(id, ct);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            return null;
        }
    }

    private async Task RecordAsync(AccountCheck check, CancellationToken ct)
    {
        foreach (var difference in check.Findings)
        {
            if (await store.RecordAsync(difference, ct))
            {
                LogDifference(
                    logger, difference.Kind, difference.AccountId, difference.Sequence, difference.TransferId ?? "none", difference.Id);
            }
        }

        foreach (var gone in check.Gone)
        {
            await store.CloseAsync(gone.Id, time.GetUtcNow(), ct);
            LogClosed(logger, gone.Id, check.AccountId);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Reconciliation found a difference: {Kind}, account {AccountId}, entry {Sequence}, transfer {TransferId} "
            + "(difference {DifferenceId})")]
    private static partial void LogDifference(
        ILogger logger, DifferenceKind kind, string accountId, long sequence, string transferId, string differenceId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Difference {DifferenceId} of account {AccountId} no longer exists")]
    private static partial void LogClosed(ILogger logger, string differenceId, string accountId);

    private sealed record Held(long ReadAt, ILookup<string, HeldTransfer> ByAccount)
    {
        public long SumOf(string accountId) => ByAccount[accountId].Sum(transfer => transfer.Amount);
    }
}
