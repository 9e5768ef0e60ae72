using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>
/// Turns the alerts in the outbox into cases: stores the alert, opens a case or adds to the open one when a fired rule asks for it, and
/// then clears the outbox entry. Every step is idempotent, so processing may stop anywhere and several nodes may work at once.
/// Thread-safe.
/// </summary>
public sealed partial class AlertIntake(
    ILedgerStore ledger,
    IAlertOutbox outbox,
    ICaseStore store,
    IDecidingRules ruleSets,
    CaseRules rules,
    CaseFeed feed,
    TimeProvider time,
    ILogger<AlertIntake> logger
)
{
    // Tries after a lost race for a case. Many alerts of one customer may arrive together.
    private const int MaxTries = 20;

    private readonly FailureLog _failures = new(logger, time, "Transfers could not be read for alerts; they stay marked");

    /// <summary>Processes everything in the outbox, oldest first. A transfer that fails stays there for the next sweep.</summary>
    /// <returns>The number of transfers processed.</returns>
    public async Task<int> SweepAsync(CancellationToken ct = default)
    {
        var done = 0;
        await foreach (var id in outbox.ListAsync(ct))
        {
            try
            {
                done += await ProcessAsync(id, ct) ? 1 : 0;
                _failures.Succeeded();
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                IntakeFailed(logger, id);
                _failures.Failed(exception);
            }
        }

        return done;
    }

    /// <summary>Processes one transfer in its current state if it is in the outbox.</summary>
    /// <returns><see langword="false"/> when it is not in the outbox, or changed in the meantime and stays there.</returns>
    /// <exception cref="InvalidOperationException">Others kept changing the customer's cases until the retries ran out.</exception>
    public async Task<bool> ProcessAsync(string transferId, CancellationToken ct = default)
    {
        if (await ledger.FindTransferAsync(transferId, ct) is not { IsAlertPending: true, Risk: { } risk } transfer)
        {
            return false;
        }

        var set = risk.RuleSet == 0 ? null : await ruleSets.FindAsync(risk.RuleSet, ct);
        if (set is null && risk.RuleSet != 0)
        {
            // Without the rules it is unknown whether a case must be opened. The alert stays in the outbox until they are known.
            RuleSetUnknown(logger, risk.RuleSet, transferId);
            return false;
        }

        var cases = set is null ? [] : CaseRules.CasesOf(transfer, set);
        var alert = await store.SaveAlertAsync(Alert.Of(transfer), isListed: cases.IsEmpty, ct);
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

            // Another node opened or closed the case, or filed the alert, at the same moment.
            await Backoff.DelayAsync(attempt, ct);
            alert = (await store.FindAlertsAsync([alert.TransferId], ct))[alert.TransferId];
        }

        throw new InvalidOperationException(
            $"The cases of the customer of transfer {alert.TransferId} kept changing until the retries ran out.");
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Transfer {TransferId} could not be read for alerts; it stays marked")]
    private static partial void IntakeFailed(ILogger logger, string transferId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rule set {Version} that decided about transfer {TransferId} is not known yet")]
    private static partial void RuleSetUnknown(ILogger logger, int version, string transferId);
}
