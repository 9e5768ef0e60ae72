using BankPortal.Web.Features.Ledger.Reconciliation;

namespace BankPortal.Tests.Ledger.Reconciliation;

/// <summary>The loop around the steps.</summary>
[UnitTest]
public sealed class ReconciliationWorkerTests
{
    private readonly ManualTime _time = new();
    private readonly InMemoryReconciliation _store = new();
    private readonly ListLogger<ReconciliationWorker> _log = new();
    private readonly ReconciliationOptions _options = new();

    [Fact]
    public async Task Run_StoreAway_GoesOnWithLongerPausesAndSaysSoOnce()
    {
        using var worker = Worker();
        _store.Away = true;
        await worker.StartAsync(TestContext.Current.CancellationToken);

        for (var pause = 1; pause <= 3; pause++)
        {
            Assert.Equal(pause - 1, _store.Asked.Count);
            await MoveAsync(_options.StepEvery * pause, pause);
        }

        _store.Away = false;
        await MoveAsync(_options.StepEvery * 4, 4);
        await MoveAsync(_options.StepEvery, 5);
        await worker.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("let go " + _store.Asked[0], _store.Asked[^1]);
        Assert.Single(_store.Asked[..^1].Distinct(StringComparer.Ordinal));
        Assert.Single(_log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_SwitchedOff_DoesNothing()
    {
        _options.Enabled = false;
        using var worker = Worker();

        await worker.StartAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromHours(1));
        await worker.ExecuteTask!;
        await worker.StopAsync(TestContext.Current.CancellationToken);

        Assert.Empty(_store.Asked);
    }

    private ReconciliationWorker Worker() =>
        new(
            new ReconciliationService(null!, null!, null!, _store, _options, _time, NullLogger<ReconciliationService>.Instance),
            _store,
            _options,
            _time,
            _log
        );

    // The loop begins and waits on a thread of its own: the clock moves when its timer is set, and the step that follows is awaited.
    private async Task MoveAsync(TimeSpan by, int steps)
    {
        await UntilAsync(() => _time.TimerCount == 1);
        _time.Advance(by);
        await UntilAsync(() => _store.Asked.Count == steps);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
