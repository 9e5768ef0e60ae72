using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>
/// Takes note of what the ledger marked for the desk: keeps the alert, opens a case or adds to the one that is open where a
/// rule that fired asks for it, and then takes the mark away. Every step may be done twice with the effect of once, so it
/// does not matter where a process stops or how many nodes work at the same time.
/// </summary>
public sealed partial class AlertIntake(
    ILedgerStore ledger, IAlertOutbox outbox, ICaseStore store, IDecidingRules ruleSets, CaseRules rules, CaseFeed feed, TimeProvider time, ILogger<AlertIntake> logger)
{
    // Tries after a lost race for a case. Many alerts of one customer may arrive together.
    private const int MaxTries = 20;

    /// <summary>Goes through everything that is marked, oldest first. One that fails is left for the next time.</summary>
    /// <returns>How many were taken note of.</returns>
    public async Task<int> SweepAsync(CancellationToken ct = default)
    {
        var done = 0;
        await foreach (var id in outbox.ListAsync(ct))
        {
            try
            {
                done += await TakeAsync(id, ct) ? 1 : 0;
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                IntakeFailed(logger, id, exception);
            }
        }

        return done;
    }

    /// <summary>Takes note of one transfer as it is now, if it is marked.</summary>
    /// <returns>Whether that is done; <see langword="false"/> when it was not marked, or has changed meanwhile and stays so.</returns>
    public async Task<bool> TakeAsync(string transferId, CancellationToken ct = default)
    {
        if (await ledger.FindTransferAsync(transferId, ct) is not { IsAlertPending: true, Risk: { } risk } transfer)
        {
            return false;
        }

        var set = risk.RuleSet == 0 ? null : await ruleSets.FindAsync(risk.RuleSet, ct);
        if (set is null && risk.RuleSet != 0)
        {
            // Without its rules nobody can say whether it opens a case: better late than wrongly filed.
            RuleSetUnknown(logger, risk.RuleSet, transferId);
            return false;
        }

        var cases = set is null ? [] : CaseRules.CasesOf(transfer, set);
        var alert = await store.NoteAsync(Alert.Of(transfer), isListed: cases.IsEmpty, ct);
        var touched = new HashSet<string>(alert.Cases.Values, StringComparer.Ordinal);
        foreach (var (kind, side, customer) in cases)
        {
            touched.Add(await FileAsync(alert, kind, side, customer, ct));
        }

        if (transfer.SettledAt is not null)
        {
            foreach (var caseId in touched)
            {
                await store.AddEventAsync(CaseRules.Settled(caseId, transfer), ct);
            }
        }

        var done = await outbox.ClearAsync(transfer.Id, transfer.Status, ct);
        if (touched.Count == 0)
        {
            feed.Publish(null);
        }

        foreach (var caseId in touched)
        {
            feed.Publish(caseId);
        }

        return done;
    }

    private async Task<string> FileAsync(Alert alert, CaseKind kind, CaseSide side, string customer, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (alert.Cases.TryGetValue((kind, side), out var there))
            {
                return there;
            }

            var now = time.GetUtcNow();
            var open = await store.FindOpenAsync(kind, customer, ct);
            var commit = open is null
                ? rules.Open(kind, customer, Actor.SystemUserId, null, now, alert: alert)
                : CaseRules.AddAlert(open, alert, Actor.SystemUserId, null, now);
            if (commit.IsSuccess && await store.CommitAsync(commit.Value, ct))
            {
                return open?.Id ?? commit.Value.Cases[0].After.Id;
            }

            // Somebody opened or closed the case, or filed the alert, at the same moment.
            await Backoff.DelayAsync(attempt, ct);
            alert = (await store.FindAlertsAsync([alert.TransferId], ct))[alert.TransferId];
        }

        throw new InvalidOperationException($"Too many others were at the cases of the customer of transfer {alert.TransferId}.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Transfer {TransferId} could not be read for alerts; it stays marked")]
    private static partial void IntakeFailed(ILogger logger, string transferId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rule set {Version} that decided about transfer {TransferId} is not known yet")]
    private static partial void RuleSetUnknown(ILogger logger, int version, string transferId);
}
