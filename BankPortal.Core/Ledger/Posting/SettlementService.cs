using BankPortal.Core.Ledger.Holds;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Settles held transfers (release, reject, expire) and reverses posted ones. Each waits in the queues of the accounts and is
/// then committed by itself. Thread-safe.
/// </summary>
internal sealed partial class SettlementService(
    ILedgerStore store,
    LedgerRules rules,
    CommitLoop commits,
    AccountQueues queues,
    TimeProvider time,
    FailureLog faults,
    ILogger logger)
{
    /// <summary>Posts a held transfer.</summary>
    public Task<Result<Transfer>> ReleaseAsync(Actor actor, string transferId, string reason, CancellationToken ct) =>
        SettleAsync(actor, transferId, TransferStatus.Posted, reason, ct);

    /// <summary>Voids a held transfer and sets its funds free.</summary>
    public Task<Result<Transfer>> RejectAsync(Actor actor, string transferId, string reason, CancellationToken ct) =>
        SettleAsync(actor, transferId, TransferStatus.Rejected, reason, ct);

    /// <summary>Voids a held transfer in the bank's own name, because nobody has decided on it.</summary>
    public Task<Result<Transfer>> ExpireAsync(string transferId, CancellationToken ct) =>
        SettleAsync(Actor.System, transferId, TransferStatus.Rejected, HoldExpiry.Reason, ct);

    /// <summary>Moves the money of a posted transfer back.</summary>
    public async Task<Result<Transfer>> ReverseAsync(Actor actor, string transferId, string reason, bool mayOverdraw, CancellationToken ct)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        var asked = await FindAsync(transferId, reason, ct);
        if (!asked.IsSuccess)
        {
            return asked.Error;
        }

        if (ConflictsOfInterest.OfSelf(actor, asked.Value.Transfer.Involved) is { } conflict)
        {
            return conflict;
        }

        // Whether it is reversed already is shown by the reversal's own row, which also shows by whom.
        var (original, text) = (asked.Value.Transfer with { ReversedById = null }, asked.Value.Reason);
        return await TakeAsync(
            new Step(
                LedgerRules.ReversalIdOf(original.Id),
                original,
                snapshot => snapshot.Transfer is { } existing
                    ? new Decision.Existing(existing)
                    : Decision.Of(rules.Reverse(original, snapshot, actor.UserId, text, mayOverdraw, time.GetUtcNow())),
                existing => existing.ReversesId == original.Id && existing.InitiatorId == actor.UserId
                    ? existing
                    : new AlreadyReversedError()),
            ct);
    }

    private async Task<Result<Transfer>> SettleAsync(
        Actor actor, string transferId, TransferStatus target, string reason, CancellationToken ct)
    {
        if (!LedgerRules.MayDecide(actor) && !actor.IsSystem)
        {
            return new NotAllowedError();
        }

        var asked = await FindAsync(transferId, reason, ct);
        if (!asked.IsSuccess)
        {
            return asked.Error;
        }

        var (transfer, text) = asked.Value;
        if (ConflictsOfInterest.OfSelf(actor, transfer.Involved) is { } conflict)
        {
            return conflict;
        }

        return await TakeAsync(
            new Step(
                transfer.Id,
                transfer,
                snapshot => snapshot.Transfer is { Status: not TransferStatus.Held } settled
                    ? new Decision.Existing(settled)
                    : Decision.Of(
                        target == TransferStatus.Posted
                            ? LedgerRules.Release(snapshot, actor.UserId, text, time.GetUtcNow())
                            : rules.Reject(snapshot, actor.UserId, text, time.GetUtcNow())),
                existing => existing.Status == target && existing.SettledBy == actor.UserId ? existing : new NotHeldError()),
            ct);
    }

    private Task<Result<Transfer>> TakeAsync(Step step, CancellationToken ct) =>
        queues.RunAloneAsync(step.AccountIds, () => commits.RunAsync(step, null, ct), ct);

    private async Task<Result<Asked>> FindAsync(string transferId, string reason, CancellationToken ct)
    {
        if (StaffReason.Check(reason) is var text && !text.IsSuccess)
        {
            return text.Error;
        }

        try
        {
            return DerivedId.IsWellFormed(transferId) && await store.FindTransferAsync(transferId, ct) is { } transfer
                ? new Asked(transfer, text.Value)
                : new NotFoundError("transfer");
        }
        catch (LedgerUnavailableException exception)
        {
            LogUnreadable(logger, transferId);
            faults.Failed(exception);
            return new LedgerUnreachableError();
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Transfer {TransferId} could not be read")]
    private static partial void LogUnreadable(ILogger logger, string transferId);

    private sealed record Asked(Transfer Transfer, string Reason);

    private sealed class Step(
        string transferId, Transfer transfer, Func<LedgerSnapshot, Decision> decide, Func<Transfer, Result<Transfer>> answerFrom)
        : ILedgerStep
    {
        public string TransferId => transferId;

        public IReadOnlyCollection<string> AccountIds { get; } =
            GeneralLedger.CustomerAccountsOf(transfer.DebitAccountId, transfer.CreditAccountId);

        public bool MayUseRememberedRows => false;

        public ValueTask<Decision> DecideAsync(LedgerSnapshot snapshot) => ValueTask.FromResult(decide(snapshot));

        public Result<Transfer> AnswerFrom(Transfer existing) => answerFrom(existing);
    }
}
