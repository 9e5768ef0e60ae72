using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Takes one step of one transfer: read, decide, commit; at most two round trips one after the other when nobody
/// interferes, and one where this process has just written the same accounts. A commit that is refused because a row has
/// changed starts over, a bounded number of times. A fault of the store starts over too: the transfer's row shows whether the
/// commit before took effect, so nothing is ever done twice. Thread-safe.
/// </summary>
internal sealed partial class CommitLoop(
    ILedgerStore store, LedgerOptions options, RememberedRows remembered, TransferFeed feed, FailureLog faults, ILogger logger)
{
    // Each has already been retried by the store's client; more would only keep the person waiting.
    private const int MaxFaults = 4;

    /// <summary>Takes the step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="unanswered">A commit of the same step that got no answer: it may have taken effect, or may still do so.</param>
    /// <param name="ct">Stops between and within calls to the store; what is committed stays.</param>
    /// <returns>
    /// The transfer; the rule against the step; <see cref="BusyError"/> or <see cref="LedgerUnreachableError"/> (nothing has changed);
    /// or <see cref="OutcomeUnknownError"/>.
    /// </returns>
    public async Task<Result<Transfer>> RunAsync(ILedgerStep step, LedgerCommit? unanswered, CancellationToken ct)
    {
        var progress = new Progress { Unanswered = unanswered };

        // The rows as this process left them a moment ago may spare the reading. If they are still so, the commit proves it.
        // This does not count as a try.
        if (step.MayUseRememberedRows
            && remembered.Find(step.AccountIds) is { } rows
            && await TryAsync(step, rows, progress, ct) is { } early)
        {
            return early;
        }

        for (var attempt = 0; attempt < options.MaxTries; attempt++)
        {
            if (await TryAsync(step, null, progress, ct) is { } answer)
            {
                return answer;
            }

            await Backoff.DelayAsync(attempt, ct);
        }

        return progress.Unanswered is null ? new BusyError() : new OutcomeUnknownError();
    }

    // Null when it must be tried again.
    private async Task<Result<Transfer>?> TryAsync(ILedgerStep step, LedgerSnapshot? rows, Progress progress, CancellationToken ct)
    {
        LedgerCommit? sent = null;
        try
        {
            var snapshot = rows ?? await store.ReadAsync(step.TransferId, step.AccountIds, ct);
            var decision = await step.DecideAsync(snapshot);
            if (rows is not null && !IsProvenByCommit(decision, step))
            {
                return null;
            }

            switch (decision)
            {
                case Decision.Existing { Transfer: var existing }:
                    return step.AnswerFrom(existing);
                case Decision.Refused { Error: var refusal }:
                    return await RefuseAsync(step, refusal, snapshot, progress.Unanswered, ct);
            }

            sent = decision.Commit!;
            switch (await store.CommitAsync(sent, ct))
            {
                case CommitOutcome.Committed:
                    faults.Succeeded();
                    remembered.Remember(sent.Accounts);
                    feed.Publish(sent.Transfer);
                    return decision is Decision.Declined { Error: var declined } ? declined : sent.Transfer;
                case CommitOutcome.TransferDiffers differs:
                    return step.AnswerFrom(differs.Current);
            }

            remembered.Forget(step.AccountIds);
            return null;
        }
        catch (LedgerUnavailableException exception)
        {
            // An earlier one without an answer rests on the same versions, or on older ones and can no longer land.
            progress.Unanswered = sent ?? progress.Unanswered;
            progress.Faults++;
            LogFault(logger, progress.Faults, step.TransferId);
            faults.Failed(exception);
            return progress.Faults < MaxFaults ? null
                : progress.Unanswered is null ? new LedgerUnreachableError()
                : new OutcomeUnknownError();
        }
    }

    // Nobody is refused on remembered rows, and each of them must be one whose version the commit compares: a hold, for
    // example, does not write the credited account's row.
    private static bool IsProvenByCommit(Decision decision, ILedgerStep step) => decision.Commit?.Accounts.Length == step.AccountIds.Count;

    // The rows of a snapshot are read together but not at one instant: the same order, sent a second time or by a commit
    // that got no answer, may have landed between them and be the very reason for the refusal. So the transfer's row is
    // read once more, after the accounts. If it is not there and an account has moved on since the unanswered commit was
    // made, that commit can never land: its condition on the version no longer holds.
    private async Task<Result<Transfer>> RefuseAsync(
        ILedgerStep step, Error refusal, LedgerSnapshot snapshot, LedgerCommit? unanswered, CancellationToken ct)
    {
        if (await store.FindTransferAsync(step.TransferId, ct) is { } landed && landed.Status != snapshot.Transfer?.Status)
        {
            return step.AnswerFrom(landed);
        }

        var cannotLand = unanswered is null
            || unanswered.Accounts.Any(after => snapshot.Accounts.TryGetValue(after.Id, out var read) && read.Version != after.Version - 1);
        return cannotLand ? refusal : new OutcomeUnknownError();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Ledger store fault {Fault} on transfer {TransferId}")]
    private static partial void LogFault(ILogger logger, int fault, string transferId);

    private sealed class Progress
    {
        /// <summary>A commit that got no answer.</summary>
        public LedgerCommit? Unanswered { get; set; }

        public int Faults { get; set; }
    }
}
