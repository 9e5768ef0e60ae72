using System.Runtime.CompilerServices;

namespace BankPortal.Core.Ledger.History;

/// <summary>
/// Reads a customer's history of one account or of all. What a page costs depends on the page and the number of
/// accounts, not on the length of the history: a search that finds little stops after
/// <see cref="MaxExamined"/> entries and says how far it got.
/// </summary>
public sealed class HistoryService(ILedgerStore ledger, IAccountStore accounts, IEntryCategories? categories = null)
{
    /// <summary>The most lines a page may have.</summary>
    public const int MaxPageSize = 100;

    /// <summary>How many entries one page looks at, at the most.</summary>
    public const int MaxExamined = 2_000;

    /// <summary>One page.</summary>
    /// <param name="actor">Whose history.</param>
    /// <param name="filter">Which entries, in which order.</param>
    /// <param name="cursor">A cursor of a page with the same order; the first page where empty.</param>
    /// <param name="pageSize">How many lines, from 1 to <see cref="MaxPageSize"/>; outside of it the nearest.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>
    /// The page; or <see cref="InvalidInputError"/>, <see cref="InvalidCursorError"/>, or <see cref="NotFoundError"/> for an
    /// account that is
    /// not the actor's.
    /// </returns>
    public Task<Result<HistoryPage>> SearchAsync(
        Actor actor, HistoryFilter filter, string? cursor, int pageSize, CancellationToken ct = default) =>
        SearchInAsync(actor, filter, cursor, pageSize, () => OwnAsync(actor, filter.AccountId, ct), ct);

