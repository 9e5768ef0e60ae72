using BankPortal.Core.Common.Jobs;

namespace BankPortal.Tests.Ledger.Reconciliation;

/// <summary>Reconciliation as a job on real engines.</summary>
[EngineTest]
public sealed class ReconciliationJobTests
{
    [Theory, EveryEngine]
    public async Task Run_OfTheJob_IsOneCycleWithAPauseBetweenSteps(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        for (var i = 0; i < 3; i++)
        {
            await world.Bank.OpenAsync($"u{i}", 10);
        }

        var job = new ReconciliationJob(world.Service, world.Options, world.Clock);
        var (cursor, steps) = (default(string), 0);
        while (true)
        {
            var stepping = job.StepAsync(Context(cursor, 1), TestContext.Current.CancellationToken);
            if (cursor is not null)
            {
                Assert.False(stepping.IsCompleted);
                world.Clock.Advance(world.Options.StepEvery);
            }

            var step = await stepping;
            steps++;
            if (step.IsDone)
            {
                Assert.Equal("3 accounts, 3 entries.", step.Summary);
                break;
            }

            cursor = step.Cursor;
        }

        Assert.True(steps > 1);
        Assert.Equal((1, 3), ((await world.Store.ReadStateAsync()).Cycles, (await world.Store.ReadStateAsync()).LastCycleAccounts));
        Assert.Equal(world.Options.PauseAfterCycle, Pause(job, world.Clock.GetUtcNow()));

        JobContext Context(string? at, long fence) => new("node", fence, at, world.Clock.GetUtcNow(), world.Clock.GetUtcNow());
    }

    [Fact]
    public void TakesPart_SwitchedOff_LeavesItToOtherNodes()
    {
        var options = new ReconciliationOptions { Enabled = false, PauseAfterCycle = TimeSpan.Zero };
        var job = new ReconciliationJob(null!, options, new ManualTime());

        Assert.False(job.TakesPart);
        Assert.Equal(options.StepEvery, Pause(job, DateTimeOffset.UnixEpoch));
    }

    private static TimeSpan Pause(IBankJob job, DateTimeOffset ended) =>
        job.Schedule.NextDue(ended, ended, ended, TimeZoneInfo.Utc) - ended;
}
