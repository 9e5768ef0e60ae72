namespace BankPortal.Core.Ledger.History;

/// <summary>
/// What the entries that pass a filter add up to. Reading is bounded, so it may be a part: then <see cref="CountedTo"/> says how far it
/// goes, and <see cref="Next"/> goes on from there.
/// </summary>
/// <param name="Count">How many entries.</param>
/// <param name="Sums">Their sums by currency.</param>
/// <param name="CountedTo">Entries beyond this time of posting are not counted yet; <see langword="null"/> when all are.</param>
/// <param name="Next">The cursor to go on from; <see langword="null"/> when all are counted.</param>
public sealed record HistoryTotals(int Count, ImmutableArray<HistorySum> Sums, DateTimeOffset? CountedTo, string? Next)
{
    /// <summary>Nothing counted.</summary>
    public static HistoryTotals None { get; } = new(0, [], null, null);

    /// <summary>Whether all entries that pass the filter are counted.</summary>
    public bool IsComplete => Next is null;

    /// <summary>Whether money between the customer's own accounts is in the sums.</summary>
    public bool HasOwnTransfers { get; init; }

    /// <summary>Whether entries that are divided between categories count with a part of their amount.</summary>
    public bool HasParts { get; init; }

    /// <summary>Returns the totals with one entry more.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="amount">The part of its amount that counts, with its sign.</param>
    internal HistoryTotals With(Entry entry, Money amount)
    {
        var at = Sums.Length - 1;
        while (at >= 0 && Sums[at].In.Currency != amount.Currency)
        {
            at--;
        }

        var sum = at < 0 ? new HistorySum(Money.Zero(amount.Currency), Money.Zero(amount.Currency)) : Sums[at];
        sum = amount.IsPositive ? sum with { In = sum.In + amount } : sum with { Out = sum.Out - amount };
        return this with
        {
            Count = Count + 1,
            Sums = at < 0 ? Sums.Add(sum) : Sums.SetItem(at, sum),
            HasOwnTransfers = HasOwnTransfers || entry.IsOwnTransfer,
            HasParts = HasParts || amount != entry.Amount,
        };
    }
}

/// <summary>Sums of one currency.</summary>
/// <param name="In">Money in.</param>
/// <param name="Out">Money out, without sign.</param>
public readonly record struct HistorySum(Money In, Money Out)
{
    /// <summary>Money in less money out.</summary>
    public Money Net => In - Out;
}
