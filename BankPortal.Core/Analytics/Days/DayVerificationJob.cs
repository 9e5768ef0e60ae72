using BankPortal.Core.Common.Jobs;

namespace BankPortal.Core.Analytics.Days;

/// <summary>
/// Verifies closed days every night: the last one, and a part of the older ones, so that within
/// <see cref="DayCloseOptions.VerifyWithinNights"/> nights every day is compared with the ledger once. A step is a day; nights that were
/// missed are made up for in the next round.
/// </summary>
public sealed class DayVerificationJob(
    DayVerification verification, IBankDayStore store, LedgerRules rules, DayCloseOptions options, TimeProvider time) : IBankJob
{
    /// <summary>The job's name.</summary>
    public const string JobName = "day-verification";

    // Closing a large day takes a while.
    private static readonly TimeSpan AfterClosing = TimeSpan.FromHours(2);

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule => JobSchedule.DailyAt(TimeOnly.FromTimeSpan(options.At).Add(AfterClosing));

    /// <inheritdoc/>
    public bool NeedsCompleteHistory => true;

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!options.Enabled)
        {
            return JobStep.Done("Switched off by DayClose:Enabled.");
        }

        if (context.Cursor is null)
        {
            return await store.FindClosedToAsync(ct) is { } last && await store.FindFirstAsync(ct) is { } first
                ? JobStep.More(new Position(last, first, 0, 0).ToString())
                : JobStep.Done("No day is closed yet.");
        }

        var at = Position.Parse(context.Cursor);
        var found = await verification.VerifyAsync(at.Day, new WorkShare(options.Share, time), ct);
        at = at with
        {
            Day = Next(at.Day, rules.DayOf(context.Due)),
            Verified = at.Verified + 1,
            Differing = at.Differing + (found.IsEmpty ? 0 : 1),
        };
        return at.Day >= at.First ? JobStep.More(at.ToString(), at.Verified) : JobStep.Done(Summary(at));
    }

    // The next older day whose turn it is in this night.
    private DateOnly Next(DateOnly day, DateOnly night)
    {
        var older = day.DayNumber - 1;
        var back = (((older - night.DayNumber) % options.VerifyWithinNights) + options.VerifyWithinNights) % options.VerifyWithinNights;
        return DateOnly.FromDayNumber(Math.Max(0, older - back));
    }

    private static string Summary(Position at) => string.Create(
        CultureInfo.InvariantCulture,
        $"{at.Verified} closed {(at.Verified == 1 ? "day" : "days")} compared with the ledger, {(at.Differing switch { 0 => "all agree", 1 => "1 differs", var more => $"{more} differ" })}.");

    // Where the next step begins, the first closed day, and what was found so far.
    private sealed record Position(DateOnly Day, DateOnly First, int Verified, int Differing)
    {
        public static Position Parse(string text)
        {
            var parts = text.Split('/');
            return new Position(
                DateOnly.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                DateOnly.ParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                int.Parse(parts[2], CultureInfo.InvariantCulture),
                int.Parse(parts[3], CultureInfo.InvariantCulture));
        }

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd}/{First:yyyy-MM-dd}/{Verified}/{Differing}");
    }
}
