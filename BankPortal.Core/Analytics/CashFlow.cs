namespace BankPortal.Core.Analytics;

/// <summary>
/// What came in and what went out in a period, as people think of it: money moved between own accounts is neither, nor
/// is a balance brought in from or brought in line with other books, and a reversal takes back what it reverses instead of
/// counting on the other side.
/// </summary>
/// <param name="Currency">The currency.</param>
/// <param name="Credits">Credits by kind, own transfers left out.</param>
/// <param name="Debits">Debits by kind, own transfers left out.</param>
public sealed record CashFlow(Currency Currency, KindAmounts Credits, KindAmounts Debits)
{
    /// <summary>What came in.</summary>
    public Money Income => new(Net(Credits, Debits), Currency);

    /// <summary>What went out, without sign.</summary>
    public Money Spending => new(Net(Debits, Credits), Currency);

    /// <summary>What went out by kind, largest first; reversals of debits are taken off in <see cref="Spending"/> only.</summary>
    public IReadOnlyList<KeyValuePair<TransferKind, Money>> SpendingByKind =>
    [
        .. Debits.Parts
            .Where(part => Counts(part.Key))
            .OrderByDescending(part => part.Value)
            .Select(part => KeyValuePair.Create(part.Key, new Money(part.Value, Currency))),
    ];

    /// <summary>The flow of some days, over accounts of one currency.</summary>
    public static CashFlow Of(IEnumerable<AccountDays> accounts, Currency currency, DateOnly first, DateOnly last)
    {
        var credits = KindAmounts.None;
        var debits = KindAmounts.None;
        foreach (var day in accounts.Where(a => a.Account.Currency == currency).SelectMany(a => a.Days).Where(d => d.Day >= first && d.Day <= last))
        {
            credits = credits.Plus(day.CreditsByKind);
            debits = debits.Plus(day.DebitsByKind);
        }

        return new CashFlow(currency, credits, debits);
    }

    private static bool Counts(TransferKind kind) => kind is not (TransferKind.Opening or TransferKind.Adjustment or TransferKind.Reversal);

    private static long Net(KindAmounts side, KindAmounts other) =>
        Math.Max(0, side.Parts.Where(part => Counts(part.Key)).Sum(part => part.Value) - other[TransferKind.Reversal]);
}
