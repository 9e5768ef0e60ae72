using BankPortal.Web.Features.Fraud.Cases;

namespace BankPortal.Tests.Fraud.Cases;

/// <summary>The portal takes note of its own alerts at once, and of everybody's now and then.</summary>
[EngineTest]
public sealed class AlertWorkerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Worker_AlertOfThisProcess_IsTakenAtOnce()
    {
        await using var world = await CaseWorld.CreateAsync(EngineKind.Dynoxide);
        var (sam, bob) = (await world.SuspectAsync("sam"), await world.World.OpenAsync("bob"));
        var told = Told(world);
        using var worker = NewWorker(world);
        await worker.StartAsync(Ct);

        // The clock stands still, so no sweep comes.
        await world.TryAsync(sam, bob, 10);

        Assert.NotNull(await told.WaitAsync(Ct));
        Assert.NotNull(await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"));
        await worker.StopAsync(Ct);
    }

    [Fact]
    public async Task Worker_AlertOfBeforeTheStart_IsFoundByTheSweep()
    {
        await using var world = await CaseWorld.CreateAsync(EngineKind.Dynoxide);
        var (sam, bob) = (await world.SuspectAsync("sam"), await world.World.OpenAsync("bob"));
        await world.TryAsync(sam, bob, 10);
        var told = Told(world);
        using var worker = NewWorker(world);
        await worker.StartAsync(Ct);
        Assert.Null(await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"));

        while (!told.IsCompleted)
        {
            // The sweep may not have begun to wait yet when the clock moves.
            world.Time.Advance(world.Options.AlertSweepEvery);
            await Task.WhenAny(told, Task.Delay(20, Ct));
        }

        Assert.NotNull(await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"));
        await worker.StopAsync(Ct);
    }

    private static AlertWorker NewWorker(CaseWorld world) =>
        new(world.Intake, world.World.Feed, world.Options, world.Time, NullLogger<AlertWorker>.Instance);

    private static Task<string?> Told(CaseWorld world)
    {
        var told = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Feed.Subscribe(caseId => told.TrySetResult(caseId));
        return told.Task;
    }
}
