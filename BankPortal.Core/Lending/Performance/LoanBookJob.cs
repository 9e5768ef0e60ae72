using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Lending.Book;

namespace BankPortal.Core.Lending.Performance;

/// <summary>Keeps the loan book at the end of each day, every night. Steps may be repeated and may run on two nodes at once.</summary>
public sealed class LoanBookJob(LoanBookCloser closer) : IBankJob
{
    /// <inheritdoc/>
    public string Name => "loan-book";

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.DailyAt(new TimeOnly(0, 45));

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        var place = Place.Read(context.Cursor);
        if (place is null)
        {
            return await closer.NextAsync(ct) is { } range
                ? JobStep.More(new Place(range.From, range.Through, 0, 0).ToString())
                : JobStep.Done("The loan book is complete");
        }

        if (place.Part < ILoanStore.Shards)
        {
            await closer.ClosePartAsync(place.Part, place.From, place.Through, ct);
            return JobStep.More((place with { Part = place.Part + 1 }).ToString(), place.Days);
        }

        await closer.MergeAsync(place.From, place.Through, ct);
        var days = place.Days + place.Through.DayNumber - place.From.DayNumber + 1;
        return await closer.NextAsync(ct) is { } next
            ? JobStep.More(new Place(next.From, next.Through, 0, days).ToString(), days)
            : JobStep.Done(string.Create(CultureInfo.InvariantCulture, $"The loan book through {place.Through:yyyy-MM-dd}, {days} days"));
    }

    private sealed record Place(DateOnly From, DateOnly Through, int Part, int Days)
    {
        public static Place? Read(string? cursor) => cursor?.Split('|') is [var from, var through, var part, var days]
            ? new Place(Day(from), Day(through), Number(part), Number(days))
            : null;

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd}|{Through:yyyy-MM-dd}|{Part}|{Days}");

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

        private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
