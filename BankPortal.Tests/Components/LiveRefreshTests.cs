using BankPortal.Web.Components.Pages;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class LiveRefreshTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ManualTime _time = new();
    private int _calls;

    [Fact]
    public void Signal_Once_CallsAtOnceAndOnce()
    {
        using var refresh = Refresh();

        refresh.Signal();
        Assert.Equal(1, _calls);
        _time.Advance(Pause * 10);
        Assert.Equal(1, _calls);
    }

    [Fact]
    public void Signal_ManyTimesWithinThePause_CallsOnceMoreAfterIt()
    {
        using var refresh = Refresh();

        for (var i = 0; i < 100; i++)
        {
            refresh.Signal();
        }

        Assert.Equal(1, _calls);
        _time.Advance(Pause);
        Assert.Equal(2, _calls);
        _time.Advance(Pause * 3);
        Assert.Equal(2, _calls);

        refresh.Signal();
        Assert.Equal(3, _calls);
    }

    [Fact]
    public void Signal_WhileACallRuns_DoesNotOverlapIt()
    {
        var running = new TaskCompletionSource();
        using var refresh = new LiveRefresh(Pause, () => ++_calls == 1 ? running.Task : Task.CompletedTask, _time);

        refresh.Signal();
        refresh.Signal();
        _time.Advance(Pause * 5);
        Assert.Equal(1, _calls);

        running.SetResult();
        _time.Advance(Pause);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task SignalNow_WithinThePause_CallsWithoutWaiting()
    {
        var second = new TaskCompletionSource();
        using var refresh = new LiveRefresh(
            Pause,
            () =>
            {
                if (++_calls == 2)
                {
                    second.SetResult();
                }

                return Task.CompletedTask;
            },
            _time);
        refresh.Signal();
        Assert.Equal(1, _calls);

        refresh.SignalNow();

        await second.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task SignalNow_WhileACallRuns_CallsRightAfterIt()
    {
        var running = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        using var refresh = new LiveRefresh(
            Pause,
            () =>
            {
                if (++_calls == 1)
                {
                    return running.Task;
                }

                second.TrySetResult();
                return Task.CompletedTask;
            },
            _time);
        refresh.Signal();

        refresh.SignalNow();
        Assert.Equal(1, _calls);
        running.SetResult();

        await second.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, _calls);
        _time.Advance(Pause * 3);
        Assert.Equal(2, _calls);
    }

    [Fact]
    public void Signal_AfterDispose_DoesNothing()
    {
        var refresh = Refresh();
        refresh.Signal();
        refresh.Signal();
        refresh.Dispose();
        refresh.Dispose();

        refresh.Signal();
        _time.Advance(Pause * 5);

        Assert.Equal(1, _calls);
    }

    private LiveRefresh Refresh() => new(
        Pause,
        () =>
        {
            _calls++;
            return Task.CompletedTask;
        },
        _time);
}
