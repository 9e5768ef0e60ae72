namespace BankPortal.Core.Lending.Book;

/// <summary>The share of the outstanding principal that the bank expects to lose, by bucket, in percent.</summary>
public sealed class ProvisionRates
{
    /// <summary>For loans that are not late.</summary>
    public decimal Current { get; set; } = 1;

    /// <summary>For 1 to 29 days.</summary>
    public decimal Days1To29 { get; set; } = 5;

    /// <summary>For 30 to 59 days.</summary>
    public decimal Days30To59 { get; set; } = 20;

    /// <summary>For 60 to 89 days.</summary>
    public decimal Days60To89 { get; set; } = 50;

    /// <summary>For 90 days and more.</summary>
    public decimal Days90AndMore { get; set; } = 100;

    /// <summary>The rate of a bucket in percent.</summary>
    public decimal Of(DelinquencyBucket bucket) => bucket switch
    {
        DelinquencyBucket.Current => Current,
        DelinquencyBucket.Days1To29 => Days1To29,
        DelinquencyBucket.Days30To59 => Days30To59,
        DelinquencyBucket.Days60To89 => Days60To89,
        _ => Days90AndMore,
    };

    /// <summary>The provision for a principal in a bucket, in minor units, rounded half away from zero.</summary>
    public long For(DelinquencyBucket bucket, long principal) =>
        decimal.ToInt64(decimal.Round(principal * Of(bucket) / 100m, 0, MidpointRounding.AwayFromZero));
}
