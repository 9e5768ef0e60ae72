using BankPortal.Web.Features.Fraud.Live;

namespace BankPortal.Tests.Fraud.Live;

/// <summary>The list of the live monitor, without a page around it.</summary>
[UnitTest]
public sealed class LiveListTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly LiveFilter BlockedOnly = new() { Outcomes = [RiskOutcome.Block] };

    private readonly LiveList _list = new(capacity: 3);

    [Fact]
    public void Merge_OlderAndNewer_SortsByLatestChange()
    {
        _list.Merge([Transfer(1, 10), Transfer(2, 30)]);
        _list.Merge([Transfer(3, 20)]);

        Assert.Equal(Ids(2, 3, 1), RowIds());
    }

    [Fact]
    public void Merge_SameInstant_PutsTheAddedFirst()
    {
        _list.Merge([Transfer(1, 10)]);
        _list.Merge([Transfer(2, 10)]);

        Assert.Equal(Ids(2, 1), RowIds());
    }

    [Fact]
    public void Merge_TwoStatesOfOneTransfer_KeepsTheLaterOne()
    {
        var held = Transfer(1, 10, RiskOutcome.Hold);
        var released = held.Release(Now.AddSeconds(20));

        _list.Merge([released]);
        _list.Merge([held]);
        Assert.Same(released, Assert.Single(_list.Rows));

        var other = new LiveList(3);
        other.Merge([held]);
        other.Merge([released]);
        Assert.Same(released, Assert.Single(other.Rows));
    }

    [Fact]
    public void Merge_MoreThanFit_DropsTheOldest()
    {
        _list.Merge([Transfer(1, 1), Transfer(2, 2)]);
        Assert.False(_list.IsFull);

        _list.Merge([Transfer(3, 3), Transfer(4, 4), Transfer(5, 5)]);

        Assert.Equal(Ids(5, 4, 3), RowIds());
        Assert.True(_list.IsFull);
    }

    [Fact]
    public void Merge_NothingMatches_KeepsTheSameRows()
    {
        _list.Start(BlockedOnly, Frame(1, 1, (1, Transfer(1, 1, RiskOutcome.Block))));
        var rows = _list.Rows;

        _list.Merge([Transfer(2, 2)]);

        Assert.True(rows == _list.Rows);
    }

    [Fact]
    public void Start_AnotherFilter_ShowsOnlyWhatMatches()
    {
        var frame = Frame(2, 1, (2, Transfer(2, 2)), (1, Transfer(1, 1, RiskOutcome.Block)));
        _list.Start(new LiveFilter(), frame);
        Assert.Equal(Ids(2, 1), RowIds());

        _list.Start(BlockedOnly, frame);

        Assert.Equal(Ids(1), RowIds());
    }

    [Theory]
    [InlineData(true, 5, true)] // Filtered, and the frame does not reach back to the first event.
    [InlineData(true, 1, false)] // The frame has every event there was.
    [InlineData(false, 5, false)] // Without a filter the newest rows are always in the frame.
    public void Start_FewRows_AsksForOlderOnesOnlyWhereTheyMayExist(bool isFiltered, long completeFrom, bool expected)
    {
        var older = _list.Start(
            isFiltered ? BlockedOnly : new LiveFilter(),
            Frame(6, completeFrom, (6, Transfer(6, 6, RiskOutcome.Block)))
        );

        Assert.Equal(expected, older);
    }

    [Fact]
    public void Start_ListIsFull_DoesNotAskForOlderOnes()
    {
        var events = Enumerable.Range(5, 3).Select(i => ((long)i, Transfer(i, i, RiskOutcome.Block))).ToArray();

        Assert.False(_list.Start(BlockedOnly, Frame(7, 5, events)));
    }

    [Fact]
    public void Take_NewEvents_AddsOnlyThoseAndCountsThem()
    {
        _list.Start(new LiveFilter(), Frame(1, 1, (1, Transfer(1, 1))));

        var update = _list.Take(Frame(3, 1, (3, Transfer(3, 3, RiskOutcome.Hold)), (2, Transfer(2, 2)), (1, Transfer(1, 1))));

        Assert.Equal(new LiveListUpdate(Events: 2, Matching: 2, Flagged: 1, HasGap: false), update);
        Assert.Equal(Ids(3, 2, 1), RowIds());
        Assert.Equal(new LiveListUpdate(0, 0, 0, false), _list.Take(Frame(3, 1, (3, Transfer(3, 3, RiskOutcome.Hold)))));
    }

    [Fact]
    public void Take_EventsWereMissed_ReportsTheGapOnlyWithAFilter()
    {
        var later = Frame(9, 5, (9, Transfer(9, 9, RiskOutcome.Block)));
        _list.Start(BlockedOnly, Frame(2, 1));
        Assert.Equal(new LiveListUpdate(7, 1, 1, HasGap: true), _list.Take(later));

        _list.Start(new LiveFilter(), Frame(2, 1));
        Assert.Equal(new LiveListUpdate(7, 1, 1, HasGap: false), _list.Take(later));
    }

    [Fact]
    public void Take_NextEventIsTheFirstOfTheFrame_ReportsNoGap()
    {
        _list.Start(BlockedOnly, Frame(4, 1));

        Assert.False(_list.Take(Frame(9, 5)).HasGap);
    }

    [Fact]
    public void Take_NothingHappenedBefore_ReportsNoGap()
    {
        _list.Start(BlockedOnly, Frame(0, 1));

        Assert.False(_list.Take(Frame(900, 400)).HasGap);
    }

    [Fact]
    public void Pause_EventsArrive_KeepsTheRowsAndCountsWhatMatches()
    {
        _list.Start(BlockedOnly, Frame(1, 1, (1, Transfer(1, 1, RiskOutcome.Block))));
        _list.Pause();

        _list.Take(Frame(3, 1, (3, Transfer(3, 3)), (2, Transfer(2, 2, RiskOutcome.Block))));
        _list.Take(Frame(4, 1, (4, Transfer(4, 4, RiskOutcome.Block))));

        Assert.True(_list.IsPaused);
        Assert.Equal(Ids(1), RowIds());
        Assert.Equal((2, false), (_list.NewCount, _list.IsNewCountPartial));
    }

    [Fact]
    public void Pause_EventsWereMissed_CountsThemAllOrSaysThatThereMayBeMore()
    {
        _list.Start(new LiveFilter(), Frame(1, 1));
        _list.Pause();
        Assert.False(_list.Take(Frame(9, 8, (9, Transfer(9, 9)), (8, Transfer(8, 8)))).HasGap);
        Assert.Equal((8, false), (_list.NewCount, _list.IsNewCountPartial));

        _list.Start(BlockedOnly, Frame(1, 1));
        _list.Pause();
        Assert.False(_list.Take(Frame(9, 8, (9, Transfer(9, 9, RiskOutcome.Block)))).HasGap);
        Assert.Equal((1, true), (_list.NewCount, _list.IsNewCountPartial));
    }

    [Fact]
    public void Resume_AfterEvents_ShowsThemAll()
    {
        _list.Start(new LiveFilter(), Frame(1, 1, (1, Transfer(1, 1))));
        _list.Pause();
        var latest = Frame(3, 1, (3, Transfer(3, 3)), (2, Transfer(2, 2)), (1, Transfer(1, 1)));
        _list.Take(latest);

        Assert.False(_list.Resume(latest));

        Assert.False(_list.IsPaused);
        Assert.Equal(Ids(3, 2, 1), RowIds());
    }

    [Fact]
    public void Resume_PauseWasLongerThanAFrame_AsksForTheMissingOnes()
    {
        _list.Start(BlockedOnly, Frame(1, 1));
        _list.Pause();
        _list.Take(Frame(5, 1));
        _list.Take(Frame(20, 10));

        Assert.True(_list.Resume(Frame(20, 10)));

        // A pause that begins now has missed nothing.
        _list.Pause();
        Assert.Equal((0, false), (_list.NewCount, _list.IsNewCountPartial));
        Assert.False(_list.Resume(Frame(20, 10)));
    }

    [Fact]
    public void Start_WhilePaused_GoesOnPausedWithNothingNew()
    {
        _list.Start(new LiveFilter(), Frame(1, 1));
        _list.Pause();
        _list.Take(Frame(2, 1, (2, Transfer(2, 2))));

        _list.Start(new LiveFilter(), Frame(2, 1, (2, Transfer(2, 2))));

        Assert.True(_list.IsPaused);
        Assert.Equal(0, _list.NewCount);
        Assert.Equal(Ids(2), RowIds());
    }

    private static Transfer Transfer(int number, int second, RiskOutcome outcome = RiskOutcome.Allow) =>
        SampleTransfers.Make(number, Now.AddSeconds(second), 10, outcome);

    private static string[] Ids(params int[] numbers) => [.. numbers.Select(number => Transfer(number, 0).Id)];

    private static LiveFrame Frame(long lastNumber, long completeFrom, params (long Number, Transfer Transfer)[] events) => new()
    {
        Sequence = lastNumber,
        At = Now,
        State = LiveState.Live,
        AsOf = Now,
        CoveredSince = Now.AddHours(-1),
        Events = [.. events.Select(e => new LiveEvent(e.Number, e.Transfer))],
        LastNumber = lastNumber,
        CompleteFrom = completeFrom,
        Figures = new LiveFigures
        {
            PerMinute = 0,
            VolumePerMinute = Money.Zero(Currency.Usd),
            InOtherCurrencies = 0,
            InHour = 0,
            Alerted = 0,
            Held = 0,
            Blocked = 0,
            DecidedWithin = null,
        },
        Recent = [],
        Minutes = [],
        TopRules = [],
        Queue = null,
    };

    private IEnumerable<string> RowIds() => _list.Rows.Select(row => row.Id);
}
