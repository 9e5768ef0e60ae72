namespace BankPortal.Tests.Fraud.Live;

/// <summary>The figures of the live monitor, event by event.</summary>
[UnitTest]
public sealed class LiveAggregateTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    private readonly MonitorOptions _options = new() { MostEvents = 50 };
    private readonly LiveAggregate _aggregate;
    private DateTimeOffset _now = Start;

    public LiveAggregateTests()
    {
        _aggregate = new LiveAggregate(_options, Currency.Usd, Start);
        _aggregate.CoverSince(Start.AddHours(-1));
    }

    [Fact]
    public void Frame_NothingHappened_IsEmptyAndHasEverySpan()
    {
        var frame = Frame();

        Assert.Empty(frame.Events);
        Assert.Equal(
            (0, 0, null, null),
            (frame.Figures.PerMinute, frame.Figures.InHour, frame.Figures.AlertRate, frame.Figures.DecidedWithin)
        );
        Assert.Equal((90, 60), (frame.Recent.Length, frame.Minutes.Length));
        Assert.Equal(Start, frame.Recent[^1].Start);
        Assert.All(frame.Minutes, minute => Assert.Equal(0, minute.Start.Second));
    }

    [Fact]
    public void Frame_AfterSomeTraffic_HasTheFigures()
    {
        Add(1, amount: 100);
        Add(2, amount: 20, outcome: RiskOutcome.Alert, fired: ["high-value"]);
        _now += TimeSpan.FromSeconds(59);
        Add(3, amount: 3, outcome: RiskOutcome.Hold, fired: ["high-value", "fan-in"]);
        Add(4, outcome: RiskOutcome.Block, amount: 1);

        var figures = Frame().Figures;
        Assert.Equal((4, Money.Of(124, Currency.Usd)), (figures.PerMinute, figures.VolumePerMinute));
        Assert.Equal((4, 1, 1, 1, 0.75m), (figures.InHour, figures.Alerted, figures.Held, figures.Blocked, figures.AlertRate));
        Assert.Equal([new LiveRule("high-value", 2), new LiveRule("fan-in", 1)], Frame().TopRules);

        _now += TimeSpan.FromSeconds(1);
        Assert.Equal(
            (2, Money.Of(4, Currency.Usd), 4),
            (Frame().Figures.PerMinute, Frame().Figures.VolumePerMinute, Frame().Figures.InHour)
        );
    }

    [Fact]
    public void Frame_Series_PutEachTransferIntoItsSpanAndAgreeWithEachOther()
    {
        Add(1, at: Start.AddSeconds(-25), amount: 5);
        Add(2, at: Start.AddSeconds(-21), outcome: RiskOutcome.Hold);
        Add(3, at: Start.AddMinutes(-40), outcome: RiskOutcome.Alert);
        Add(4, at: Start.AddSeconds(1));
        _now = Start.AddSeconds(2);

        var frame = Frame();

        var span = frame.Recent.Single(s => s.Start == Start.AddSeconds(-30));
        Assert.Equal((2, 15_00L, 1, 0, 1, 0), (span.Count, span.Volume, span.Passed, span.Alerted, span.Held, span.Blocked));
        Assert.Equal(3, frame.Recent.Sum(s => s.Count));
        Assert.Equal(4, frame.Minutes.Sum(m => m.Count));
        Assert.Equal(1, frame.Minutes.Single(m => m.Start == Start.AddMinutes(-40)).Alerted);
        Assert.Equal(2, frame.Minutes.Single(m => m.Start == Start.AddMinutes(-1)).Count);
    }

    [Fact]
    public void Frame_AnHourLater_HasForgottenIt()
    {
        Add(1, outcome: RiskOutcome.Alert, fired: ["high-value"]);
        _now += TimeSpan.FromMinutes(59);
        Assert.Equal(1, Frame().Figures.InHour);

        _now += TimeSpan.FromMinutes(2);
        var frame = Frame();

        Assert.Equal((0, 0), (frame.Figures.InHour, frame.Minutes.Sum(m => m.Count)));
        Assert.Empty(frame.TopRules);
        Assert.False(_aggregate.Add(SampleTransfers.Make(2, Start), _now), "Too old to be told.");
    }

    [Fact]
    public void Add_SameAgain_IsTakenOnceWhateverTheOrder()
    {
        var transfers = Enumerable.Range(0, 20).Select(i => SampleTransfers.Make(i, Start.AddSeconds(-i))).ToList();
        foreach (var transfer in transfers.Concat(Enumerable.Reverse(transfers)).Concat(transfers))
        {
            _aggregate.Add(transfer, _now);
        }

        var frame = Frame();
        Assert.Equal((20, 20, 20L), (frame.Figures.InHour, frame.Events.Length, frame.LastNumber));
        Assert.Equal(transfers.Select(t => t.Id), frame.Events.Select(e => e.Transfer.Id));
    }

    [Fact]
    public void Add_HeldThenReleased_CountsOnceAndShowsWhatBecameOfIt()
    {
        var held = SampleTransfers.Make(1, Start, outcome: RiskOutcome.Hold);
        _aggregate.Add(held, _now);
        Add(2, at: Start.AddSeconds(5));
        _now += TimeSpan.FromSeconds(10);
        _aggregate.Add(held.Release(_now), _now);

        // What was read before it was released, told late.
        Assert.False(_aggregate.Add(held, _now));

        var frame = Frame();
        Assert.Equal((2, 1), (frame.Figures.InHour, frame.Figures.Held));
        Assert.Equal(
            [(held.Id, TransferStatus.Posted), (SampleTransfers.Make(2, Start).Id, TransferStatus.Posted)],
            frame.Events.Select(e => (e.Transfer.Id, e.Transfer.Status))
        );
        Assert.Equal(3, frame.LastNumber);
    }

    [Fact]
    public void Add_ReleasedAtTheSameInstant_ReplacesTheHeldOne()
    {
        var held = SampleTransfers.Make(1, Start, outcome: RiskOutcome.Hold);

        Assert.True(_aggregate.Add(held, _now));
        Assert.True(_aggregate.Add(held.Release(Start), _now));
        Assert.False(_aggregate.Add(held, _now));

        Assert.Equal(TransferStatus.Posted, Assert.Single(Frame().Events).Transfer.Status);
    }

    [Fact]
    public void Add_SettledLongAfterItWasCounted_IsShownButNotCountedAgain()
    {
        var held = SampleTransfers.Make(1, Start, outcome: RiskOutcome.Hold);
        _aggregate.Add(held, _now);
        _now += TimeSpan.FromMinutes(10);
        _aggregate.Forget(_now.AddMinutes(-1));
        Assert.Equal(0, _aggregate.SeenCount);

        Assert.True(_aggregate.Add(held.Release(_now), _now));

        Assert.Equal(1, Frame().Figures.InHour);
    }

    [Fact]
    public void Add_SettledOfWhichNothingWasSeen_IsCountedWhenItWasAskedFor()
    {
        // Held and released elsewhere between two readings, or before anybody watched.
        _aggregate.Add(SampleTransfers.Make(1, Start.AddMinutes(-20), outcome: RiskOutcome.Hold).Release(Start), _now);
        _aggregate.Add(SampleTransfers.Make(2, Start.AddHours(-20), outcome: RiskOutcome.Hold).Release(Start), _now);

        var frame = Frame();
        Assert.Equal((1, 2), (frame.Figures.InHour, frame.Events.Length));
        Assert.Equal(1, frame.Minutes.Single(m => m.Start == Start.AddMinutes(-20)).Held);
    }

    [Fact]
    public void Add_MoreThanIsKept_DropsTheOldestAndSaysFromWhereItIsComplete()
    {
        for (var i = 0; i < 200; i++)
        {
            Add(i, at: Start.AddSeconds(i / 10));
        }

        _now = Start.AddSeconds(20);
        var frame = Frame();

        Assert.Equal((50, 200L, 151L), (frame.Events.Length, frame.LastNumber, frame.CompleteFrom));
        Assert.Equal(Enumerable.Range(0, 50).Select(i => 200L - i), frame.Events.Select(e => e.Number));
        Assert.Equal(200, frame.Figures.InHour);
    }

    [Fact]
    public void Forget_EventsThatWillNotComeAgain_BoundsTheMemory()
    {
        for (var i = 0; i < 5000; i++)
        {
            _now = Start.AddSeconds(i);
            Add(i, at: _now);
            _aggregate.Forget(_now.AddMinutes(-1));
        }

        Assert.InRange(_aggregate.SeenCount, 60, 62);
        Assert.Equal(3600, Frame().Figures.InHour, 10.0);
    }

    [Fact]
    public void Frame_BeganToWatchLater_SaysNothingAboutTheTimeBefore()
    {
        var aggregate = new LiveAggregate(_options, Currency.Usd, Start);
        aggregate.CoverSince(Start.AddMinutes(-5));
        aggregate.Add(SampleTransfers.Make(1, Start.AddMinutes(-8), outcome: RiskOutcome.Hold).Release(Start), Start);

        var frame = aggregate.Frame(Start, LiveState.Live, Start, null);

        Assert.Equal((Start.AddMinutes(-5), 0), (frame.CoveredSince, frame.Figures.InHour));
        Assert.Equal(Start.AddMinutes(-5), frame.Minutes[0].Start);
    }

    [Fact]
    public void Frame_DecisionTimes_GiveThe95thOfAHundredWithinTenPercent()
    {
        for (var i = 1; i <= 100; i++)
        {
            var made = SampleTransfers.Make(i, Start);
            _aggregate.Add(made with { Risk = made.Risk! with { Took = TimeSpan.FromMilliseconds(i) } }, _now);
        }

        Assert.InRange(Frame().Figures.DecidedWithin!.Value.TotalMilliseconds, 95, 95 * 1.1);
    }

    [Fact]
    public void Add_ClockThatIsAhead_CountsNow()
    {
        Add(1, at: Start.AddSeconds(30));

        Assert.Equal((1, 1), (Frame().Figures.PerMinute, Frame().Recent[^1].Count));
    }

    [Fact]
    public void Add_OtherCurrency_IsCountedButNotSummedUp()
    {
        var made = SampleTransfers.Make(1, Start);
        _aggregate.Add(made with { Amount = Money.Of(1000, Currency.Eur) }, _now);

        var figures = Frame().Figures;
        Assert.Equal((1, 1, Money.Zero(Currency.Usd)), (figures.PerMinute, figures.InOtherCurrencies, figures.VolumePerMinute));
    }

    [Fact]
    public void Events_DoNotCarryFactsOrReasons()
    {
        _aggregate.Add(SampleTransfers.Make(1, Start, outcome: RiskOutcome.Hold).Release(Start), _now);

        var shown = Assert.Single(Frame().Events).Transfer;
        Assert.True(shown.Risk!.Facts.IsEmpty);
        Assert.Null(shown.Reason);
    }

    [Theory]
    [InlineData("outcome", true), InlineData("amount", false), InlineData("rule", true), InlineData("account", false)]
    public void Filter_OneThing_LetsThroughWhatHasIt(string what, bool matches)
    {
        var transfer = SampleTransfers.Make(1, Start, amount: 99.99m, outcome: RiskOutcome.Hold, fired: ["fan-in", "high-value"]);
        var filter = what switch
        {
            "outcome" => new LiveFilter { Outcomes = [RiskOutcome.Hold, RiskOutcome.Block] },
            "amount" => new LiveFilter { MinAmount = 100 },
            "rule" => new LiveFilter { RuleId = "high-value" },
            _ => new LiveFilter { AccountId = "account-c" },
        };

        Assert.Equal(matches, filter.Matches(transfer));
        Assert.True(new LiveFilter { Outcomes = [RiskOutcome.Allow] }.Matches(transfer with { Risk = null }));
        Assert.True(new LiveFilter { AccountId = "account-b", MinAmount = 99.99m }.Matches(transfer));
    }

    private LiveFrame Frame() => _aggregate.Frame(_now, LiveState.Live, _now, null);

    private void Add(
        int number,
        DateTimeOffset? at = null,
        decimal amount = 10,
        RiskOutcome outcome = RiskOutcome.Allow,
        params string[] fired
    ) => _aggregate.Add(SampleTransfers.Make(number, at ?? _now, amount, outcome, fired), _now);
}
