namespace BankPortal.Core.Analytics.Days;

/// <summary>The sum of entries of customer accounts, in minor units of one currency.</summary>
/// <param name="Credits">The sum of the credits.</param>
/// <param name="Debits">The sum of the debits, as a positive amount.</param>
/// <param name="CreditCount">The number of credits.</param>
/// <param name="DebitCount">The number of debits.</param>
public readonly record struct FlowSum(long Credits, long Debits, long CreditCount, long DebitCount)
{
    /// <summary>Credits less debits.</summary>
    public long Net => Credits - Debits;

    /// <summary>The number of entries.</summary>
    public long Count => CreditCount + DebitCount;

    /// <summary>Returns the sum with one more entry; a negative amount is a debit.</summary>
    public FlowSum Plus(long amount) => amount < 0
        ? this with { Debits = checked(Debits - amount), DebitCount = DebitCount + 1 }
        : this with { Credits = checked(Credits + amount), CreditCount = CreditCount + 1 };

    /// <summary>Both together.</summary>
    public FlowSum Plus(FlowSum other) => checked(new(
        Credits + other.Credits, Debits + other.Debits, CreditCount + other.CreditCount, DebitCount + other.DebitCount));
}
