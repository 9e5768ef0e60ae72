using BankPortal.Core.Audit;
using BankPortal.Core.Fraud.Engine;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>
/// Carries out staff commands on cases. Every command authorises its actor, and is refused with <see cref="ConflictOfInterestError"/> to
/// people involved in the case. A command that changes a case names the version that was on screen, and is refused with
/// <see cref="CaseChangedError"/> when somebody else was faster. Stateless, thread-safe.
/// </summary>
public sealed partial class CaseService(
    ICaseStore store,
    ILedgerStore ledger,
    IAccountStore accounts,
    ICustomerDirectory directory,
    IStaffDirectory staff,
    IAuditTrail audit,
    CaseRules rules,
    CaseFeed feed,
    ConflictsOfInterest conflicts,
    TimeProvider time,
    ILogger<CaseService> logger
)
{
    // Tries after a lost race for a case that several people work on.
    private const int MaxTries = 6;

    // Alerts of a case whose parties are compared with the actor; more than any case has.
    private const int MostAlerts = 1000;

    /// <summary>Assigns a case to a colleague or to oneself, or returns it to the queue.</summary>
    /// <param name="actor">The person who assigns it.</param>
    /// <param name="caseId">The id of the case.</param>
    /// <param name="version">The version that was on screen.</param>
    /// <param name="assigneeId">The user id of the assignee; <see langword="null"/> for nobody.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The case; or <see cref="CaseChangedError"/>, <see cref="CaseIsClosedError"/>, <see cref="InvalidInputError"/> for the
    /// assignee.</returns>
    public async Task<Result<Case>> AssignAsync(
        Actor actor, string caseId, long version, string? assigneeId, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, "case.assign", caseId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        if (assigneeId is not null && assigneeId != actor.UserId)
        {
            if (!(await staff.ListAsync(CaseRules.RolesFor(found.Value.Kind), ct)).Any(member => member.UserId == assigneeId))
            {
                return new InvalidInputError("assignee", "Choose somebody who works on cases of this kind.");
            }

            if (await ConflictAsync(await conflicts.OfAsync(assigneeId, ct), found.Value, ct) is not null)
            {
                return new InvalidInputError("assignee", "This colleague is involved in the case. Choose somebody else.");
            }
        }

        return await ChangeAsync(
            actor,
            found.Value,
            version,
            now => CaseRules.Assign(found.Value, actor.UserId, assigneeId, now),
            assigneeId is null ? "case.unassign" : "case.assign",
            null,
            assigneeId,
            ct);
    }

    /// <summary>Adds a note. Needs no version: notes by several people do not conflict.</summary>
    public async Task<Result<Case>> AddNoteAsync(Actor actor, string caseId, string? text, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, "case.note", caseId, ct);
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

    /// <summary>Closes a case with a disposition.</summary>
    /// <param name="actor">The person who closes it.</param>
    /// <param name="caseId">The id of the case.</param>
    /// <param name="version">The version that was on screen.</param>
    /// <param name="disposition">The disposition.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The case; or <see cref="CaseChangedError"/>, <see cref="CaseIsClosedError"/>, <see cref="InvalidInputError"/> for
    /// disposition or reason.</returns>
    public Task<Result<Case>> CloseAsync(
        Actor actor, string caseId, long version, CaseDisposition? disposition, string? reason, CancellationToken ct = default) =>
        ChangeWithReasonAsync(
            actor,
            caseId,
            version,
            reason,
            (found, why, now) => Task.FromResult(CaseRules.Close(found, actor.UserId, disposition, why, now)),
            "case.close",
            disposition?.ToString(),
            ct);

    /// <summary>Reopens a closed case.</summary>
    /// <returns>The case; or <see cref="CaseChangedError"/>, <see cref="CaseIsOpenError"/>, <see cref="OpenCaseThereError"/>,
    /// <see cref="InvalidInputError"/> for the reason.</returns>
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

    /// <summary>Escalates a case: a fraud case is linked to a compliance case.</summary>
    /// <returns>The case; or <see cref="CaseChangedError"/>, <see cref="CaseIsClosedError"/>, <see cref="CaseIsEscalatedError"/>,
    /// <see cref="InvalidInputError"/> for the reason.</returns>
    public Task<Result<Case>> EscalateAsync(Actor actor, string caseId, long version, string? reason, CancellationToken ct = default) =>
        ChangeWithReasonAsync(
            actor,
            caseId,
            version,
            reason,
            async (found, why, now) =>
            {
                var compliance = found.Kind == CaseKind.Fraud ? await store.FindOpenAsync(CaseKind.Compliance, found.CustomerId, ct) : null;
                var linked = compliance is not null
                    && (await store.ListLinksAsync(found.Id, ct)).Any(link => link.OtherId == compliance.Id);
                return rules.Escalate(found, compliance, linked, actor.UserId, why, now);
            },
            "case.escalate",
            null,
            ct);

    /// <summary>Links two cases in both directions.</summary>
    /// <param name="actor">The person who links them.</param>
    /// <param name="caseId">The id of one case.</param>
    /// <param name="other">The id or reference of the other case, as typed.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The first case; or <see cref="AlreadyLinkedError"/>, <see cref="InvalidInputError"/> for the typed reference.</returns>
    public async Task<Result<Case>> LinkAsync(Actor actor, string caseId, string? other, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, "case.link", caseId, ct);
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

        if (!DerivedId.IsWellFormed(otherId)
            || await store.FindAsync(otherId, ct) is not { } second
            || !CaseRules.MayWork(actor, second.Kind))
        {
            return new InvalidInputError("case", "There is no such case. A reference has 20 letters and digits.");
        }

        if (await RefuseInvolvedAsync(actor, "case.link", second, ct) is { } conflict)
        {
            return conflict;
        }

        if (!await store.CommitAsync(CaseRules.Link(found.Value, second, actor.UserId, time.GetUtcNow()), ct))
        {
            return new AlreadyLinkedError();
        }

        await DoneAsync(actor, "case.link", caseId, null, second.Id);
        feed.Publish(second.Id);
        return found.Value;
    }

    /// <summary>Opens a case for a customer.</summary>
    /// <returns>The case; or <see cref="OpenCaseThereError"/>, <see cref="NotFoundError"/>, <see cref="InvalidInputError"/> for the
    /// reason.</returns>
    public Task<Result<Case>> OpenForCustomerAsync(
        Actor actor, CaseKind kind, string customerId, string? reason, CancellationToken ct = default) =>
        OpenAsync(
            actor,
            kind,
            reason,
            async () => await directory.FindNameAsync(customerId, ct) is null ? new NotFoundError("customer") : new Subject(customerId),
            ct);

    /// <summary>Opens a case for an account and its owner.</summary>
    /// <returns>The case; or <see cref="OpenCaseThereError"/>, <see cref="NotFoundError"/>, <see cref="InvalidInputError"/> for the
    /// reason.</returns>
    public Task<Result<Case>> OpenForAccountAsync(
        Actor actor, CaseKind kind, string accountId, string? reason, CancellationToken ct = default) =>
        OpenAsync(
            actor,
            kind,
            reason,
            async () => !GeneralLedger.IsInternal(accountId) && await accounts.FindAsync(accountId, ct) is { } account
                ? new Subject(account.OwnerId, account.Id)
                : new NotFoundError("account"),
            ct);

    /// <summary>Opens a case for a transfer, or adds the transfer to the customer's open case of that kind.</summary>
    /// <param name="actor">The person who opens it.</param>
    /// <param name="kind">The team that works it.</param>
    /// <param name="transferId">The id of the transfer.</param>
    /// <param name="side">The side the case is about; by default the acting customer.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="ct">Cancels the call.</param>
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
                    : new Subject(
                        customer,
                        side == CaseSide.Payee || transfer.DebitOwnerId is null ? transfer.CreditAccountId : transfer.DebitAccountId,
                        transfer);
            },
            ct);

    private async Task<Result<Case>> OpenAsync(
        Actor actor, CaseKind kind, string? reason, Func<Task<Result<Subject>>> find, CancellationToken ct)
    {
        if (!CaseRules.MayWork(actor, kind) || !Enum.IsDefined(kind))
        {
            return new NotAllowedError();
        }

        if (StaffReason.Check(reason) is var checkedReason && !checkedReason.IsSuccess)
        {
            return checkedReason.Error;
        }

        var found = await find();
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var about = found.Value;
        var own = await conflicts.OfAsync(actor, ct);
        if (own.ConflictWith([new(about.CustomerId, InvolvedAs.Subject), .. about.Transfer?.Involved ?? []]) is { } conflict)
        {
            return await RefusedAsync(actor, "case.open", SubjectOf(about), conflict, ct);
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var open = await store.FindOpenAsync(kind, about.CustomerId, ct);
            var alert = about.Transfer is null ? null : await store.SaveAlertAsync(Alert.Of(about.Transfer), isListed: false, ct);
            if (open is not null && (alert is null || alert.Cases.Values.Contains(open.Id, StringComparer.Ordinal)))
            {
                return new OpenCaseThereError(open.Id);
            }

            var now = time.GetUtcNow();
            var commit = open is null
                ? rules.Open(kind, about.CustomerId, actor.UserId, checkedReason.Value, now, about.AccountId, alert)
                : CaseRules.AddAlert(open, alert!, actor.UserId, checkedReason.Value, now);
            if (commit.IsSuccess && commit.Value is { Alert: { } taken } && taken.Alert.Cases.ContainsKey((kind, taken.Side)))
            {
                // The alert is already in a case that is closed by now, so the new case is opened without it.
                commit = open is null
                    ? rules.Open(kind, about.CustomerId, actor.UserId, checkedReason.Value, now, about.AccountId)
                    : new OpenCaseThereError(open.Id);
            }

            if (!commit.IsSuccess)
            {
                return commit.Error;
            }

            if (await store.CommitAsync(commit.Value, ct))
            {
                var target = open ?? commit.Value.Cases[0].After;
                await DoneAsync(
                    actor,
                    open is null ? "case.open" : "case.add-transfer",
                    target.Id,
                    checkedReason.Value,
                    about.Transfer?.Id ?? about.AccountId);
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
        var found = await FindAsync(actor, action, caseId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        if (found.Value.Version != version)
        {
            return await ChangedAsync(actor, found.Value, ct);
        }

        if (StaffReason.Check(reason) is var checkedReason && !checkedReason.IsSuccess)
        {
            // Both inputs may be invalid. The disposition comes first on the form, so its error is shown first.
            var first = await decide(found.Value, "-", time.GetUtcNow());
            return first.Error is InvalidInputError ? first.Error : checkedReason.Error;
        }

        var decision = await decide(found.Value, checkedReason.Value, time.GetUtcNow());
        return await ChangeAsync(actor, found.Value, version, _ => decision, action, checkedReason.Value, detail, ct);
    }

    private async Task<Result<Case>> ChangeAsync(
        Actor actor,
        Case found,
        long version,
        Func<DateTimeOffset, Result<CaseCommit>> decide,
        string action,
        string? reason,
        string? detail,
        CancellationToken ct)
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
            return await store.FindAsync(found.Id, ct) is { } now && now.Version != version
                ? await ChangedAsync(actor, now, ct)
                : new BusyError();
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

    private async Task<Result<Case>> FindAsync(Actor actor, string action, string caseId, CancellationToken ct)
    {
        if (CaseRules.KindsFor(actor).IsEmpty)
        {
            return new NotAllowedError();
        }

        if (!DerivedId.IsWellFormed(caseId)
            || await store.FindAsync(caseId, ct) is not { } found
            || !CaseRules.MayWork(actor, found.Kind))
        {
            return new NotFoundError("case");
        }

        return await RefuseInvolvedAsync(actor, action, found, ct) is { } conflict ? conflict : found;
    }

    private static AuditSubject SubjectOf(Subject about) =>
        about.Transfer is { } transfer ? AuditSubject.Transfer(transfer.Id) : AuditSubject.Customer(about.CustomerId);

    private async Task<Error?> RefuseInvolvedAsync(Actor actor, string action, Case found, CancellationToken ct) =>
        await ConflictAsync(await conflicts.OfAsync(actor, ct), found, ct) is { } conflict
            ? await RefusedAsync(actor, action, AuditSubject.Case(found.Id), conflict, ct)
            : null;

    // The customer of the case, and the parties to its alerts and to those of cases that were escalated to it.
    private async Task<ConflictOfInterestError?> ConflictAsync(OwnInterests own, Case found, CancellationToken ct)
    {
        if (own.ConflictWith([new(found.CustomerId, InvolvedAs.Subject)]) is { } conflict)
        {
            return conflict;
        }

        var sources = (await store.ListLinksAsync(found.Id, ct))
            .Where(link => link.Kind == CaseLinkKind.EscalatedFrom)
            .Select(link => link.OtherId);
        var listed = await Task.WhenAll(new[] { found.Id }.Concat(sources).Select(id => store.ListAlertsAsync(id, MostAlerts, ct)));
        string[] transfers = [.. listed.SelectMany(ids => ids).Distinct(StringComparer.Ordinal)];
        return transfers.Length == 0
            ? null
            : own.ConflictWith((await store.FindAlertsAsync(transfers, ct)).Values.SelectMany(alert => alert.Involved));
    }

    // The refusal is recorded: somebody involved tried.
    private async Task<Error> RefusedAsync(
        Actor actor, string action, AuditSubject subject, ConflictOfInterestError conflict, CancellationToken ct) =>
        (await audit.RunAsync(actor, action, subject, null, _ => Task.FromResult(Result<Case>.Failure(conflict)), ct: ct)).Error
            ?? conflict;

    // The change is already in the case's own timeline, written in the same commit.
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
