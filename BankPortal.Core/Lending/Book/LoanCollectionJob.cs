using BankPortal.Core.Common.Jobs;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Lending.Book;

/// <summary>
/// Pays loans out and collects instalments. Reads only what is due. Steps may be repeated and may run on two nodes at once: every payment
/// is made once. What was due while no node ran is done by the next run.
/// </summary>
public sealed partial class LoanCollectionJob(
    ILoanStore store, LoanRunner runner, LendingOptions options, ILogger<LoanCollectionJob> logger) : IBankJob
{
    /// <summary>How many loans one step looks at.</summary>
    public const int PageSize = 25;

    /// <inheritdoc/>
    public string Name => "loan-collection";

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(TimeSpan.FromMinutes(1));

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!options.Collect)
        {
            return JobStep.Done("Switched off by Lending:Collect");
        }

        var place = Place.Read(context.Cursor);
        var due = await store.FindDueAsync(place.Shard, context.Now, PageSize, place.After, ct);
        var (done, faults) = (place.Events, place.Faults);
        foreach (var loan in due)
        {
            try
            {
                done += await runner.RunAsync(loan.LoanId, ct);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                // One loan must not keep the others from being collected; it stays due.
                faults++;
                LogFailed(logger, exception, loan.LoanId);
            }
        }

        var next = due.Length == PageSize ? new Place(place.Shard, due[^1], done, faults) : new Place(place.Shard + 1, null, done, faults);
        return next.Shard < ILoanStore.Shards
            ? JobStep.More(next.Write(), done)
            : JobStep.Done(string.Create(CultureInfo.InvariantCulture, $"{done} events of loans, {faults} faults"));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Loan {LoanId} could not be collected; it is tried again by the next run")]
    private static partial void LogFailed(ILogger logger, Exception exception, string loanId);

    private sealed record Place(int Shard, DueLoan? After, int Events, int Faults)
    {
        public static Place Read(string? cursor) => cursor?.Split('|') switch
        {
            null => new Place(0, null, 0, 0),
            [var shard, var events, var faults] => new Place(Number(shard), null, Number(events), Number(faults)),
            [var shard, var events, var faults, var runAt, var loan] => new Place(
                Number(shard),
                new DueLoan(loan, new DateTimeOffset(long.Parse(runAt, CultureInfo.InvariantCulture), TimeSpan.Zero)),
                Number(events),
                Number(faults)),
            _ => throw new FormatException("The cursor of the job is not one."),
        };

        public string Write() => After is { } after
            ? string.Create(CultureInfo.InvariantCulture, $"{Shard}|{Events}|{Faults}|{after.RunAt.UtcTicks}|{after.LoanId}")
            : string.Create(CultureInfo.InvariantCulture, $"{Shard}|{Events}|{Faults}");

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
