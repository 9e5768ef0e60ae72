namespace BankPortal.Core.Fraud.Rules;

/// <summary>A sample transfer with the outcomes of two rule sets.</summary>
/// <param name="TransferId">The id of the transfer.</param>
/// <param name="At">When the transfer was ordered.</param>
/// <param name="Amount">The amount in minor units.</param>
/// <param name="Currency">The ISO 4217 code of the currency.</param>
/// <param name="Live">The live set's outcome.</param>
/// <param name="LiveScore">The live set's score.</param>
/// <param name="Other">The outcome of the draft or shadow set.</param>
/// <param name="OtherScore">The score of the draft or shadow set.</param>
public sealed record OutcomeSample(
    string TransferId, DateTimeOffset At, long Amount, string Currency, RiskOutcome Live, int LiveScore, RiskOutcome Other, int OtherScore)
{
    /// <summary>Returns the amount with its currency.</summary>
    public Money Money() => new(Amount, Common.Currency.Of(Currency));

    /// <summary>Orders samples by transfer id, which is as good as random and always gives the same order.</summary>
    internal static IComparer<OutcomeSample> ById { get; } = Comparer<OutcomeSample>.Create(
        (one, other) => string.CompareOrdinal(one.TransferId, other.TransferId));

    /// <summary>Adds a sample and keeps only those with the smallest ids.</summary>
    internal static void Keep(SortedSet<OutcomeSample> kept, OutcomeSample sample, int most)
    {
        if (kept.Count < most || ById.Compare(sample, kept.Max) < 0)
        {
            kept.Add(sample);
            if (kept.Count > most)
            {
                kept.Remove(kept.Max!);
            }
        }
    }
}
