using BankPortal.Core.Common.Jobs;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Web.Hosting.Jobs;

namespace BankPortal.Tests.Hosting;

/// <summary>The loop that looks at jobs.</summary>
[UnitTest]
public sealed class JobWorkerTests
{
    private readonly ManualTime _time = new();
    private readonly InMemoryJobs _store = new();
    private readonly JobOptions _options = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_DueJob_RunsItAgainAndAgain()
    {
        var job = ScriptedJob.CountingTo(1, JobSchedule.Every(TimeSpan.FromMinutes(1)));
        using var worker = Worker(job);
        await worker.StartAsync(Ct);

        await MoveUntilAsync(() => job.Steps.Count == 3);

        await worker.StopAsync(Ct);
        Assert.Single(job.Steps.Select(step => step.Holder).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_StoreAway_LooksAgain()
    {
        var job = ScriptedJob.CountingTo(1, JobSchedule.Every(TimeSpan.FromMinutes(1)));
        var tries = 0;
        _store.BeforeWrite = _ =>
        {
            if (++tries == 1)
            {
                throw new InvalidOperationException("The store is away.");
            }
        };
        using var worker = Worker(job);
        await worker.StartAsync(Ct);

        await MoveUntilAsync(() => job.Steps.Count == 1);
        await worker.StopAsync(Ct);
    }

    [Fact]
    public async Task Run_SwitchedOff_DoesNothing()
    {
        _options.Enabled = false;
        var job = ScriptedJob.CountingTo(1, JobSchedule.Every(TimeSpan.FromMinutes(1)));
        using var worker = Worker(job);

        await worker.StartAsync(Ct);
        _time.Advance(TimeSpan.FromHours(1));
        await worker.ExecuteTask!;

        Assert.Empty(job.Steps);
    }

    [Fact]
    public void AddBankJob_TwiceTheSame_IsOneJob()
    {
        var services = new ServiceCollection();
        services.AddBankJob<SampleJob>();
        services.AddBankJob<SampleJob>();
        using var provider = services.BuildServiceProvider();

        Assert.Same(provider.GetRequiredService<SampleJob>(), Assert.Single(provider.GetServices<IBankJob>()));
    }

    [Fact]
    public void Check_LeaseOfASecond_IsRefused()
    {
        var errors = new OptionsErrors(JobOptions.Section);
        new JobOptionsValidator().Check(new JobOptions { LeaseFor = TimeSpan.FromSeconds(1) }, errors);

        Assert.Contains(nameof(JobOptions.LeaseFor), Assert.Single(errors.All), StringComparison.Ordinal);
    }

    // The loop runs on a thread of its own; the clock moves on until it has done what is asked.
    private async Task MoveUntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            _time.Advance(_options.LookEvery);
            await Task.Delay(5, limit.Token);
        }
    }

    private JobWorker Worker(IBankJob job) => new(
        new JobService(_store, [job], _options, TimeZoneInfo.Utc, _time, NullLogger<JobService>.Instance),
        _options,
        _time,
        NullLogger<JobWorker>.Instance);

    private sealed class SampleJob : IBankJob
    {
        public string Name => "sample";

        public JobSchedule Schedule => JobSchedule.Every(TimeSpan.FromMinutes(1));

        public Task<JobStep> StepAsync(JobContext context, CancellationToken ct) => Task.FromResult(JobStep.Done(""));
    }
}
