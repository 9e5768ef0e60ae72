namespace BankPortal.Core.Fraud.Rules;

/// <summary>How a rule set does on transfers of which people have decided what they were.</summary>
/// <param name="Bad">Those that were fraud or suspicious.</param>
/// <param name="Caught">Of these, how many the set flags.</param>
/// <param name="FalseAlarms">How many it flags that were harmless.</param>
public sealed record Accuracy(long Bad, long Caught, long FalseAlarms)
{
    /// <summary>Of what it flags, how much is bad; <see langword="null"/> when it flags nothing of what has been decided.</summary>
    public decimal? Precision => Caught + FalseAlarms == 0 ? null : (decimal)Caught / (Caught + FalseAlarms);

    /// <summary>Of what is bad, how much it flags; <see langword="null"/> when nothing was bad.</summary>
    public decimal? Recall => Bad == 0 ? null : (decimal)Caught / Bad;
}
