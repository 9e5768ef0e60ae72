using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace BankPortal.Tests.Fraud.Live;

/// <summary>The live monitor at work, with a clock that is moved by hand.</summary>
[UnitTest]
public sealed class LiveMonitorTests : IDisposable
{
    private static readonly Actor Analyst = new("fay", [BankRoles.Analyst]);

    private readonly InMemoryBank _bank = new();
    private readonly MonitorOptions _options = new();
    private readonly ListLogger<LiveMonitor> _log = new();
    private readonly LiveMonitor _monitor;

    public LiveMonitorTests() =>
        _monitor = new LiveMonitor(
            _bank.Store,
            _bank.Store,
            _bank.Store,
            _bank.Feed,
            _options,
            _bank.AccountOptions,
            _bank.Time,
            _log
        );

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _bank.Time.GetUtcNow();

    [Fact]
    public async Task Watch_Begun_ShowsTheLastHourAtOnce()
    {
        _bank.Store.Put(SampleTransfers.Make(1, Now.AddHours(-2)));
        _bank.Store.Put(SampleTransfers.Make(2, Now.AddMinutes(-50), outcome: RiskOutcome.Hold));
        _bank.Store.Put(SampleTransfers.Make(3, Now.AddMinutes(-1)));

        using var watch = Watch(out _);
        var frame = await watch.FirstAsync(Ct);

        Assert.Equal((LiveState.Live, 2, 2), (frame.State, frame.Events.Length, frame.Figures.InHour));
        Assert.Equal(Now.AddHours(-1), frame.CoveredSince);
    }

    [Fact]
    public async Task Watch_LastHourHasTooMany_BeginsWhereItWasRead()
    {
        _options.MostFill = 100;
        for (var i = 0; i < 150; i++)
        {
            _bank.Store.Put(SampleTransfers.Make(i, Now.AddSeconds(-10 * i)));
        }

        using var watch = Watch(out _);
        var frame = await watch.FirstAsync(Ct);

        Assert.Equal(Now.AddSeconds(-990), frame.CoveredSince);
        Assert.Equal(100, frame.Figures.InHour, 1.0);
    }

    [Fact]
    public async Task Transfer_OfThisProcess_IsShownWithoutReadingTheFeed()
    {
        var (alice, bob) = (await _bank.OpenAsync(Actor.Customer("alice"), 100), await _bank.OpenAsync(Actor.Customer("bob")));
        _options.PollEvery = TimeSpan.FromHours(1);
        using var watch = Watch(out var frames);
        await watch.FirstAsync(Ct);
        var reads = _bank.Store.FeedReads;

        var sent = (await _bank.Ledger.ExecuteAsync(Orders.Transfer(alice, bob, 25))).Value;

        var frame = await UntilAsync(frames, f => f.Events.Any(e => e.Transfer.Id == sent.Id));
        Assert.Equal(sent.Id, frame.Events[0].Transfer.Id);
        Assert.Equal(reads, _bank.Store.FeedReads);
    }

    [Fact]
    public async Task Transfer_OfAnotherProcess_IsShownWithTheNextReadingAndOnce()
    {
        using var watch = Watch(out var frames);
        await watch.FirstAsync(Ct);
        _bank.Store.Put(SampleTransfers.Make(1, Now, outcome: RiskOutcome.Alert, fired: ["fan-in"]));

        var frame = await UntilAsync(frames, f => f.Events.Length == 1);
        Assert.Equal((1, "fan-in"), (frame.Figures.Alerted, frame.TopRules.Single().RuleId));

        var reads = _bank.Store.FeedReads;
        frame = await UntilAsync(frames, _ => _bank.Store.FeedReads > reads + 3);
        Assert.Equal((1, 1L), (frame.Events.Length, frame.LastNumber));
    }

    [Fact]
    public async Task Transfer_TurningUpLateInTheIndex_IsFoundByASweep()
    {
        using var watch = Watch(out var frames);
        await watch.FirstAsync(Ct);
        var then = Now.AddSeconds(1);
        await UntilAsync(frames, f => f.AsOf > then.AddSeconds(20));

        _bank.Store.Put(SampleTransfers.Make(1, Now.AddSeconds(-15)));

        Assert.Equal(1, (await UntilAsync(frames, f => f.Events.Length == 1)).Figures.InHour);
    }