    /// <summary>One page together with the customer's accounts, which are read once for both.</summary>
    /// <param name="actor">Whose history.</param>
    /// <param name="filter">Which entries; <see langword="null"/> for the accounts alone.</param>
    /// <param name="cursor">As for <see cref="SearchAsync"/>.</param>
    /// <param name="pageSize">As there.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<HistoryView> OpenAsync(
        Actor actor, HistoryFilter? filter, string? cursor, int pageSize, CancellationToken ct = default)
    {
        var listing = ListAsync(actor, ct);
        return filter is null
            ? new HistoryView(await listing, null)
            : new HistoryView(
                await listing, await SearchInAsync(actor, filter, cursor, pageSize, () => ChosenAsync(filter.AccountId), ct));

        async Task<Result<ImmutableArray<Account>>> ChosenAsync(string? accountId)
        {
            var own = await listing;
            return accountId is null ? own
                : own.FirstOrDefault(account => account.Id == accountId) is { } account ? ImmutableArray.Create(account)
                : new NotFoundError("account");
        }
    }

    /// <summary>
    /// Counts and adds up what passes the filter. Looks at <see cref="MaxExamined"/> entries at the most, whatever the filter: three
    /// readings one after another for one account, side by side for several.
    /// </summary>
    /// <param name="actor">Whose history.</param>
    /// <param name="filter">Which entries.</param>
    /// <param name="soFar">What was counted before under the same filter; its <see cref="HistoryTotals.Next"/> is gone on from.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The totals; or as for <see cref="SearchAsync"/>.</returns>
    public async Task<Result<HistoryTotals>> TotalAsync(
        Actor actor, HistoryFilter filter, HistoryTotals? soFar = null, CancellationToken ct = default)
    {
        filter = filter with { OldestFirst = false };
        if (filter.Check() is { } invalid)
        {
            return invalid;
        }

        HistoryCursor? start = null;
        if (soFar is { Next: { } next } && (!HistoryCursor.TryParse(next, out start) || start.OldestFirst || start.Back))
        {
            return new InvalidCursorError();
        }

        var reading = CategoriesAsync(actor, filter, ct);
        var own = await OwnAsync(actor, filter.AccountId, ct);
        var known = await reading;
        if (!own.IsSuccess)
        {
            return own.Error;
        }

        var matches = filter.Compile(known);
        var totals = (soFar ?? HistoryTotals.None) with { CountedTo = null, Next = null };
        HistoryLine? last = null;
        var examined = 0;
        var chunk = Math.Clamp((MaxExamined / Math.Max(1, own.Value.Length)) + 1, 100, 700);
        await foreach (var line in HistoryScan.ReadAsync(ledger, own.Value, filter, newestFirst: true, start, chunk, chunk, ct))
        {
            if (examined++ == MaxExamined)
            {
                return totals with
                {
                    CountedTo = last!.Entry.PostedAt,
                    Next = HistoryCursor.Behind(last, back: false, oldestFirst: false).ToString(),
                };
            }

            last = line;
            if (matches(line.Entry))
            {
                totals = totals.With(line.Entry, filter.CountedOf(line.Entry, known));
            }
        }

        return totals;
    }

    /// <summary>
    /// Everything that passes the filter, one line after another, read while it is consumed: memory does not grow with the
    /// history.
    /// </summary>
    /// <returns>The lines; or <see cref="InvalidInputError"/>, <see cref="NotFoundError"/>.</returns>
    public async Task<Result<IAsyncEnumerable<HistoryLine>>> ExportAsync(Actor actor, HistoryFilter filter, CancellationToken ct = default)
    {
        if (filter.Check() is { } invalid)
        {
            return invalid;
        }

        var own = await OwnAsync(actor, filter.AccountId, ct);
        if (!own.IsSuccess)
        {
            return own.Error;
        }

        var chunk = Math.Max(100, 2_000 / Math.Max(1, own.Value.Length));
        return Result<IAsyncEnumerable<HistoryLine>>.From(MatchingAsync(
            HistoryScan.ReadAsync(ledger, own.Value, filter, !filter.OldestFirst, null, chunk, chunk, ct),
            filter.Compile(await CategoriesAsync(actor, filter, ct)),
            ct));
    }

    /// <summary>Reads the customer's categories, ids and names, for choosing one.</summary>
    public async Task<ImmutableArray<KeyValuePair<string, string>>> CategoriesAsync(Actor actor, CancellationToken ct = default) =>
        categories is null ? [] : (await categories.ReadAsync(actor.UserId, ct)).All;

    /// <summary>One transaction as its parties may see it.</summary>
    /// <returns>The transaction; or <see cref="NotFoundError"/> when there is none or the actor is no party to it.</returns>
    public async Task<Result<TransactionDetail>> FindAsync(Actor actor, string transferId, CancellationToken ct = default)
    {
        if (!DerivedId.IsWellFormed(transferId)
            || await ledger.FindTransferAsync(transferId, ct) is not { } transfer
            || !transfer.Concerns(actor.UserId))
        {
            return new NotFoundError("transaction");
        }

        var debit = LegAsync(actor, transfer, transfer.DebitOwnerId, transfer.DebitAccountId, transfer.DebitSequence, ct);
        var credit = LegAsync(actor, transfer, transfer.CreditOwnerId, transfer.CreditAccountId, transfer.CreditSequence, ct);
        return new TransactionDetail(transfer, await debit, await credit);
    }

    /// <summary>The newest lines over accounts that were just read as the customer's own. One round trip.</summary>
    internal async Task<ImmutableArray<HistoryLine>> RecentAsync(IReadOnlyCollection<Account> own, int count, CancellationToken ct)
    {
        var lines = ImmutableArray.CreateBuilder<HistoryLine>(count);
        await foreach (var line in HistoryScan.ReadAsync(ledger, own, HistoryFilter.All, newestFirst: true, null, count + 1, ct: ct))
        {
            lines.Add(line);
            if (lines.Count == count)
            {
                break;
            }
        }

        return lines.ToImmutable();
    }

    private static async IAsyncEnumerable<HistoryLine> MatchingAsync(
        IAsyncEnumerable<HistoryLine> lines, Func<Entry, bool> matches, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
        {
            if (matches(line.Entry))
            {
                yield return line;
            }
        }
    }

    // One more round trip, and only when somebody asks for a category.
    private async Task<EntryCategories> CategoriesAsync(Actor actor, HistoryFilter filter, CancellationToken ct) =>
        filter.CategoryId is null || categories is null ? EntryCategories.None : await categories.ReadAsync(actor.UserId, ct);

    private async Task<Result<HistoryPage>> SearchInAsync(
        Actor actor,
        HistoryFilter filter,
        string? cursor,
        int pageSize,
        Func<Task<Result<ImmutableArray<Account>>>> ownOf,
        CancellationToken ct)
    {
        if (filter.Check() is { } invalid)
        {
            return invalid;
        }

        HistoryCursor? start = null;
        if (!string.IsNullOrEmpty(cursor) && (!HistoryCursor.TryParse(cursor, out start) || start.OldestFirst != filter.OldestFirst))
        {
            return new InvalidCursorError();
        }

        var reading = CategoriesAsync(actor, filter, ct);
        var own = await ownOf();
        var known = await reading;
        if (!own.IsSuccess)
        {
            return own.Error;
        }

        var page = await PageAsync(own.Value, filter, filter.Compile(known), start, Math.Clamp(pageSize, 1, MaxPageSize), ct);
        return page with
        {
            Categories = known.All,
            Totals = page is { Previous: null, Next: null, SearchedTo: null }
                ? page.Lines.Aggregate(
                    HistoryTotals.None, (sum, line) => sum.With(line.Entry, filter.CountedOf(line.Entry, known)))
                : null,
        };
    }

    private async Task<ImmutableArray<Account>> ListAsync(Actor actor, CancellationToken ct) =>
        [.. await accounts.ListByOwnerAsync(actor.UserId, ct)];

    private async Task<Result<ImmutableArray<Account>>> OwnAsync(Actor actor, string? accountId, CancellationToken ct)
    {
        if (accountId is null)
        {
            return await ListAsync(actor, ct);
        }

        return await accounts.FindAsync(accountId, ct) is { } account && account.OwnerId == actor.UserId
            ? ImmutableArray.Create(account)
            : new NotFoundError("account");
    }

    private async Task<HistoryPage> PageAsync(
        ImmutableArray<Account> own,
        HistoryFilter filter,
        Func<Entry, bool> matches,
        HistoryCursor? start,
        int pageSize,
        CancellationToken ct)
    {
        var back = start is { Back: true };
        var newestFirst = start?.ReadsNewestFirst ?? !filter.OldestFirst;
        var chunk = filter.HasConditionsOnEntries
            ? Math.Clamp(MaxExamined / (4 * Math.Max(1, own.Length)), pageSize + 1, MaxExamined / 4)
            : pageSize + 1;
        var found = new List<HistoryLine>(pageSize + 1);
        HistoryLine? last = null;
        var examined = 0;
        var stopped = false;
        await foreach (var line in HistoryScan.ReadAsync(ledger, own, filter, newestFirst, start, chunk, ct: ct))
        {
            if (examined == MaxExamined)
            {
                stopped = true;
                break;
            }

            examined++;
            last = line;
            if (matches(line.Entry))
            {
                found.Add(line);
                if (found.Count > pageSize)
                {
                    break;
                }
            }
        }

        var more = found.Count > pageSize;
        if (more)
        {
            found.RemoveAt(pageSize);
        }
        else if (back && !stopped && found.Count < pageSize)
        {
            // Came to the start with too little for a page: the first page, in full.
            return await PageAsync(own, filter, matches, null, pageSize, ct);
        }

        var ahead = more ? HistoryCursor.Behind(found[^1], back, filter.OldestFirst)
            : stopped ? HistoryCursor.Behind(last!, back, filter.OldestFirst)
            : null;
        var behind = start is null ? null
            : found.Count > 0 ? HistoryCursor.Behind(found[0], !back, filter.OldestFirst)
            : start.Turned();
        if (back)
        {
            found.Reverse();
        }

        return new HistoryPage(
            [.. found],
            (back ? ahead : behind)?.ToString(),
            (back ? behind : ahead)?.ToString(),
            stopped && !more ? last!.Entry.PostedAt : null);
    }

    private async Task<TransactionLeg?> LegAsync(
        Actor actor,
        Transfer transfer,
        string? ownerId,
        string accountId,
        long sequence,
        CancellationToken ct
    )
    {
        if (ownerId != actor.UserId)
        {
            return null;
        }

        var account = accounts.FindAsync(accountId, ct);
        var entry = transfer.PostedAt is { } at && sequence > 0
            ? await ledger.FindEntryAsync(accountId, new EntryPosition(at, sequence), ct)
            : null;
        return await account is { } own ? new TransactionLeg(own, entry) : null;
    }
}
