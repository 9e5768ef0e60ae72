namespace BankPortal.Core.Fraud.Live;

/// <summary>
/// The figures of the live monitor, updated event by event: the newest transfers, the last hour in spans of ten seconds, and the last
/// minute by the second. Counts each change of a transfer once, however often and in whatever order it arrives. Memory is bounded
/// whatever the traffic. Not thread-safe.
/// </summary>
internal sealed class LiveAggregate(MonitorOptions options, Currency currency, DateTimeOffset start)
{
    /// <summary>The time range it covers.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private const int SpanSeconds = 10;
    private const int SpansPerMinute = 60 / SpanSeconds;
    private const int SpanCount = 3600 / SpanSeconds;
    private const int RecentSpans = 15 * SpansPerMinute;
    private const int TopRuleCount = 5;
    private const int MostSeen = 200_000;

    // Assessment times in steps of ten percent, from ten microseconds to half a minute.
    private const int TimeSteps = 160;
    private const double FirstStep = 10;
    private const double StepRatio = 1.1;

    private readonly Span[] _spans = [.. Enumerable.Range(0, SpanCount).Select(_ => new Span())];
    private readonly Second[] _seconds = new Second[60];
    private readonly List<LiveEvent> _events = [];
    private readonly Dictionary<string, (DateTimeOffset ChangedAt, bool IsSettled)> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset ChangedAt)> _seenInOrder = [];
    private DateTimeOffset _forgottenBefore = DateTimeOffset.MinValue;
    private ImmutableArray<LiveEvent> _eventsNewestFirst = [];
    private bool _eventsChanged;
    private long _frames;

    /// <summary>The time since which all events are counted.</summary>
    public DateTimeOffset CoveredSince { get; private set; } = start;

    /// <summary>The number of the latest event.</summary>
    public long LastNumber { get; private set; }

    /// <summary>From this number on, every event is kept or was replaced by a later one of the same transfer.</summary>
    public long CompleteFrom { get; private set; } = 1;

    /// <summary>How many changes are remembered to detect repeats.</summary>
    public int SeenCount => _seen.Count;

    /// <summary>Extends the covered time range back to <paramref name="since"/>; the caller has added everything since then.</summary>
    public void CoverSince(DateTimeOffset since) => CoveredSince = since < CoveredSince ? since : CoveredSince;

    /// <summary>Adds a transfer, unless this state was added before or is too old.</summary>
    /// <returns><see langword="true"/> when anything changed.</returns>
    public bool Add(Transfer transfer, DateTimeOffset now)
    {
        if (transfer.ChangedAt <= now - Window)
        {
            return false;
        }

        var (changedAt, isSettled) = (transfer.ChangedAt, transfer.SettledAt is not null);
        var isKnown = _seen.TryGetValue(transfer.Id, out var known);
        if (isKnown && (changedAt < known.ChangedAt || (changedAt == known.ChangedAt && (known.IsSettled || !isSettled))))
        {
            return false;
        }

        // A settled transfer was counted when it was held, unless that is so recent that it would still be remembered.
        if (!isKnown && !(isSettled && transfer.CreatedAt < _forgottenBefore))
        {
            Count(transfer, now);
        }

        _seen[transfer.Id] = (changedAt, isSettled);
        _seenInOrder.Enqueue((transfer.Id, changedAt));
        while (_seenInOrder.Count > MostSeen)
        {
            ForgetOldest();
        }

        Keep(transfer, isKnown);
        return true;
    }

    /// <summary>Drops the memory of changes before a time; they will not be added again.</summary>
    public void Forget(DateTimeOffset before)
    {
        _forgottenBefore = before > _forgottenBefore ? before : _forgottenBefore;
        while (_seenInOrder.TryPeek(out var oldest) && oldest.ChangedAt < before)
        {
            ForgetOldest();
        }
    }

    /// <summary>Builds the frame to show now.</summary>
    public LiveFrame Frame(DateTimeOffset now, LiveState state, DateTimeOffset asOf, LiveHeld? queue)
    {
        if (_eventsChanged)
        {
            _eventsChanged = false;
            _eventsNewestFirst = [.. Enumerable.Reverse(_events)];
        }

        var since = CoveredSince > now - Window ? CoveredSince : now - Window;
        var current = IndexOf(now);
        var inHour = Spans(current, SpanCount).Where(span => StartOf(span.Index + 1) > since).ToList();
        var minute = SecondOf(now);
        var recent = _seconds.Where(second => second.At > minute - _seconds.Length && second.At <= minute).ToList();
        return new LiveFrame
        {
            Sequence = ++_frames,
            At = now,
            State = state,
            AsOf = asOf,
            CoveredSince = since,
            Events = _eventsNewestFirst,
            LastNumber = LastNumber,
            CompleteFrom = CompleteFrom,
            Figures = new LiveFigures
            {
                PerMinute = recent.Sum(second => second.Count),
                VolumePerMinute = new Money(recent.Sum(second => second.Volume), currency),
                InOtherCurrencies = recent.Sum(second => second.Others),
                InHour = inHour.Sum(span => span.Count),
                Alerted = inHour.Sum(span => span.Outcomes[(int)RiskOutcome.Alert]),
                Held = inHour.Sum(span => span.Outcomes[(int)RiskOutcome.Hold]),
                Blocked = inHour.Sum(span => span.Outcomes[(int)RiskOutcome.Block]),
                DecidedWithin = Percentile(inHour.Where(span => span.Index > current - RecentSpans), 0.95),
            },
            Recent = Series(current, RecentSpans, 1, since),
            Minutes = Series(current, SpanCount, SpansPerMinute, since),
            TopRules =
            [
                .. inHour.SelectMany(span => span.Rules)
                    .GroupBy(rule => rule.Key, rule => rule.Value, StringComparer.Ordinal)
                    .Select(rule => new LiveRule(rule.Key, rule.Sum()))
                    .OrderByDescending(rule => rule.Count).ThenBy(rule => rule.RuleId, StringComparer.Ordinal)
                    .Take(TopRuleCount),
            ],
            Queue = queue,
        };
    }

    private static long IndexOf(DateTimeOffset at) => at.UtcTicks / (SpanSeconds * TimeSpan.TicksPerSecond);

    private static long SecondOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerSecond;

    private static DateTimeOffset StartOf(long index) => new(index * SpanSeconds * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private static int StepOf(TimeSpan took) =>
        Math.Clamp(
            (int)Math.Ceiling(Math.Log(Math.Max(took.TotalMicroseconds, FirstStep) / FirstStep) / Math.Log(StepRatio)), 0, TimeSteps - 1);

    private static TimeSpan? Percentile(IEnumerable<Span> spans, double share)
    {
        var steps = new int[TimeSteps];
        var total = 0;
        foreach (var span in spans.Where(span => span.Times is not null))
        {
            for (var step = 0; step < steps.Length; step++)
            {
                steps[step] += span.Times![step];
                total += span.Times[step];
            }
        }

        var (wanted, below) = ((int)Math.Ceiling(total * share), 0);
        for (var step = 0; step < steps.Length && total > 0; step++)
        {
            below += steps[step];
            if (below >= wanted)
            {
                return TimeSpan.FromMicroseconds(FirstStep * Math.Pow(StepRatio, step));
            }
        }

        return null;
    }

    private IEnumerable<Span> Spans(long last, int count)
    {
        for (var index = last - count + 1; index <= last; index++)
        {
            if (_spans[index % SpanCount] is { } span && span.Index == index)
            {
                yield return span;
            }
        }
    }

    private ImmutableArray<LiveSpan> Series(long last, int count, int together, DateTimeOffset since)
    {
        // Whole minutes, so that the figure of a minute does not change once the minute is over.
        var first = last - count + 1;
        first += together == 1 ? 0 : (together - (first % together)) % together;
        var series = ImmutableArray.CreateBuilder<LiveSpan>((count / together) + 1);
        Span<int> outcomes = stackalloc int[4];
        for (var index = first; index <= last; index += together)
        {
            // Leave out spans that were not covered from their start.
            if (StartOf(index + together) <= since)
            {
                continue;
            }

            var (items, volume) = (0, 0L);
            outcomes.Clear();
            for (var part = index; part < index + together; part++)
            {
                var span = _spans[part % SpanCount];
                if (span.Index != part)
                {
                    continue;
                }

                items += span.Count;
                volume += span.Volume;
                for (var outcome = 0; outcome < outcomes.Length; outcome++)
                {
                    outcomes[outcome] += span.Outcomes[outcome];
                }
            }

            series.Add(new LiveSpan(
                StartOf(index), items, volume,
                outcomes[(int)RiskOutcome.Allow],
                outcomes[(int)RiskOutcome.Alert],
                outcomes[(int)RiskOutcome.Hold],
                outcomes[(int)RiskOutcome.Block]));
        }

        return series.DrainToImmutable();
    }

    private void Count(Transfer transfer, DateTimeOffset now)
    {
        // Another node's clock may be ahead: never count an event in the future.
        var at = transfer.CreatedAt > now ? now : transfer.CreatedAt;
        if (at <= now - Window)
        {
            return;
        }

        var (volume, other) = transfer.Amount.Currency == currency ? (transfer.Amount.MinorUnits, 0) : (0, 1);
        var index = IndexOf(at);
        var span = _spans[index % SpanCount];
        if (span.Index != index)
        {
            if (span.Index > index)
            {
                return;
            }

            span.Begin(index);
        }

        span.Count++;
        span.Volume += volume;
        span.Outcomes[(int)(transfer.Risk?.Outcome ?? RiskOutcome.Allow)]++;
        if (transfer.Risk is { } risk)
        {
            foreach (var rule in risk.Fired)
            {
                span.Rules[rule] = span.Rules.GetValueOrDefault(rule) + 1;
            }

            if (risk.Took > TimeSpan.Zero)
            {
                (span.Times ??= new int[TimeSteps])[StepOf(risk.Took)]++;
            }
        }

        var second = SecondOf(at);
        ref var slot = ref _seconds[second % _seconds.Length];
        if (slot.At <= second)
        {
            slot = slot.At == second
                ? new Second(second, slot.Count + 1, slot.Volume + volume, slot.Others + other)
                : new Second(second, 1, volume, other);
        }
    }

    private void Keep(Transfer transfer, bool isKnown)
    {
        var kept = transfer with { Risk = transfer.Risk is { } risk ? risk with { Facts = default } : null, Reason = null };
        var added = new LiveEvent(++LastNumber, kept);
        if (isKnown)
        {
            _events.RemoveAll(e => e.Transfer.Id == transfer.Id);
        }

        // New events are mostly the newest, so search from the end.
        var place = _events.Count;
        while (place > 0 && _events[place - 1].Transfer.ChangedAt > transfer.ChangedAt)
        {
            place--;
        }

        _events.Insert(place, added);
        if (_events.Count > options.MostEvents)
        {
            CompleteFrom = Math.Max(CompleteFrom, _events[0].Number + 1);
            _events.RemoveAt(0);
        }

        _eventsChanged = true;
    }

    private void ForgetOldest()
    {
        var (id, changedAt) = _seenInOrder.Dequeue();
        if (_seen.TryGetValue(id, out var known) && known.ChangedAt == changedAt)
        {
            _seen.Remove(id);
        }
    }

    private readonly record struct Second(long At, int Count, long Volume, int Others);

    private sealed class Span
    {
        public long Index { get; private set; } = -1;

        public int Count { get; set; }

        public long Volume { get; set; }

        public int[] Outcomes { get; } = new int[4];

        public Dictionary<string, int> Rules { get; } = new(StringComparer.Ordinal);

        public int[]? Times { get; set; }

        public void Begin(long index)
        {
            Index = index;
            Count = 0;
            Volume = 0;
            Array.Clear(Outcomes);
            Rules.Clear();
            Times = null;
        }
    }
}
