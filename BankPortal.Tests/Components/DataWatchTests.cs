using BankPortal.Web.Components.Pages;

namespace BankPortal.Tests.Components;

/// <summary>The one watch that tells live pages whether the database answers.</summary>
[UnitTest]
public sealed class DataWatchTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly ManualTime _time = new();
    private readonly List<bool> _told = [];
    private readonly DataWatch _watch;
    private Func<Task> _answer = () => Task.CompletedTask;
    private int _asked;

    public DataWatchTests() => _watch = new DataWatch(
        _ =>
        {
            _asked++;
            return _answer();
        },
        _time,
        NullLogger<DataWatch>.Instance);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void Watch_NobodyOrNobodyAnyMore_AsksNothing()
    {
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _asked);

        var (one, other) = (_watch.Watch(_told.Add), _watch.Watch(_told.Add));
        Pass(TimeSpan.FromSeconds(10));
        Assert.InRange(_asked, 9, 12);
        one.Dispose();
        one.Dispose();
        Pass(TimeSpan.FromSeconds(2));
        var asked = _asked;
        Assert.InRange(asked, 11, 14);
        other.Dispose();
        Pass(TimeSpan.FromMinutes(1));

        Assert.Equal((asked, 0), (_asked, _time.TimerCount));
        Assert.Empty(_told);
    }

    [Fact]
    public void Silence_OfASingleAnswer_IsNotTold()
    {
        using var watching = _watch.Watch(_told.Add);
        _answer = () =>
        {
            _answer = () => Task.CompletedTask;
            throw new TimeoutException("no answer");
        };

        Pass(TimeSpan.FromSeconds(10));

        Assert.Empty(_told);
        Assert.True(_watch.Answers);
    }

    [Fact]
    public void Outage_RefusedAtOnce_IsToldWithinTwoSecondsAndItsEndWithinHalfASecond()
    {
        using var watching = _watch.Watch(_told.Add);
        Pass(TimeSpan.FromSeconds(5));

        _answer = () => throw new HttpRequestException("refused");
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal([false], _told);
        Assert.False(_watch.Answers);

        Pass(TimeSpan.FromMinutes(1));
        _answer = () => Task.CompletedTask;
        var back = _time.GetUtcNow();
        Pass(TimeSpan.FromMilliseconds(500));
        Assert.Equal([false, true], _told);
        Assert.InRange(_watch.AnswersSince, back, back + TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void Outage_RequestsHangForEver_IsToldAndItsEndWithinTwoSeconds()
    {
        using var watching = _watch.Watch(_told.Add);
        _answer = () => new TaskCompletionSource().Task;
        Pass(TimeSpan.FromSeconds(4));
        Assert.Equal([false], _told);

        Pass(TimeSpan.FromMinutes(1));
        _answer = () => Task.CompletedTask;
        Pass(TimeSpan.FromSeconds(1.5));

        Assert.Equal([false, true], _told);
    }

    [Fact]
    public void Watcher_ThatFails_DoesNotKeepOthersFromBeingTold()
    {
        using var bad = _watch.Watch(_ => throw new InvalidOperationException("a page is broken"));
        using var good = _watch.Watch(_told.Add);

        _answer = () => throw new TimeoutException("no answer");
        Pass(TimeSpan.FromSeconds(3));

        Assert.Equal([false], _told);
    }

    private void Pass(TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += Step)
        {
            _time.Advance(Step);
        }
    }
}
