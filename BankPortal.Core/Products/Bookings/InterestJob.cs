using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Products.Terms;

namespace BankPortal.Core.Products.Bookings;

/// <summary>Posts interest and fees of all accounts every night. Steps may be repeated and may run on two nodes at once: each booking is
/// posted once.</summary>
public sealed class InterestJob(BookingRun run, ProductOptions options) : IBankJob
{
    /// <inheritdoc/>
    public string Name => "interest";

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.DailyAt(new TimeOnly(0, 30));

    /// <inheritdoc/>
    public bool NeedsCompleteHistory => true;

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!options.PostDaily)
        {
            return JobStep.Done("Switched off by Products:PostDaily");
        }

        var step = await run.StepAsync(context.Cursor, ct);
        return step.Cursor is { } cursor
            ? JobStep.More(cursor, step.Accounts)
            : JobStep.Done(string.Create(
                CultureInfo.InvariantCulture, $"Interest and fees of {step.Accounts} accounts, {step.Pending} bookings pending"));
    }
}
