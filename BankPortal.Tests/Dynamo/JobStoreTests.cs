using BankPortal.Core.Common.Jobs;
using BankPortal.Infrastructure.Dynamo.Jobs;

namespace BankPortal.Tests.Dynamo;

/// <summary>The rows of jobs on real engines.</summary>
[EngineTest]
public sealed class JobStoreTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Theory, EveryEngine]
    public async Task TryWrite_EveryField_IsReadBack(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, JobTables.All);
        var store = new DynamoJobStore(fixture.Database);
        var first = new JobState { Name = "first", Version = 1 };
        var second = new JobState
        {
            Name = "second",
            Version = 1,
            Holder = "node",
            HeldUntil = At,
            Fence = 3,
            RunDue = At.AddHours(1),
            StartedAt = At.AddHours(2),
            Cursor = "here",
            Progress = 5,
            Total = 6,
            LastStepAt = At.AddHours(3),
            LastSuccessDue = At.AddHours(4),
            LastSuccessAt = At.AddHours(5),
            LastSummary = "Done.",
            Failures = 7,
            LastError = "Broken.",
            LastErrorAt = At.AddHours(6),
            RetryAt = At.AddHours(7),
            NextDue = At.AddHours(8),
        };

        Assert.Null(await store.FindAsync("first"));
        Assert.True(await store.TryWriteAsync(first));
        Assert.True(await store.TryWriteAsync(second));

        Assert.Equal(first, await store.FindAsync("first"));
        Assert.Equal(second, await store.FindAsync("second"));
        var rows = await store.ReadAsync(["first", "second", "third"]);
        Assert.Equal([first, second], rows.OrderBy(row => row.Name, StringComparer.Ordinal));
    }

    [Theory, EveryEngine]
    public async Task TryWrite_VersionIsNotTheNext_WritesNothing(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, JobTables.All);
        var store = new DynamoJobStore(fixture.Database);
        var row = new JobState { Name = "job", Version = 1, Holder = "a" };

        Assert.False(await store.TryWriteAsync(row with { Version = 2 }));
        Assert.True(await store.TryWriteAsync(row));
        Assert.False(await store.TryWriteAsync(row with { Holder = "b" }));
        Assert.True(await store.TryWriteAsync(row with { Version = 2 }));
        Assert.False(await store.TryWriteAsync(row with { Version = 2, Holder = "b" }));

        Assert.Equal(row with { Version = 2 }, await store.FindAsync("job"));
    }

    [Theory, EveryEngine]
    public async Task RunDue_ManyNodesAtOnce_OneRuns(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, JobTables.All);
        var job = ScriptedJob.CountingTo(3, JobSchedule.Every(TimeSpan.FromHours(1)));
        var time = new ManualTime();
        var nodes = Enumerable.Range(0, 8).Select(_ => new JobService(
            new DynamoJobStore(fixture.Database), [job], new JobOptions(), TimeZoneInfo.Utc, time, NullLogger<JobService>.Instance));

        var runs = await Task.WhenAll(nodes.Select((node, i) => node.RunDueAsync(job, "node" + i)));

        Assert.Single(runs, run => run.Outcome == JobOutcome.Finished);
        Assert.Equal([null, "1", "2"], job.Steps.Select(step => step.Cursor));
        Assert.Single(job.Steps.Select(step => step.Holder).Distinct(StringComparer.Ordinal));
    }
}
