using BankPortal.Core.Common.Jobs;

namespace BankPortal.Tests.Common.Jobs;

/// <summary>Jobs under their lease, by a clock that stands still.</summary>
[UnitTest]
public sealed class JobServiceTests
{
    private static readonly JobSchedule Hourly = JobSchedule.Every(TimeSpan.FromHours(1));

    private readonly ManualTime _time = new();
    private readonly InMemoryJobs _store = new();
    private readonly JobOptions _options = new();
    private readonly ListLogger<JobService> _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunDue_NeverRun_MakesEveryStepAndStoresTheResult()
    {
        var job = ScriptedJob.CountingTo(3, Hourly);
        var start = _time.GetUtcNow();

        var run = await Service(job).RunDueAsync(job, "a", Ct);

        Assert.Equal(new JobRun(JobOutcome.Finished, start.AddHours(1)), run);
        Assert.Equal([null, "1", "2"], job.Steps.Select(step => step.Cursor));
        Assert.All(job.Steps, step => Assert.Equal(("a", 1L, start), (step.Holder, step.Fence, step.Due)));
        var row = Assert.Single(await Service(job).ListAsync(Ct));
        Assert.Equal((null, null, null, "Counted to 3.", start), (row.Holder, row.Cursor, row.RunDue, row.LastSummary, row.LastSuccessAt));
        Assert.Equal((start.AddHours(1), 2L, 3L, 0), (row.NextDue, row.Progress, row.Total, row.Failures));
    }

    [Fact]
    public async Task RunDue_NotDueYet_DoesNothing()
    {
        var job = ScriptedJob.CountingTo(1, Hourly);
        await Service(job).RunDueAsync(job, "a", Ct);
        _time.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(JobOutcome.NotDue, (await Service(job).RunDueAsync(job, "b", Ct)).Outcome);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(JobOutcome.Finished, (await Service(job).RunDueAsync(job, "b", Ct)).Outcome);

        Assert.Equal([1L, 2L], job.Steps.Select(step => step.Fence));
        Assert.Equal(TimeSpan.FromHours(1), job.Steps[1].SinceLastSuccess);
        Assert.Equal(job.Steps[0].Due, job.Steps[1].LastSuccessDue);
    }

    [Fact]
    public async Task RunDue_TwoNodesAtOnce_OneRuns()
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var job = new ScriptedJob(Hourly, async (_, _) =>
        {
            entered.SetResult();
            await go.Task;
            return JobStep.Done("Done.");
        });
        var first = Service(job).RunDueAsync(job, "a", Ct);
        await entered.Task;

        var second = await Service(job).RunDueAsync(job, "b", Ct);
        go.SetResult();

