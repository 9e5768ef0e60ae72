namespace BankPortal.Tests.Fakes;

/// <summary>The comparison of versions in shadow in memory.</summary>
public sealed class InMemoryShadows : IShadowStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, ShadowComparison> _comparisons = [];

    /// <summary>Thrown by every addition while set.</summary>
    public Exception? Fault { get; set; }

    public Task AddAsync(
        int number,
        IReadOnlyCollection<OutcomeCount> counts,
        IReadOnlyCollection<OutcomeSample> samples,
        CancellationToken ct = default
    )
    {
        lock (_lock)
        {
            if (Fault is not null)
            {
                return Task.FromException(Fault);
            }

            var before = _comparisons.GetValueOrDefault(number, ShadowComparison.Empty);
            _comparisons[number] = new ShadowComparison(
                before.Since ?? DateTimeOffset.UnixEpoch,
                [
                    .. before
                        .Outcomes.Concat(counts)
                        .GroupBy(count => (count.Live, count.Other))
                        .Select(same => new OutcomeCount(same.Key.Live, same.Key.Other, same.Sum(count => count.Count))),
                ],
                [.. samples.Concat(before.Samples).OrderByDescending(sample => sample.At)]
            );
            return Task.CompletedTask;
        }
    }

    public Task<ShadowComparison> ReadAsync(int number, int samples, CancellationToken ct = default)
    {
        lock (_lock)
        {
            var read = _comparisons.GetValueOrDefault(number, ShadowComparison.Empty);
            return Task.FromResult(read with { Samples = [.. read.Samples.Take(samples)] });
        }
    }
}
