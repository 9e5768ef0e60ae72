using BankPortal.Core.Audit;

namespace BankPortal.Core.Ledger.History;

/// <summary>
/// What fraud analysts and administrators see of any transaction, and decide about it. Nobody decides on a transaction that they or
/// people related to them are involved in, and every decision needs a recent second factor. Every decision is recorded.
/// </summary>
public sealed class TransactionDesk(
    ILedgerStore ledger,
    IAccountStore accounts,
    ICustomerDirectory directory,
    LedgerService service,
    IAuditTrail audit,
    ConflictsOfInterest conflicts,
    StepUpPolicy stepUp)
{
    /// <summary>One transaction with both sides, whoever they belong to.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="reference">The transfer's id, or its reference as receipts show it.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <returns>The transaction; or <see cref="NotAllowedError"/>, <see cref="NotFoundError"/>.</returns>
    public async Task<Result<TransactionFile>> FindAsync(Actor actor, string reference, CancellationToken ct = default)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        var id = IdOf(reference);
        if (!DerivedId.IsWellFormed(id) || await ledger.FindTransferAsync(id, ct) is not { } transfer)
        {
            return new NotFoundError("transaction");
        }

        string?[] people = [transfer.DebitOwnerId, transfer.CreditOwnerId, transfer.InitiatorId, transfer.SettledBy];
        var names = directory.FindNamesAsync(
            [.. people.OfType<string>().Where(person => person != Actor.SystemUserId).Distinct(StringComparer.Ordinal)],
            ct
        );
        var debit = AccountAsync(transfer, transfer.DebitAccountId, transfer.DebitSequence, ct);
        var credit = AccountAsync(transfer, transfer.CreditAccountId, transfer.CreditSequence, ct);
        var original = TransferAsync(transfer.ReversesId, ct);
        var conflict = conflicts.FindAsync(actor, transfer.Involved, ct);
        var reversal = TransferAsync(transfer.ReversedById, ct);

        var known = await names;
        return new TransactionFile(
            transfer,
            Side(transfer.DebitAccountId, await debit, transfer.DebitOwnerId),
            Side(transfer.CreditAccountId, await credit, transfer.CreditOwnerId),
            await original,
            await reversal,
            NameOf(transfer.InitiatorId),
            NameOf(transfer.SettledBy))
        {
            Conflict = await conflict,
        };

        string? NameOf(string? userId) => userId is null ? null : known.GetValueOrDefault(userId);

        TransactionSide Side(string accountId, (Account? Account, Entry? Entry) found, string? ownerId) =>
            new(accountId, found.Account, NameOf(ownerId), found.Entry);
    }

    /// <summary>Posts a held transfer. As <see cref="LedgerService.ReleaseAsync"/>; who comes second learns who decided.</summary>
    public Task<Result<Transfer>> ReleaseAsync(Actor actor, string transferId, string reason, CancellationToken ct = default) =>
        DecideAsync(
            actor,
            "transfer.release",
            transferId,
            reason,
            token => service.ReleaseAsync(actor, transferId, reason, token),
            null,
            ct
        );

    /// <summary>
    /// Sets the funds of a held transfer free. As <see cref="LedgerService.RejectAsync"/>; who comes second learns who decided.
    /// </summary>
    public Task<Result<Transfer>> RejectAsync(Actor actor, string transferId, string reason, CancellationToken ct = default) =>
        DecideAsync(actor, "transfer.reject", transferId, reason, token => service.RejectAsync(actor, transferId, reason, token), null, ct);

    /// <summary>Takes a posted transfer back. As <see cref="LedgerService.ReverseAsync"/>.</summary>
    public Task<Result<Transfer>> ReverseAsync(
        Actor actor,
        string transferId,
        string reason,
        bool mayOverdraw,
        CancellationToken ct = default
    ) =>
        DecideAsync(
            actor,
            "transfer.reverse",
            transferId,
            reason,
            token => service.ReverseAsync(actor, transferId, reason, mayOverdraw, token),
            mayOverdraw ? "may overdraw" : null,
            ct);

    /// <summary>The id that a reference stands for, however it was typed; whether it is one is another question.</summary>
    public static string IdOf(string reference) =>
        TextInput.Clean(reference).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private async Task<(Account? Account, Entry? Entry)> AccountAsync(
        Transfer transfer,
        string accountId,
        long sequence,
        CancellationToken ct
    )
    {
        if (GeneralLedger.IsInternal(accountId))
        {
            return (null, null);
        }

        var account = accounts.FindAsync(accountId, ct);
        var entry = transfer.PostedAt is { } at && sequence > 0
            ? await ledger.FindEntryAsync(accountId, new EntryPosition(at, sequence), ct)
            : null;
        return (await account, entry);
    }

    private async Task<Result<Transfer>> DecideAsync(
        Actor actor,
        string action,
        string transferId,
        string reason,
        Func<CancellationToken, Task<Result<Transfer>>> decide,
        string? detail,
        CancellationToken ct
    )
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        var said = StaffReason.Check(reason);
        if (!said.IsSuccess)
        {
            return said.Error;
        }

        if (!DerivedId.IsWellFormed(transferId) || await ledger.FindTransferAsync(transferId, ct) is not { } transfer)
        {
            return new NotFoundError("transaction");
        }

        // A refused attempt on one's own money is recorded too.
        var conflict = await conflicts.FindAsync(actor, transfer.Involved, ct);
        if (conflict is null && stepUp.Check(actor).Error is { } stale)
        {
            return stale;
        }

        var result = await audit.RunAsync(
            actor,
            action,
            AuditSubject.Transfer(transferId),
            said.Value,
            token => conflict is null ? decide(token) : Task.FromResult<Result<Transfer>>(conflict),
            detail,
            ct);
        return result.Error is NotHeldError && await ledger.FindTransferAsync(transferId, ct) is { SettledBy: { } by } settled
            ? new DecidedAlreadyError(
                settled.Status == TransferStatus.Posted,
                by == actor.UserId ? "you"
                    : by == Actor.SystemUserId ? "the bank itself, because time was up"
                    : await directory.FindNameAsync(by, ct) ?? "a colleague",
                settled.SettledAt
            )
            : result;
    }

    private async Task<Transfer?> TransferAsync(string? id, CancellationToken ct) =>
        id is null ? null : await ledger.FindTransferAsync(id, ct);
}
