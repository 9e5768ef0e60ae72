using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Audit;

/// <summary>
/// Counts security events and stores them in the background, with a bounded number of rows whoever attacks. A success has a row of its
/// own: nobody succeeds without a secret. Anything else has a row when it happens first; the same event again is counted, and the count
/// is stored once a minute. Beyond <see cref="MostKeys"/> different events within a minute, the others are counted together by kind and outcome. So
/// one node writes at most some 500 rows a minute besides the successes. Thread-safe.
/// </summary>
public sealed partial class SecurityEventLog : ISecurityEvents, IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "BankPortal.Security";

    /// <summary>Counts every event, with the tags <c>kind</c> and <c>outcome</c>.</summary>
    public const string EventCounter = "bankportal.security.events";

    /// <summary>Counts events that could not be stored in time and were dropped.</summary>
    public const string LostCounter = "bankportal.security.events.lost";

    /// <summary>The different events that are told apart at a time.</summary>
    internal const int MostKeys = 500;

    /// <summary>The rows that wait while the store does not answer; the oldest are dropped for new ones.</summary>
    internal const int MostWaiting = 10_000;

    /// <summary>How often the count of an event that goes on is stored.</summary>
    internal static readonly TimeSpan RepeatsEvery = TimeSpan.FromMinutes(1);

    private const int BatchSize = 25;

    private readonly ISecurityEventStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<SecurityEventLog> _logger;
    private readonly Counter<long> _events;
    private readonly Counter<long> _lostEvents;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Dictionary<SecurityEvent, Tally> _tallies = [];
    private readonly Queue<SecurityRecord> _waiting = [];
    private long _lost;

    /// <summary>Creates the log; there is one for the process.</summary>
    public SecurityEventLog(ISecurityEventStore store, IMeterFactory meters, TimeProvider time, ILogger<SecurityEventLog> logger)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _store = store;
        _time = time;
        _logger = logger;
        var meter = meters.Create(MeterName);
        _events = meter.CreateCounter<long>(EventCounter);
        _lostEvents = meter.CreateCounter<long>(LostCounter);
    }

    /// <inheritdoc/>
    public void Report(SecurityEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        _events.Add(1, new("kind", happened.Kind.ToString()), new("outcome", happened.Outcome.ToString()));
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            if (happened.Outcome is SecurityEventOutcome.Succeeded)
            {
                Enqueue(NewRecord(happened, now, 1, now));
                return;
            }

            var key = _tallies.ContainsKey(happened) || _tallies.Count < MostKeys ? happened : happened.Merged();
            if (!_tallies.TryGetValue(key, out var tally))
            {
                _tallies[key] = tally = new Tally { Due = now };
            }

            tally.First = tally.Count == 0 ? now : tally.First;
            tally.Last = now;
            tally.Count++;
        }
    }

    /// <summary>Stores what is due; with <paramref name="all"/>, also counts whose minute is not over. What could not be stored stays
    /// for the next call.</summary>
    /// <param name="all">Whether the process is about to end.</param>
    /// <param name="ct">Cancels the write.</param>
    public async Task FlushAsync(bool all = false, CancellationToken ct = default)
    {
        await _writing.WaitAsync(ct);
        try
        {
            Collect(all);
            while (Next() is { Length: > 0 } batch)
            {
                await _store.AppendAsync(batch, ct);
                Remove(batch);
                foreach (var (id, _, happened, count, _) in batch)
                {
                    Stored(_logger, happened.Kind, happened.Outcome, happened.UserId, count, id);
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private static SecurityRecord NewRecord(SecurityEvent happened, DateTimeOffset first, int count, DateTimeOffset last) =>
        new(DerivedId.Random(), first, happened, count, last);

    private void Collect(bool all)
    {
        long lost;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            foreach (var (happened, tally) in _tallies.Where(pair => all || pair.Value.Due <= now).ToList())
            {
                if (tally.Count == 0)
                {
                    // It has stopped; the next one of its kind has a row at once again.
                    _tallies.Remove(happened);
                    continue;
                }

                Enqueue(NewRecord(happened, tally.First, tally.Count, tally.Last));
                tally.Count = 0;
                tally.Due = now + RepeatsEvery;
            }

            (lost, _lost) = (_lost, 0);
        }

        if (lost > 0)
        {
            Lost(_logger, lost);
        }
    }

    private void Enqueue(SecurityRecord record)
    {
        if (_waiting.Count >= MostWaiting)
        {
            var dropped = _waiting.Dequeue().Count;
            _lost += dropped;
            _lostEvents.Add(dropped);
        }

        _waiting.Enqueue(record);
    }

    private SecurityRecord[] Next()
    {
        lock (_lock)
        {
            return [.. _waiting.Take(BatchSize)];
        }
    }

    private void Remove(SecurityRecord[] written)
    {
        lock (_lock)
        {
            // Some may have been dropped meanwhile.
            foreach (var record in written)
            {
                if (_waiting.TryPeek(out var first) && ReferenceEquals(first, record))
                {
                    _waiting.Dequeue();
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Security event {Kind} {Outcome}, user {UserId}, {Count} times; record {RecordId}")]
    private static partial void Stored(
        ILogger logger, SecurityEventKind kind, SecurityEventOutcome outcome, string? userId, int count, string recordId);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Lost} security events could not be stored in time and were dropped")]
    private static partial void Lost(ILogger logger, long lost);

    private sealed class Tally
    {
        public int Count { get; set; }

        public DateTimeOffset First { get; set; }

        public DateTimeOffset Last { get; set; }

        public DateTimeOffset Due { get; set; }
    }
}
