namespace BankPortal.Core.Analytics;

/// <summary>
/// One calendar day of the bank in one account, summed up from its entries. There is one for every day with entries; it
/// says which entries are in it, so that a series of them can be checked for gaps and continued without counting twice.
/// </summary>
public sealed record AccountDay
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The day by the bank's calendar.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The number of the first entry of the day.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The number of the last entry summed up.</summary>
    public required long LastSequence { get; init; }

    /// <summary>When the last entry summed up was posted.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The balance after that entry.</summary>
    public required Money Closing { get; init; }

    /// <summary>The sum of all credits.</summary>
    public required Money Credits { get; init; }

    /// <summary>The sum of all debits, without sign.</summary>
    public required Money Debits { get; init; }

    /// <summary>How many credits.</summary>
    public required int CreditCount { get; init; }

    /// <summary>How many debits.</summary>
    public required int DebitCount { get; init; }

    /// <summary>The part of <see cref="Credits"/> that came from the owner's other accounts.</summary>
    public required Money OwnCredits { get; init; }

    /// <summary>The part of <see cref="Debits"/> that went to the owner's other accounts.</summary>
    public required Money OwnDebits { get; init; }

    /// <summary>The rest of <see cref="Credits"/> by kind.</summary>
    public KindAmounts CreditsByKind { get; init; } = KindAmounts.None;

    /// <summary>The rest of <see cref="Debits"/> by kind, without sign.</summary>
    public KindAmounts DebitsByKind { get; init; } = KindAmounts.None;

    /// <summary>The balance before the day's first entry.</summary>
    public Money Opening => Closing - Credits + Debits;

    /// <summary>The place of the last entry summed up.</summary>
    public EntryPosition Position => new(LastAt, LastSequence);

    /// <summary>A day with nothing in it yet.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="day">The day.</param>
    /// <param name="previous">The number of the last entry before it.</param>
    /// <param name="opening">The balance it starts with.</param>
    internal static AccountDay Start(string accountId, DateOnly day, long previous, Money opening)
    {
        var zero = Money.Zero(opening.Currency);
        return new AccountDay
        {
            AccountId = accountId,
            Day = day,
            FirstSequence = previous + 1,
            LastSequence = previous,
            LastAt = DateTimeOffset.MinValue,
            Closing = opening,
            Credits = zero,
            Debits = zero,
            CreditCount = 0,
            DebitCount = 0,
            OwnCredits = zero,
            OwnDebits = zero,
        };
    }

    /// <summary>The day with one more entry.</summary>
    internal AccountDay Plus(Entry entry)
    {
        var next = this with { LastSequence = entry.Sequence, LastAt = entry.PostedAt, Closing = entry.BalanceAfter };
        var amount = entry.Amount.Abs();
        return entry.Amount.IsNegative
            ? next with
            {
                Debits = Debits + amount,
                DebitCount = DebitCount + 1,
                OwnDebits = entry.IsOwnTransfer ? OwnDebits + amount : OwnDebits,
                DebitsByKind = entry.IsOwnTransfer ? DebitsByKind : DebitsByKind.Plus(entry.Kind, amount.MinorUnits),
            }
            : next with
            {
                Credits = Credits + amount,
                CreditCount = CreditCount + 1,
                OwnCredits = entry.IsOwnTransfer ? OwnCredits + amount : OwnCredits,
                CreditsByKind = entry.IsOwnTransfer ? CreditsByKind : CreditsByKind.Plus(entry.Kind, amount.MinorUnits),
            };
    }
}
