namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// How amounts are distributed, in buckets of which each is 2 % wider than the one before. Two can be added, and a percentile is wrong by
/// at most 1 %. Its size follows the spread of the amounts, not their number. Not thread-safe.
/// </summary>
public sealed class AmountHistogram
{
    /// <summary>By how much a percentile may be wrong.</summary>
    public const double MostError = 0.01;

    private const double Width = 1.02;
    private static readonly double LogWidth = Math.Log(Width);
    private readonly SortedDictionary<int, long> _buckets = [];

    /// <summary>The buckets with their counts, in order.</summary>
    public IReadOnlyDictionary<int, long> Buckets => _buckets;

    /// <summary>How many amounts there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds an amount, in minor units; amounts below 1 count as 0.</summary>
    public void Add(long amount) => AddBucket(amount < 1 ? -1 : (int)Math.Floor(Math.Log(amount) / LogWidth), 1);

    /// <summary>Adds all amounts of another one.</summary>
    public void Add(AmountHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (bucket, count) in other._buckets)
        {
            AddBucket(bucket, count);
        }
    }

    /// <summary>The amount that a part of all amounts does not exceed, in minor units; <see langword="null"/> without amounts.</summary>
    /// <param name="part">Above 0, up to 1: 0.5 for the median (of an even number the lower of the two in the middle).</param>
    public double? Percentile(double part)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(part * Count));
        foreach (var (bucket, count) in _buckets)
        {
            rank -= count;
            if (rank <= 0)
            {
                // The middle of the bucket by ratio, so that the error is the same in both directions.
                return bucket < 0 ? 0 : 2 * Math.Pow(Width, bucket + 1) / (Width + 1);
            }
        }

        throw new InvalidOperationException("The counts of the buckets do not add up.");
    }

    /// <summary>Adds a number of amounts to a bucket.</summary>
    internal void AddBucket(int bucket, long count)
    {
        _buckets[bucket] = _buckets.GetValueOrDefault(bucket) + count;
        Count += count;
    }
}
