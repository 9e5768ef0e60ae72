using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>
/// What people do with cases. Every command says who asks and is refused to whoever may not; what changes a case names the
/// version that was on screen, and is refused when somebody else was faster.
/// </summary>
public sealed partial class CaseService(
    ICaseStore store, ILedgerStore ledger, IAccountStore accounts, ICustomerDirectory directory, IStaffDirectory staff, IAuditTrail audit, CaseRules rules,
    CaseFeed feed, TimeProvider time, ILogger<CaseService> logger)
{
    // Tries after a lost race for a case that several people work on.
    private const int MaxTries = 6;

    /// <summary>Gives a case to a colleague or to oneself, or back to the queue.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="version">Its version as it was on screen.</param>
    /// <param name="assigneeId">Who is to work on it; <see langword="null"/> for nobody.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The case; or <see cref="CaseChangedError"/>, <see cref="CaseIsClosedError"/>, <see cref="InvalidInputError"/> for the assignee.</returns>
    public async Task<Result<Case>> AssignAsync(Actor actor, string caseId, long version, string? assigneeId, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, caseId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        if (assigneeId is not null && assigneeId != actor.UserId
            && !(await staff.ListAsync(CaseRules.RolesFor(found.Value.Kind), ct)).Any(member => member.UserId == assigneeId))
        {
            return new InvalidInputError("assignee", "Choose somebody who works on cases of this kind.");
        }

        return await ChangeAsync(
            actor, found.Value, version, now => CaseRules.Assign(found.Value, actor.UserId, assigneeId, now), assigneeId is null ? "case.unassign" : "case.assign", null, assigneeId, ct);
    }

    /// <summary>Writes a note. Needs no version: notes of several people stand beside each other.</summary>
    public async Task<Result<Case>> AddNoteAsync(Actor actor, string caseId, string? text, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, caseId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        if (CaseNote.Check(text) is var note && !note.IsSuccess)
        {
            return note.Error;
        }

        await store.AddEventAsync(CaseRules.Note(found.Value, actor.UserId, note.Value, time.GetUtcNow()), ct);
        await DoneAsync(actor, "case.note", caseId, null, null);
        return found.Value;
    }

    /// <summary>Closes a case.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="version">Its version as it was on screen.</param>
    /// <param name="disposition">What it turned out to be.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The case; or <see cref="CaseChangedError"/>, <see cref="CaseIsClosedError"/>, <see cref="InvalidInputError"/> for disposition or reason.</returns>
    public Task<Result<Case>> CloseAsync(Actor actor, string caseId, long version, CaseDisposition? disposition, string? reason, CancellationToken ct = default) =>
        ChangeWithReasonAsync(
            actor, caseId, version, reason, (found, why, now) => Task.FromResult(CaseRules.Close(found, actor.UserId, disposition, why, now)), "case.close", disposition?.ToString(), ct);

    /// <summary>Opens a closed case again.</summary>
    /// <returns>The case; or <see cref="CaseChangedError"/>, <see cref="CaseIsOpenError"/>, <see cref="OpenCaseThereError"/>, <see cref="InvalidInputError"/> for the reason.</returns>
    public Task<Result<Case>> ReopenAsync(Actor actor, string caseId, long version, string? reason, CancellationToken ct = default) =>
        ChangeWithReasonAsync(
            actor,
            caseId,
            version,
            reason,
            async (found, why, now) => await store.FindOpenAsync(found.Kind, found.CustomerId, ct) is { } other && other.Id != found.Id
                ? new OpenCaseThereError(other.Id)
                : rules.Reopen(found, actor.UserId, why, now),
            "case.reopen",
            null,
            ct);

    /// <summary>Hands a case up: a fraud case to compliance, which gets a case of its own, linked both ways.</summary>
    /// <returns>The case; or <see cref="CaseChangedError"/>, <see cref="CaseIsClosedError"/>, <see cref="CaseIsEscalatedError"/>, <see cref="InvalidInputError"/> for the reason.</returns>
    public Task<Result<Case>> EscalateAsync(Actor actor, string caseId, long version, string? reason, CancellationToken ct = default) =>
        ChangeWithReasonAsync(
            actor,
            caseId,
            version,
            reason,
            async (found, why, now) =>
            {
                var compliance = found.Kind == CaseKind.Fraud ? await store.FindOpenAsync(CaseKind.Compliance, found.CustomerId, ct) : null;
                var linked = compliance is not null && (await store.ListLinksAsync(found.Id, ct)).Any(link => link.OtherId == compliance.Id);
                return rules.Escalate(found, compliance, linked, actor.UserId, why, now);
            },
            "case.escalate",
            null,
            ct);

    /// <summary>Links two cases, both ways.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="caseId">One case.</param>
    /// <param name="other">The other's id or reference, as it was typed.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The first case; or <see cref="AlreadyLinkedError"/>, <see cref="InvalidInputError"/> for what was typed.</returns>
    public async Task<Result<Case>> LinkAsync(Actor actor, string caseId, string? other, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, caseId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var otherId = TransactionDesk.IdOf(other ?? "");
        if (otherId.Length == 0)
        {
            return new InvalidInputError("case", "Enter the reference of the other case.");
        }

        if (otherId == found.Value.Id)
        {
            return new InvalidInputError("case", "This is the case itself.");
        }

        if (!DerivedId.IsWellFormed(otherId) || await store.FindAsync(otherId, ct) is not { } second || !CaseRules.MayWork(actor, second.Kind))
        {
            return new InvalidInputError("case", "There is no such case. A reference has 20 letters and digits.");
        }

        if (!await store.CommitAsync(CaseRules.Link(found.Value, second, actor.UserId, time.GetUtcNow()), ct))
        {
            return new AlreadyLinkedError();
        }

        await DoneAsync(actor, "case.link", caseId, null, second.Id);
        feed.Publish(second.Id);
        return found.Value;
    }

    /// <summary>Opens a case for a customer by hand.</summary>
    /// <returns>The case; or <see cref="OpenCaseThereError"/>, <see cref="NotFoundError"/>, <see cref="InvalidInputError"/> for the reason.</returns>
    public Task<Result<Case>> OpenForCustomerAsync(Actor actor, CaseKind kind, string customerId, string? reason, CancellationToken ct = default) =>
        OpenAsync(
            actor, kind, reason, async () => await directory.FindNameAsync(customerId, ct) is null ? new NotFoundError("customer") : new Subject(customerId), ct);

    /// <summary>Opens a case for an account and its owner by hand.</summary>
    /// <returns>The case; or <see cref="OpenCaseThereError"/>, <see cref="NotFoundError"/>, <see cref="InvalidInputError"/> for the reason.</returns>
    public Task<Result<Case>> OpenForAccountAsync(Actor actor, CaseKind kind, string accountId, string? reason, CancellationToken ct = default) =>
        OpenAsync(
            actor,
            kind,
            reason,
            async () => !GeneralLedger.IsInternal(accountId) && await accounts.FindAsync(accountId, ct) is { } account
                ? new Subject(account.OwnerId, account.Id)
                : new NotFoundError("account"),
            ct);

    /// <summary>Opens a case for a transfer by hand, or adds the transfer to the customer's open case of that kind.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="kind">Who is to work it.</param>
    /// <param name="transferId">The transfer.</param>
    /// <param name="side">Whose case it is: by default the customer's who acted.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The case; or <see cref="NotFoundError"/>, <see cref="InvalidInputError"/> for the reason.</returns>
    public Task<Result<Case>> OpenForTransferAsync(
        Actor actor, CaseKind kind, string transferId, CaseSide side, string? reason, CancellationToken ct = default) =>
        OpenAsync(
            actor,
            kind,
            reason,
            async () =>
            {
                var id = TransactionDesk.IdOf(transferId);
                if (!DerivedId.IsWellFormed(id) || await ledger.FindTransferAsync(id, ct) is not { } transfer)
                {
                    return new NotFoundError("transaction");
                }

                var customer = side == CaseSide.Payee ? transfer.CreditOwnerId : transfer.DebitOwnerId ?? transfer.CreditOwnerId;
                return customer is null
                    ? new NotFoundError("customer")
                    : new Subject(customer, side == CaseSide.Payee ? transfer.CreditAccountId : transfer.DebitOwnerId is null ? transfer.CreditAccountId : transfer.DebitAccountId, transfer);
            },
            ct);

    private async Task<Result<Case>> OpenAsync(Actor actor, CaseKind kind, string? reason, Func<Task<Result<Subject>>> find, CancellationToken ct)
    {
        if (!CaseRules.MayWork(actor, kind) || !Enum.IsDefined(kind))
        {
            return new NotAllowedError();
        }

        if (StaffReason.Check(reason) is var said && !said.IsSuccess)
        {
            return said.Error;
        }

        var found = await find();
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var about = found.Value;
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var open = await store.FindOpenAsync(kind, about.CustomerId, ct);
            var alert = about.Transfer is null ? null : await store.NoteAsync(Alert.Of(about.Transfer), isListed: false, ct);
            if (open is not null && (alert is null || alert.Cases.Values.Contains(open.Id, StringComparer.Ordinal)))
            {
                return new OpenCaseThereError(open.Id);
            }

            var now = time.GetUtcNow();
            var commit = open is null
                ? rules.Open(kind, about.CustomerId, actor.UserId, said.Value, now, about.AccountId, alert)
                : CaseRules.AddAlert(open, alert!, actor.UserId, said.Value, now);
            if (commit.IsSuccess && commit.Value is { Alert: { } taken } && taken.Alert.Cases.ContainsKey((kind, taken.Side)))
            {
                // It was looked into before, in a case that is closed by now: the new case is about the customer.
                commit = open is null ? rules.Open(kind, about.CustomerId, actor.UserId, said.Value, now, about.AccountId) : new OpenCaseThereError(open.Id);
            }

            if (!commit.IsSuccess)
            {
                return commit.Error;
            }

            if (await store.CommitAsync(commit.Value, ct))
            {
                var target = open ?? commit.Value.Cases[0].After;
                await DoneAsync(actor, open is null ? "case.open" : "case.add-transfer", target.Id, said.Value, about.Transfer?.Id ?? about.AccountId);
                return target;
            }

            await Backoff.DelayAsync(attempt, ct);
        }

        return new BusyError();
    }

    private async Task<Result<Case>> ChangeWithReasonAsync(
        Actor actor,
        string caseId,
        long version,
        string? reason,
        Func<Case, string, DateTimeOffset, Task<Result<CaseCommit>>> decide,
        string action,
        string? detail,
        CancellationToken ct)
    {
        var found = await FindAsync(actor, caseId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        if (found.Value.Version != version)
        {
            return await ChangedAsync(actor, found.Value, ct);
        }

        if (StaffReason.Check(reason) is var said && !said.IsSuccess)
        {
            // Both may be wrong; the choice stands before the reason.
            var first = await decide(found.Value, "-", time.GetUtcNow());
            return first.Error is InvalidInputError ? first.Error : said.Error;
        }

        var decision = await decide(found.Value, said.Value, time.GetUtcNow());
        return await ChangeAsync(actor, found.Value, version, _ => decision, action, said.Value, detail, ct);
    }

    private async Task<Result<Case>> ChangeAsync(
        Actor actor, Case found, long version, Func<DateTimeOffset, Result<CaseCommit>> decide, string action, string? reason, string? detail, CancellationToken ct)
    {
        if (found.Version != version)
        {
            return await ChangedAsync(actor, found, ct);
        }

        var decision = decide(time.GetUtcNow());
        if (!decision.IsSuccess)
        {
            return decision.Error;
        }

        if (!await store.CommitAsync(decision.Value, ct))
        {
            return await store.FindAsync(found.Id, ct) is { } now && now.Version != version ? await ChangedAsync(actor, now, ct) : new BusyError();
        }

        await DoneAsync(actor, action, found.Id, reason, detail);
        foreach (var other in decision.Value.Events.Select(one => one.CaseId).Where(id => id != found.Id).Distinct(StringComparer.Ordinal))
        {
            feed.Publish(other);
        }

        return decision.Value.Cases[0].After;
    }

    private async Task<CaseChangedError> ChangedAsync(Actor actor, Case now, CancellationToken ct) => new(
        now.ChangedBy == actor.UserId ? "You" : await directory.FindNameAsync(now.ChangedBy, ct) ?? "Somebody");

    private async Task<Result<Case>> FindAsync(Actor actor, string caseId, CancellationToken ct)
    {
        if (CaseRules.KindsFor(actor).IsEmpty)
        {
            return new NotAllowedError();
        }

        return DerivedId.IsWellFormed(caseId) && await store.FindAsync(caseId, ct) is { } found && CaseRules.MayWork(actor, found.Kind)
            ? found
            : new NotFoundError("case");
    }

    // What was done stands in the case's own timeline already, in the same commit.
    private async Task DoneAsync(Actor actor, string action, string caseId, string? reason, string? detail)
    {
        feed.Publish(caseId);
        try
        {
            await audit.RecordAsync(actor, action, AuditSubject.Case(caseId), reason, detail, CancellationToken.None);
        }
        catch (Exception exception)
        {
            AuditFailed(logger, action, caseId, exception);
        }
    }

    private sealed record Subject(string CustomerId, string? AccountId = null, Transfer? Transfer = null);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Action} on case {CaseId} was done, but is only in the case's timeline")]
    private static partial void AuditFailed(ILogger logger, string action, string caseId, Exception exception);
}