    [Fact]
    public async Task Feed_NotReadable_SaysItIsBehindAndCatchesUp()
    {
        using var watch = Watch(out var frames);
        await watch.FirstAsync(Ct);
        _bank.Store.FailFeeds(int.MaxValue);
        _bank.Store.Put(SampleTransfers.Make(1, Now));

        var behind = await UntilAsync(frames, f => f.State == LiveState.Behind && f.At - f.AsOf > TimeSpan.FromMinutes(5));
        Assert.Empty(behind.Events);
        _bank.Store.FailFeeds(0);

        var repaired = await UntilAsync(frames, f => f.State == LiveState.Live);
        Assert.Equal((1, 1), (repaired.Events.Length, repaired.Figures.InHour));

        // The stack once, then a count a minute, and one line when it is over.
        const string what = "The live monitor cannot read the ledger; it goes on trying";
        Assert.StartsWith($"Warning: {what} (", _log.Lines[0], StringComparison.Ordinal);
        Assert.InRange(_log.Lines.Count, 6, 9);
        Assert.All(_log.Lines.Skip(1).SkipLast(1), line => Assert.Matches($"^Warning: {what}: [0-9]+ times in ", line));
        Assert.StartsWith("Information: Over after ", _log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_NotReadableAtFirst_SaysSoAndShowsWhatThisProcessDoes()
    {
        var (alice, bob) = (await _bank.OpenAsync(Actor.Customer("alice"), 100), await _bank.OpenAsync(Actor.Customer("bob")));
        _bank.Store.FailFeeds(int.MaxValue);
        using var watch = Watch(out var frames);

        Assert.Equal(LiveState.Starting, (await watch.FirstAsync(Ct)).State);
        await _bank.Ledger.ExecuteAsync(Orders.Transfer(alice, bob, 25));
        await UntilAsync(frames, f => f.Events.Length == 1);

        _bank.Store.FailFeeds(0);
        var frame = await UntilAsync(frames, f => f.State == LiveState.Live);
        Assert.Equal((2, 2), (frame.Events.Length, frame.Figures.InHour));
    }

    [Fact]
    public async Task Queue_HeldTransfers_AreCountedWithTheOldest()
    {
        var (alice, bob) = (await _bank.OpenAsync(Actor.Customer("alice"), 100), await _bank.OpenAsync(Actor.Customer("bob")));
        using var watch = Watch(out var frames);
        Assert.Equal(new LiveHeld(0, false, null), (await UntilAsync(frames, f => f.Queue is not null)).Queue);

        var first = (await _bank.Ledger.ExecuteAsync(Orders.Transfer(alice, bob, 1) with { Hold = true })).Value;
        _bank.Time.Advance(TimeSpan.FromSeconds(2));
        await _bank.Ledger.ExecuteAsync(Orders.Transfer(alice, bob, 2) with { Hold = true });

        Assert.Equal(new LiveHeld(2, false, first.CreatedAt), (await UntilAsync(frames, f => f.Queue!.Count == 2)).Queue);
        await _bank.Ledger.ReleaseAsync(Analyst, first.Id, "genuine");
        await UntilAsync(frames, f => f.Queue!.Count == 1);
    }

    [Fact]
    public async Task Watchers_Several_GetTheSameFramesAndOneThatFailsHarmsNobody()
    {
        using var failing = _monitor.Watch(Analyst, _ => throw new InvalidOperationException("gone")).Value;
        using var first = Watch(out var ones);
        using var second = Watch(out var others);
        await first.FirstAsync(Ct);
        _bank.Store.Put(SampleTransfers.Make(1, Now));

        var frame = await UntilAsync(ones, f => f.Events.Length == 1);
        var same = await UntilAsync(others, f => f.Sequence == frame.Sequence);

        Assert.Same(frame, same);
    }

    [Fact]
    public async Task Frames_ManyEventsAtOnce_ComeOneAfterTheOther()
    {
        using var watch = Watch(out var frames);
        await watch.FirstAsync(Ct);
        for (var i = 0; i < 1000; i++)
        {
            _bank.Feed.Publish(SampleTransfers.Make(i, Now));
        }

        // As long as the clock stands, at most one frame is made, and another when the pause is over.
        var frame = await UntilAsync(frames, f => f.LastNumber == 1000);

        Assert.InRange(frame.Sequence, 2, 4);
        Assert.Equal((_options.MostEvents, 501L), (frame.Events.Length, frame.CompleteFrom));
    }

    [Fact]
    public async Task Watch_LastOneLeft_StopsReadingAfterAWhileAndBeginsAgain()
    {
        var watch = Watch(out _);
        await watch.FirstAsync(Ct);
        watch.Dispose();
        watch.Dispose();
        Assert.True(_monitor.IsRunning);

        _bank.Time.Advance(_options.Linger);

        Assert.Equal((0, false), (_monitor.WatcherCount, _monitor.IsRunning));
        var reads = _bank.Store.FeedReads;
        _bank.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.InRange(_bank.Store.FeedReads, reads, reads + 1);

        _bank.Store.Put(SampleTransfers.Make(1, Now));
        using var again = Watch(out _);
        Assert.Single((await again.FirstAsync(Ct)).Events);
    }

    [Fact]
    public async Task Watch_SomebodyElseComesInTime_GoesOn()
    {
        var watch = Watch(out _);
        await watch.FirstAsync(Ct);
        watch.Dispose();
        using var other = Watch(out var frames);

        _bank.Time.Advance(_options.Linger * 2);

        Assert.True(_monitor.IsRunning);
        await UntilAsync(frames, f => f.State == LiveState.Live);
    }

    [Fact]
    public async Task ReadAgain_ReadingHangsSinceAnOutage_ReadsWithoutWaitingForIt()
    {
        var feed = new HangingFeed(_bank.Store);
        using var monitor = new LiveMonitor(
            feed, _bank.Store, _bank.Store, _bank.Feed, _options, _bank.AccountOptions, _bank.Time, NullLogger<LiveMonitor>.Instance);
        var frames = Channel.CreateUnbounded<LiveFrame>();
        using var watch = monitor.Watch(Analyst, frame => frames.Writer.TryWrite(frame)).Value;
        await watch.FirstAsync(Ct);
        feed.Hangs = true;
        await UntilAsync(frames, f => f.State == LiveState.Behind);
        _bank.Store.Put(SampleTransfers.Make(1, Now));

        feed.Hangs = false;
        var back = Now;
        monitor.ReadAgain(back);
        monitor.ReadAgain(back);

        await UntilAsync(frames, f => f.State == LiveState.Live);
        await UntilAsync(frames, f => f.Events.Length == 1);
    }

    [Theory]
    [InlineData(BankRoles.Customer), InlineData(BankRoles.Compliance), InlineData(BankRoles.Manager)]
    public async Task Monitor_Others_AreRefused(string role)
    {
        var actor = new Actor("x", [role]);

        Assert.IsType<NotAllowedError>(_monitor.Watch(actor, _ => { }).Error);
        Assert.IsType<NotAllowedError>((await _monitor.FindAsync(actor, new LiveFilter(), 10, Ct)).Error);
        Assert.IsType<NotAllowedError>((await _monitor.FindAccountAsync(actor, "1", Ct)).Error);
        Assert.False(_monitor.IsRunning);
    }

    [Fact]
    public async Task Find_WithAFilter_LooksThroughTheLastHour()
    {
        for (var i = 0; i < 700; i++)
        {
            _bank.Store.Put(SampleTransfers.Make(i, Now.AddSeconds(-i), outcome: i == 650 ? RiskOutcome.Block : RiskOutcome.Allow));
        }

        var found = (await _monitor.FindAsync(Analyst, new LiveFilter { Outcomes = [RiskOutcome.Block] }, 10, Ct)).Value;

        Assert.Equal(SampleTransfers.Make(650, Now).Id, Assert.Single(found).Id);
        Assert.Equal(10, (await _monitor.FindAsync(Analyst, new LiveFilter(), 10, Ct)).Value.Length);
    }

    [Fact]
    public async Task FindAccount_ByNumberOrId_IsFound()
    {
        var account = await _bank.OpenAsync(Actor.Customer("alice"));

        Assert.Equal(account.Id, (await _monitor.FindAccountAsync(Analyst, account.Number.Grouped, Ct)).Value);
        Assert.Equal(account.Id, (await _monitor.FindAccountAsync(Analyst, account.Id, Ct)).Value);
        Assert.IsType<NotFoundError>((await _monitor.FindAccountAsync(Analyst, "nonsense", Ct)).Error);
    }

    public void Dispose() => _monitor.Dispose();

    private LiveWatch Watch(out Channel<LiveFrame> frames)
    {
        var channel = frames = Channel.CreateUnbounded<LiveFrame>();
        return _monitor.Watch(Analyst, frame => channel.Writer.TryWrite(frame)).Value;
    }

    /// <summary>A feed whose readings give no answer while it hangs, as when the database's machine is gone.</summary>
    private sealed class HangingFeed(ITransferFeedReader inner) : ITransferFeedReader
    {
        public volatile bool Hangs;

        public async IAsyncEnumerable<Transfer> ReadPeriodAsync(
            DateTimeOffset from, DateTimeOffset before, [EnumeratorCancellation] CancellationToken ct = default)
        {
            if (Hangs)
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            await foreach (var transfer in inner.ReadPeriodAsync(from, before, ct))
            {
                yield return transfer;
            }
        }

        public Task<IReadOnlyList<Transfer>> ReadNewestAsync(
            int limit, DateTimeOffset notBefore, DateTimeOffset before, CancellationToken ct = default) =>
            inner.ReadNewestAsync(limit, notBefore, before, ct);

        public Task<bool> AnyAsync(CancellationToken ct = default) => inner.AnyAsync(ct);
    }

    // The monitor works on threads of its own, so the clock is moved on bit by bit until what is waited for is there.
    private async Task<LiveFrame> UntilAsync(Channel<LiveFrame> frames, Func<LiveFrame, bool> condition)
    {
        while (true)
        {
            while (frames.Reader.TryRead(out var frame))
            {
                if (condition(frame))
                {
                    return frame;
                }
            }

            Ct.ThrowIfCancellationRequested();
            _bank.Time.Advance(TimeSpan.FromMilliseconds(100));
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            soon.CancelAfter(TimeSpan.FromMilliseconds(5));
            try
            {
                await frames.Reader.WaitToReadAsync(soon.Token);
            }
            catch (OperationCanceledException) when (!Ct.IsCancellationRequested)
            {
                // The clock has to go on.
            }
        }
    }
}
