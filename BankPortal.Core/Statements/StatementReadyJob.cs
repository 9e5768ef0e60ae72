using BankPortal.Core.Common.Events;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Core.Statements;

/// <summary>
/// Tells customers once a month that the statement of the month before is ready: an event for each account that was open in it. It walks
/// over the accounts in small steps; where a step ends is stored, and repeating one raises no event twice. On the other days of a month
/// it costs nothing.
/// </summary>
public sealed class StatementReadyJob(IReconciliationReader accounts, IBankEvents events, LedgerRules rules) : IBankJob
{
    /// <summary>The kind of the events.</summary>
    public const string Kind = BankEventKinds.StatementReady;

    /// <summary>How many accounts one step looks at.</summary>
    public const int StepSize = 25;

    // Who begins later in a month than this begins with the next: nobody waits for that news any more.
    private const int DaysToTell = 7;

    // After the days are closed and interest and fees of the month are booked.
    private static readonly TimeOnly At = new(6, 0);

    /// <inheritdoc/>
    public string Name => "statement-ready";

    /// <inheritdoc/>
    public JobSchedule Schedule => JobSchedule.DailyAt(At);

    /// <inheritdoc/>
    public bool NeedsCompleteHistory => true;

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        var before = rules.DayOf(context.Due).AddMonths(-1);
        var period = StatementPeriod.Month(before.Year, before.Month);
        if (context.LastSuccessDue is { } last && rules.DayOf(last) > period.To)
        {
            return JobStep.Done($"The statements of {period.Key} were announced before.");
        }

        if (context.LastSuccessDue is null && rules.DayOf(context.Due).Day > DaysToTell)
        {
            return JobStep.Done("Begins with the next month.");
        }

        // A run that began before the month ended goes on with the new month from the start.
        var place = context.Cursor?.Split('|', 3) is [var key, var count, var after] && key == period.Key
            ? (Done: long.Parse(count, CultureInfo.InvariantCulture), After: after)
            : (Done: 0L, After: null);
        var page = await accounts.NextAccountsAsync(place.After, StepSize, ct);
        var done = place.Done;
        foreach (var account in page.Rows.Select(row => row.Account).OfType<Account>().Where(account => WasOpen(account, period)))
        {
            await events.RaiseAsync(EventOf(account, period, context.Due), ct);
            done++;
        }

        return page.Next is { } next
            ? JobStep.More(string.Create(CultureInfo.InvariantCulture, $"{period.Key}|{done}|{next}"), done)
            : JobStep.Done(string.Create(CultureInfo.InvariantCulture, $"{done} statements of {period.Key} are ready."));
    }

    private static BankEvent EventOf(Account account, StatementPeriod period, DateTimeOffset at) => new(
        DerivedId.From(Kind, account.Id, period.Key),
        Kind,
        account.OwnerId,
        at,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["account"] = account.Id,
            ["period"] = StatementText.Title(period),
            ["month"] = period.Key,
        });

    private bool WasOpen(Account account, StatementPeriod period) =>
        rules.DayOf(account.OpenedAt) <= period.To && (account.ClosedAt is not { } closed || rules.DayOf(closed) >= period.From);
}
