using BankPortal.Core.Common.Jobs;

namespace BankPortal.Tests.Fakes;

/// <summary>A job whose steps a test writes.</summary>
internal sealed class ScriptedJob(JobSchedule schedule, Func<JobContext, CancellationToken, Task<JobStep>> step) : IBankJob
{
    private readonly ConcurrentQueue<JobContext> _steps = new();

    public string Name => "scripted";

    public JobSchedule Schedule => schedule;

    public bool NeedsCompleteHistory { get; set; }

    /// <summary>The steps made so far.</summary>
    public IReadOnlyList<JobContext> Steps => [.. _steps];

    /// <summary>A job that counts to a number, one a step.</summary>
    public static ScriptedJob CountingTo(int last, JobSchedule schedule) => new(schedule, (context, _) =>
    {
        var number = int.Parse(context.Cursor ?? "0", CultureInfo.InvariantCulture) + 1;
        return Task.FromResult(number == last
            ? JobStep.Done($"Counted to {number}.")
            : JobStep.More(number.ToString(CultureInfo.InvariantCulture), number, last));
    });

    public Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        _steps.Enqueue(context);
        return step(context, ct);
    }
}
