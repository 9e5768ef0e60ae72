namespace BankPortal.Core.Analytics;

/// <summary>
/// The day summary of one account: totals of its entries on one calendar day of the bank. Every day with entries has one. It records
/// which entries it covers, so that a series of summaries can be checked for gaps and continued without counting an entry twice.
/// </summary>
public sealed record AccountDay
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The day in the bank's time zone.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The sequence number of the day's first entry.</summary>
    public required long FirstSequence { get; init; }

    /// <summary>The sequence number of the last entry covered.</summary>
    public required long LastSequence { get; init; }

    /// <summary>When the last entry covered was posted.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The balance after that entry.</summary>
    public required Money Closing { get; init; }

    /// <summary>The sum of all credits.</summary>
    public required Money Credits { get; init; }

    /// <summary>The sum of all debits, as a positive amount.</summary>
    public required Money Debits { get; init; }

    /// <summary>The number of credits.</summary>
    public required int CreditCount { get; init; }

    /// <summary>The number of debits.</summary>
    public required int DebitCount { get; init; }

    /// <summary>The part of <see cref="Credits"/> that came from the owner's other accounts.</summary>
    public required Money OwnCredits { get; init; }

    /// <summary>The part of <see cref="Debits"/> that went to the owner's other accounts.</summary>
    public required Money OwnDebits { get; init; }

    /// <summary>The other part of <see cref="Credits"/>, by kind.</summary>
    public KindAmounts CreditsByKind { get; init; } = KindAmounts.None;

    /// <summary>The other part of <see cref="Debits"/>, by kind, as positive amounts.</summary>
    public KindAmounts DebitsByKind { get; init; } = KindAmounts.None;

    /// <summary>
    /// The checksum against the ledger: the hash of the last entry covered, in base 64. As entries are chained, it vouches for all
    /// entries up to there. <see langword="null"/> in rows of earlier versions.
    /// </summary>
    public string? LastHash { get; init; }

    /// <summary>The balance before the day's first entry.</summary>
    public Money Opening => Closing - Credits + Debits;

    /// <summary>The position of the last entry covered.</summary>
    public EntryPosition Position => new(LastAt, LastSequence);

    /// <summary>Creates an empty summary.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="day">The day.</param>
    /// <param name="previous">The sequence number of the last entry before the day.</param>
    /// <param name="opening">The balance at the start of the day.</param>
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

    /// <summary>Returns the summary with one more entry.</summary>
    internal AccountDay Plus(Entry entry)
    {
        var next = this with
        {
            LastSequence = entry.Sequence,
            LastAt = entry.PostedAt,
            Closing = entry.BalanceAfter,
            LastHash = Convert.ToBase64String(entry.Hash.Span),
        };
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
