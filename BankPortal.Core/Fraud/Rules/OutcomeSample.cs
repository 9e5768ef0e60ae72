namespace BankPortal.Core.Fraud.Rules;

/// <summary>A transfer to look at, with what two rule sets make of it.</summary>
/// <param name="TransferId">The transfer.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Amount">How much, in minor units.</param>
/// <param name="Currency">The code of its currency.</param>
/// <param name="Live">The live set's outcome.</param>
/// <param name="LiveScore">The live set's score.</param>
/// <param name="Other">The outcome of the set on trial.</param>
/// <param name="OtherScore">The score of the set on trial.</param>
public sealed record OutcomeSample(
    string TransferId, DateTimeOffset At, long Amount, string Currency, RiskOutcome Live, int LiveScore, RiskOutcome Other, int OtherScore)
{
    /// <summary>The amount.</summary>
    public Money Money() => new(Amount, Common.Currency.Of(Currency));

    /// <summary>Samples in the order of their ids, which is as good as random and always the same.</summary>
    internal static IComparer<OutcomeSample> ById { get; } = Comparer<OutcomeSample>.Create((one, other) => string.CompareOrdinal(one.TransferId, other.TransferId));

    /// <summary>Adds a sample to those kept: the ones with the smallest ids.</summary>
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
