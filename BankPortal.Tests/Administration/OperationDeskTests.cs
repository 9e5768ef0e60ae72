using BankPortal.Core.Administration.Operation;
using BankPortal.Core.Common.Jobs;

namespace BankPortal.Tests.Administration;

[UnitTest]
public sealed class OperationDeskTests
{
    private readonly InMemoryJobs _store = new();
    private readonly ManualTime _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BankRoles.Customer)]
    [InlineData(BankRoles.Analyst)]
    [InlineData(BankRoles.Compliance)]
    [InlineData(BankRoles.Manager)]
    public async Task Jobs_ForAnotherRole_AreRefused(string role) =>
        Assert.IsType<NotAllowedError>((await NewDesk().JobsAsync(new Actor("somebody", [role]), Ct)).Error);

    [Fact]
    public async Task Jobs_InEveryCondition_AreToldApart()
    {
        var now = _time.GetUtcNow();
        await WriteAsync("failing", job => job with { Failures = 2, LastError = "no answer", Holder = "node", HeldUntil = now.AddMinutes(1) });
        await WriteAsync("in-time", job => job with { LastSuccessAt = now, LastSuccessDue = now });
        await WriteAsync("late", job => job with { LastSuccessAt = now.AddHours(-3), LastSuccessDue = now.AddHours(-3) });
        await WriteAsync("running", job => job with { Holder = "node", HeldUntil = now.AddMinutes(1), LastSuccessAt = now.AddHours(-3) });

        var jobs = (await NewDesk().JobsAsync(new Actor("ada", [BankRoles.Admin]), Ct)).Value;

        Assert.Equal(
            [
                ("failing", JobCondition.Failing),
                ("in-time", JobCondition.InTime),
                ("late", JobCondition.Late),
                ("new", JobCondition.New),
                ("running", JobCondition.Running),
            ],
            jobs.Select(job => (job.State.Name, job.Condition)));
    }

    private OperationDesk NewDesk() => new(
        new JobService(
            _store,
            new[] { "failing", "in-time", "late", "new", "running" }.Select(name => new HourlyJob(name)),
            new JobOptions(),
            TimeZoneInfo.Utc,
            _time,
            NullLogger<JobService>.Instance),
        [],
        _time);

    private async Task WriteAsync(string name, Func<JobState, JobState> state) =>
        Assert.True(await _store.TryWriteAsync(state(new JobState { Name = name, Version = 1 }), Ct));

    private sealed class HourlyJob(string name) : IBankJob
    {
        public string Name => name;

        public JobSchedule Schedule { get; } = JobSchedule.Every(TimeSpan.FromHours(1));

        public Task<JobStep> StepAsync(JobContext context, CancellationToken ct) => Task.FromResult(JobStep.Done(""));
    }
}
