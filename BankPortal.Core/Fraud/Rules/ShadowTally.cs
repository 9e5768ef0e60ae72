using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>
/// Counts how the version in shadow would have decided about the transfers this process commits, and adds the counts to the store every
/// few seconds. The counts help to judge a draft and are not exact: a process that dies loses the last few seconds, and an addition whose
/// answer is lost may count twice. The exact outcomes are stored with each transfer. Thread-safe.
/// </summary>
public sealed class ShadowTally(IShadowStore store, ILogger<ShadowTally> logger)
{
    /// <summary>How many samples are kept between two flushes.</summary>
    public const int MaxSamples = 20;

    private readonly FailureLog _failures =
        new(logger, TimeProvider.System, "The results of the rules in shadow could not be stored; they are tried again");

    private readonly Lock _lock = new();
    private Dictionary<int, Pending> _pending = [];

    /// <summary>Counts a transfer that was just committed. Settling a held transfer does not count it again.</summary>
    public void Note(Transfer transfer)
    {
        if (transfer is not { Risk: { Shadow: { } shadow } risk, SettledAt: null, ReversedById: null })
        {
            return;
        }

        lock (_lock)
        {
            Of(shadow.RuleSet).Add(
                new OutcomePair(risk.Outcome, shadow.Outcome), 1,
                risk.Outcome == shadow.Outcome
                    ? null
                    : new OutcomeSample(
                        transfer.Id,
                        transfer.CreatedAt,
                        transfer.Amount.MinorUnits,
                        transfer.Amount.Currency.Code,
                        risk.Outcome,
                        risk.Score,
                        shadow.Outcome,
                        shadow.Score));
        }
    }

    /// <summary>Adds the counts to the store. Counts that cannot be added are kept for the next call.</summary>
    public async Task FlushAsync(CancellationToken ct = default)
    {
        Dictionary<int, Pending> taken;
        lock (_lock)
        {
            taken = _pending;
            _pending = [];
        }

        foreach (var (number, pending) in taken)
        {
            try
            {
                await store.AddAsync(
                    number,
                    [.. pending.Counts.Select(count => new OutcomeCount(count.Key.Live, count.Key.Other, count.Value))],
                    [.. pending.Samples],
                    ct);
                _failures.Succeeded();
            }
            catch (Exception exception)
            {
                _failures.Failed(exception);
                PutBack(number, pending);
            }
        }
    }

    private void PutBack(int number, Pending pending)
    {
        lock (_lock)
        {
            var mine = Of(number);
            foreach (var (pair, count) in pending.Counts)
            {
                mine.Add(pair, count, null);
            }

            foreach (var sample in pending.Samples)
            {
                mine.Keep(sample);
            }
        }
    }

    private Pending Of(int number) => _pending.TryGetValue(number, out var pending) ? pending : _pending[number] = new Pending();

    private sealed class Pending
    {
        public Dictionary<OutcomePair, long> Counts { get; } = [];

        public Queue<OutcomeSample> Samples { get; } = [];

        public void Add(OutcomePair pair, long count, OutcomeSample? sample)
        {
            Counts[pair] = Counts.GetValueOrDefault(pair) + count;
            if (sample is not null)
            {
                Keep(sample);
            }
        }

        public void Keep(OutcomeSample sample)
        {
            Samples.Enqueue(sample);
            if (Samples.Count > MaxSamples)
            {
                Samples.Dequeue();
            }
        }
    }
}