        Assert.Equal(new JobRun(JobOutcome.HeldElsewhere, _time.GetUtcNow() + _options.LeaseFor), second);
        Assert.Equal(JobOutcome.Finished, (await first).Outcome);
        Assert.Single(job.Steps);
    }

    [Fact]
    public async Task RunDue_BothReadBeforeEitherWrites_OneRuns()
    {
        var job = ScriptedJob.CountingTo(1, Hourly);
        JobRun? inner = null;
        _store.BeforeWrite = _ =>
        {
            _store.BeforeWrite = null;
            inner = Service(job).RunDueAsync(job, "b", Ct).GetAwaiter().GetResult();
        };

        var outer = await Service(job).RunDueAsync(job, "a", Ct);

        Assert.Equal((JobOutcome.Finished, JobOutcome.HeldElsewhere), (inner?.Outcome, outer.Outcome));
        Assert.Equal("b", Assert.Single(job.Steps).Holder);
    }

    [Fact]
    public async Task RunDue_HolderDiedInTheMiddle_IsTakenOverWithCursorAndDueWhenTheLeaseEnds()
    {
        var job = ScriptedJob.CountingTo(5, JobSchedule.DailyAt(new TimeOnly(2, 0)));
        var due = new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);
        _store["scripted"] = new JobState
        {
            Name = "scripted",
            Version = 7,
            Holder = "dead",
            HeldUntil = _time.GetUtcNow().AddMinutes(1),
            Fence = 4,
            RunDue = due,
            StartedAt = due,
            Cursor = "3",
        };

        Assert.Equal(JobOutcome.HeldElsewhere, (await Service(job).RunDueAsync(job, "b", Ct)).Outcome);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(JobOutcome.Finished, (await Service(job).RunDueAsync(job, "b", Ct)).Outcome);

        Assert.Equal(["3", "4"], job.Steps.Select(step => step.Cursor));
        Assert.All(job.Steps, step => Assert.Equal((5L, due), (step.Fence, step.Due)));
        Assert.Equal(due, _store["scripted"].LastSuccessDue);
    }

    [Fact]
    public async Task RunDue_LeaseTakenByAnotherBetweenSteps_StopsBeforeTheNextStepAndStoresNothing()
    {
        var job = new ScriptedJob(Hourly, (_, _) =>
        {
            _store["scripted"] = _store["scripted"] with { Version = 99, Holder = "b", Fence = 50, Cursor = "of b" };
            return Task.FromResult(JobStep.More("of a"));
        });

        var run = await Service(job).RunDueAsync(job, "a", Ct);

        Assert.Equal(JobOutcome.Lost, run.Outcome);
        Assert.Single(job.Steps);
        Assert.Equal(("b", "of b"), (_store["scripted"].Holder, _store["scripted"].Cursor));
    }

    [Fact]
    public async Task RunDue_LongStep_RenewsTheLease()
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var job = new ScriptedJob(Hourly, async (_, _) =>
        {
            entered.SetResult();
            await go.Task;
            return JobStep.Done("Done.");
        });
        var run = Service(job).RunDueAsync(job, "a", Ct);
        await entered.Task;
        for (var i = 0; i < 6; i++)
        {
            var version = _store["scripted"].Version;
            _time.Advance(_options.LeaseFor / 3);
            await UntilAsync(() => _store["scripted"].Version > version && _time.TimerCount == 1);
        }

        Assert.Equal(JobOutcome.HeldElsewhere, (await Service(job).RunDueAsync(job, "b", Ct)).Outcome);
        go.SetResult();

        Assert.Equal(JobOutcome.Finished, (await run).Outcome);
    }

    [Fact]
    public async Task RunDue_LeaseLostDuringALongStep_CancelsTheStep()
    {
        var job = new ScriptedJob(Hourly, async (_, ct) =>
        {
            _store["scripted"] = _store["scripted"] with { Version = 99, Holder = "b" };
            await Task.Delay(Timeout.Infinite, ct);
            return JobStep.Done("Never.");
        });
        var run = Service(job).RunDueAsync(job, "a", Ct);
        await UntilAsync(() => _time.TimerCount == 1);
        _time.Advance(_options.LeaseFor / 3);

        Assert.Equal(JobOutcome.Lost, (await run).Outcome);
        Assert.Equal("b", _store["scripted"].Holder);
    }

    [Fact]
    public async Task RunDue_StepFails_StoresTheErrorAndRetriesWithLongerPausesFromTheSameCursor()
    {
        var failing = true;
        var job = new ScriptedJob(Hourly, (context, _) => context.Cursor is null
            ? Task.FromResult(JobStep.More("second"))
            : failing ? throw new InvalidDataException("Row\nis broken. " + new string('x', 500)) : Task.FromResult(JobStep.Done("Done.")));
        var due = _time.GetUtcNow();

        foreach (var seconds in (int[])[10, 20, 40, 80])
        {
            var run = await Service(job).RunDueAsync(job, "a", Ct);
            Assert.Equal(new JobRun(JobOutcome.Failed, _time.GetUtcNow().AddSeconds(seconds)), run);
            _time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(new JobRun(JobOutcome.NotDue, run.LookAgainAt), await Service(job).RunDueAsync(job, "b", Ct));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var row = _store["scripted"];
        Assert.Equal((4, "second", due, null), (row.Failures, row.Cursor, row.RunDue, row.Holder));
        Assert.StartsWith("InvalidDataException: Row is broken. xxx", row.LastError, StringComparison.Ordinal);
        Assert.Equal(JobService.MaxErrorLength, row.LastError!.Length);
        Assert.Equal(4, _log.Lines.Count(line => line.Contains("failed", StringComparison.Ordinal)));

        failing = false;
        Assert.Equal(JobOutcome.Finished, (await Service(job).RunDueAsync(job, "b", Ct)).Outcome);
        Assert.Equal((0, null, due), (_store["scripted"].Failures, _store["scripted"].RetryAt, _store["scripted"].LastSuccessDue));
        Assert.NotNull(_store["scripted"].LastError);
        Assert.Single(job.Steps, step => step.Cursor is null);
    }

    [Fact]
    public async Task RunDue_FailsForDays_PausesStayBounded()
    {
        var job = new ScriptedJob(Hourly, (_, _) => throw new InvalidOperationException("Never works."));
        for (var i = 0; i < 40; i++)
        {
            var run = await Service(job).RunDueAsync(job, "a", Ct);
            Assert.InRange(run.LookAgainAt - _time.GetUtcNow(), _options.FirstRetryAfter, _options.LongestRetryAfter);
            _time.Advance(run.LookAgainAt - _time.GetUtcNow());
        }
    }

    [Fact]
    public async Task RunDue_NodeStops_ReturnsTheLeaseAndKeepsTheCursor()
    {
        using var stop = new CancellationTokenSource();
        var job = new ScriptedJob(Hourly, async (context, ct) =>
        {
            if (context.Cursor is null)
            {
                return JobStep.More("second");
            }

            await stop.CancelAsync();
            ct.ThrowIfCancellationRequested();
            return JobStep.Done("Never.");
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Service(job).RunDueAsync(job, "a", stop.Token));

        Assert.Equal((null, "second", 0), (_store["scripted"].Holder, _store["scripted"].Cursor, _store["scripted"].Failures));
    }

    [Fact]
    public async Task RunDue_DailyJobAfterDowntime_RunsOnceForTheLatestDay()
    {
        var job = ScriptedJob.CountingTo(1, JobSchedule.DailyAt(new TimeOnly(2, 0)));
        await Service(job).RunDueAsync(job, "a", Ct);
        _time.Advance(TimeSpan.FromDays(5));

        Assert.Equal(JobOutcome.Finished, (await Service(job).RunDueAsync(job, "a", Ct)).Outcome);
        Assert.Equal(JobOutcome.NotDue, (await Service(job).RunDueAsync(job, "a", Ct)).Outcome);

        Assert.Equal(
            [new DateTimeOffset(2026, 3, 2, 7, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 7, 7, 0, 0, TimeSpan.Zero)],
            job.Steps.Select(step => step.Due));
    }

    [Fact]
    public void Service_TwoJobsOfOneName_IsRefused()
    {
        var job = ScriptedJob.CountingTo(1, Hourly);

        Assert.Throws<ArgumentException>(() => new JobService(_store, [job, job], _options, TimeZoneInfo.Utc, _time, _log));
    }

    [Theory]
    [InlineData(true, JobOutcome.NotDue)]
    [InlineData(false, JobOutcome.Finished)]
    public async Task RunDue_WhileHistoryIsLoaded_OnlyJobsThatNeedItWait(bool needsHistory, JobOutcome expected)
    {
        var job = ScriptedJob.CountingTo(1, Hourly);
        job.NeedsCompleteHistory = needsHistory;
        var hold = new Hold { Reason = "History: 12 %" };
        var service = new JobService(_store, [job], _options, TimeZoneInfo.Utc, _time, _log, [hold]);

        var run = await service.RunDueAsync(job, "a", Ct);

        Assert.Equal(expected, run.Outcome);
        hold.Reason = null;
        Assert.Equal(needsHistory ? JobOutcome.Finished : JobOutcome.NotDue, (await service.RunDueAsync(job, "a", Ct)).Outcome);
        Assert.Single(job.Steps);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    // Each node has a service of its own.
    private JobService Service(IBankJob job) =>
        new(_store, [job], _options, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"), _time, _log);

    private sealed class Hold : IJobHold
    {
        public string? Reason { get; set; }

        public Task<string?> FindReasonAsync(CancellationToken ct = default) => Task.FromResult(Reason);
    }
}
