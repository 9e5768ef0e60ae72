namespace BankPortal.Core.Analytics;

/// <summary>
/// Income and spending of a period. Transfers between own accounts count as neither, nor do opening balances and corrections from an
/// import, nor money that is borrowed; a reversal reduces the side it reverses instead of counting on the other side.
/// </summary>
/// <param name="Currency">The currency.</param>
/// <param name="Credits">Credits by kind, own transfers left out.</param>
/// <param name="Debits">Debits by kind, own transfers left out.</param>
public sealed record CashFlow(Currency Currency, KindAmounts Credits, KindAmounts Debits)
{
    /// <summary>The net income.</summary>
    public Money Income => new(Net(Credits, Debits), Currency);

    /// <summary>The net spending, as a positive amount.</summary>
    public Money Spending => new(Net(Debits, Credits), Currency);

    /// <summary>Spending by kind, largest first. Reversed debits are subtracted in <see cref="Spending"/> only.</summary>
    public IReadOnlyList<KeyValuePair<TransferKind, Money>> SpendingByKind =>
    [
        .. Debits.Parts
            .Where(part => Counts(part.Key))
            .OrderByDescending(part => part.Value)
            .Select(part => KeyValuePair.Create(part.Key, new Money(part.Value, Currency))),
    ];

    /// <summary>Computes the cash flow of a range of days over all accounts of one currency.</summary>
    public static CashFlow Of(IEnumerable<AccountDays> accounts, Currency currency, DateOnly first, DateOnly last)
    {
        var credits = KindAmounts.None;
        var debits = KindAmounts.None;
        foreach (var day in accounts
            .Where(a => a.Account.Currency == currency)
            .SelectMany(a => a.Days)
            .Where(d => d.Day >= first && d.Day <= last))
        {
            credits = credits.Plus(day.CreditsByKind);
            debits = debits.Plus(day.DebitsByKind);
        }

        return new CashFlow(currency, credits, debits);
    }

    private static bool Counts(TransferKind kind) =>
        kind is not (TransferKind.Opening or TransferKind.Adjustment or TransferKind.Reversal or TransferKind.LoanPayout);

    private static long Net(KindAmounts side, KindAmounts other) =>
        Math.Max(0, side.Parts.Where(part => Counts(part.Key)).Sum(part => part.Value) - other[TransferKind.Reversal]);
}
