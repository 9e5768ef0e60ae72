using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>The rules of cases: who may work them, which steps each state allows, and what each step writes. Pure, thread-safe.</summary>
public sealed class CaseRules(CaseOptions options)
{
    private static readonly RiskFact[] AboutPayee = [RiskFact.PayeeSenders24h, RiskFact.PayeeCreditSum24h, RiskFact.PayeeAccountAge];

    /// <summary>Returns the kinds of cases that this person may see and work.</summary>
    public static ImmutableArray<CaseKind> KindsFor(Actor actor) =>
        actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Admin) ? [CaseKind.Fraud, CaseKind.Compliance]
        : actor.Is(BankRoles.Compliance) ? [CaseKind.Compliance]
        : [];

    /// <summary>Returns whether this person may see and work cases of that kind.</summary>
    public static bool MayWork(Actor actor, CaseKind kind) => KindsFor(actor).Contains(kind);

    /// <summary>Returns the roles whose members can be assigned a case of that kind.</summary>
    public static ImmutableArray<string> RolesFor(CaseKind kind) =>
        kind == CaseKind.Compliance ? [BankRoles.Compliance, BankRoles.Analyst, BankRoles.Admin] : [BankRoles.Analyst, BankRoles.Admin];

    /// <summary>
    /// Returns the cases that the fired rules open for a transfer: the kind, the side and the customer. A rule that tests what the
    /// receiver receives opens a case about the receiver; all other rules open one about the acting customer.
    /// </summary>
    public static ImmutableArray<(CaseKind Kind, CaseSide Side, string CustomerId)> CasesOf(Transfer transfer, RuleSet rules)
    {
        var cases = ImmutableArray.CreateBuilder<(CaseKind Kind, CaseSide Side, string CustomerId)>();
        foreach (var rule in rules.Rules.Where(rule =>
            rule.OpensCase is not null && transfer.Risk?.Fired.Contains(rule.Id, StringComparer.Ordinal) == true))
        {
            var isAboutPayee = IsAboutPayee(rule.When)
                && transfer is { DebitOwnerId: not null, CreditOwnerId: not null, IsBetweenOwnAccounts: false };
            var side = isAboutPayee ? CaseSide.Payee : CaseSide.Payer;
            var customer = side == CaseSide.Payee ? transfer.CreditOwnerId : transfer.DebitOwnerId ?? transfer.CreditOwnerId;
            if (customer is not null && !cases.Contains((rule.OpensCase!.Value, side, customer)))
            {
                cases.Add((rule.OpensCase.Value, side, customer));
            }
        }

        return cases.ToImmutable();
    }

    /// <summary>Opens a case.</summary>
    /// <param name="kind">The team that works it.</param>
    /// <param name="customerId">The customer it is about.</param>
    /// <param name="actorId">The user id of the person who opens it, or the bank itself.</param>
    /// <param name="reason">The reason; <see langword="null"/> when a rule opens it.</param>
    /// <param name="now">The current time.</param>
    /// <param name="accountId">The account it is about, if any.</param>
    /// <param name="alert">The first alert, if any.</param>
    public CaseCommit Open(
        CaseKind kind,
        string customerId,
        string actorId,
        string? reason,
        DateTimeOffset now,
        string? accountId = null,
        Alert? alert = null)
    {
        var opened = new Case
        {
            Id = DerivedId.Random(),
            Kind = kind,
            State = CaseState.New,
            CustomerId = customerId,
            Version = 1,
            OpenedAt = now,
            OpenedBy = actorId,
            DueAt = now + options.DueAfter(kind),
            ChangedAt = now,
            ChangedBy = actorId,
            AccountId = accountId,
            Alerts = alert is null ? 0 : 1,
            LastAlertAt = alert?.At,
        };
        return new CaseCommit
        {
            Cases = [new CaseChange(null, opened)],
            Events = alert is null
                ? [Event(opened, now, CaseEventKind.Opened, actorId, text: reason)]
                : [Event(opened, now, CaseEventKind.Opened, actorId, text: reason), AlertAdded(opened, alert, actorId, null, now)],
            Alert = alert is null ? null : new AlertIntoCase(alert, opened, SideOf(alert, customerId)),
        };
    }

    /// <summary>Adds an alert to an open case.</summary>
    public static Result<CaseCommit> AddAlert(Case found, Alert alert, string actorId, string? reason, DateTimeOffset now) =>
        !found.IsOpen
            ? new CaseIsClosedError()
            : new CaseCommit
            {
                Events = [AlertAdded(found, alert, actorId, reason, now)],
                Alert = new AlertIntoCase(alert, found, SideOf(alert, found.CustomerId)),
            };

    /// <summary>Creates the event that reports the settlement of a held transfer. Repeats give the same event.</summary>
    public static CaseEvent Settled(string caseId, Transfer transfer) => new()
    {
        CaseId = caseId,
        Id = DerivedId.From("settled", caseId, transfer.Id),
        At = transfer.ChangedAt,
        Kind = CaseEventKind.AlertSettled,
        ActorId = transfer.SettledBy ?? Actor.SystemUserId,
        Subject = transfer.Id,
        Detail = transfer.Status.ToString(),
        Text = transfer.Reason,
    };

    /// <summary>Assigns a case, or returns it to the queue. Assigning a new case sets it to
    /// <see cref="CaseState.Investigating"/>.</summary>
    public static Result<CaseCommit> Assign(Case found, string actorId, string? assigneeId, DateTimeOffset now)
    {
        if (!found.IsOpen)
        {
            return new CaseIsClosedError();
        }

        var after = found with
        {
            AssigneeId = assigneeId,
            State = found.State == CaseState.New && assigneeId is not null ? CaseState.Investigating : found.State,
        };
        return assigneeId is null
            ? Change(found, after, actorId, now, CaseEventKind.Unassigned, subject: found.AssigneeId)
            : Change(found, after, actorId, now, CaseEventKind.Assigned, subject: assigneeId);
    }

    /// <summary>Closes a case with a disposition.</summary>
    public static Result<CaseCommit> Close(Case found, string actorId, CaseDisposition? disposition, string reason, DateTimeOffset now)
    {
        if (!found.IsOpen)
        {
            return new CaseIsClosedError();
        }

        if (disposition is not { } what || !Enum.IsDefined(what))
        {
            return new InvalidInputError("disposition", "Choose a disposition.");
        }

        return Change(
            found,
            found with { State = CaseState.Closed, Disposition = what, ClosedAt = now },
            actorId,
            now,
            CaseEventKind.Closed,
            detail: what.ToString(),
            text: reason);
    }

    /// <summary>Reopens a closed case with a new due time.</summary>
    public Result<CaseCommit> Reopen(Case found, string actorId, string reason, DateTimeOffset now)
    {
        if (found.IsOpen)
        {
            return new CaseIsOpenError();
        }

        var after = found with
        {
            State = found.AssigneeId is null ? CaseState.New : CaseState.Investigating,
            Disposition = null,
            ClosedAt = null,
            DueAt = now + options.DueAfter(found.Kind),
        };
        return Change(found, after, actorId, now, CaseEventKind.Reopened, text: reason);
    }

    /// <summary>
    /// Escalates a case. A fraud case is linked to a compliance case in both directions: the customer's open one if there is one,
    /// otherwise a new one.
    /// </summary>
    /// <param name="found">The case.</param>
    /// <param name="compliance">The customer's open compliance case, if there is one.</param>
    /// <param name="areLinked">Whether the two are already linked.</param>
    /// <param name="actorId">The user id of the person who escalates it.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="now">The current time.</param>
    public Result<CaseCommit> Escalate(Case found, Case? compliance, bool areLinked, string actorId, string reason, DateTimeOffset now)
    {
        if (!found.IsOpen)
        {
            return new CaseIsClosedError();
        }

        if (found.State == CaseState.Escalated)
        {
            return new CaseIsEscalatedError();
        }

        var after = found with { State = CaseState.Escalated };
        if (found.Kind == CaseKind.Compliance)
        {
            return Change(found, after, actorId, now, CaseEventKind.Escalated, text: reason);
        }

        var opened = compliance is null ? Open(CaseKind.Compliance, found.CustomerId, actorId, null, now) : new CaseCommit();
        var target = compliance ?? opened.Cases[0].After;
        var own = Change(found, after, actorId, now, CaseEventKind.Escalated, subject: target.Id, text: reason);
        var link = new CaseLink(found.Id, target.Id, CaseLinkKind.EscalatedTo);
        return own with
        {
            Cases = [.. own.Cases, .. opened.Cases],
            Events = [.. own.Events, Event(target, now, CaseEventKind.EscalatedHere, actorId, found.Id, text: reason)],
            Links = areLinked ? [] : [link, link.Back],
            MustBeOpen = compliance?.Id,
        };
    }

    /// <summary>Links two cases in both directions.</summary>
    public static CaseCommit Link(Case one, Case other, string actorId, DateTimeOffset now)
    {
        var link = new CaseLink(one.Id, other.Id, CaseLinkKind.Related);
        return new CaseCommit
        {
            Events = [Event(one, now, CaseEventKind.Linked, actorId, other.Id), Event(other, now, CaseEventKind.Linked, actorId, one.Id)],
            Links = [link, link.Back],
        };
    }

    /// <summary>Creates the event for a note.</summary>
    public static CaseEvent Note(Case found, string actorId, string text, DateTimeOffset now) =>
        Event(found, now, CaseEventKind.Note, actorId, text: text);

    private static CaseSide SideOf(Alert alert, string customerId) =>
        alert.PayeeId == customerId && alert.CustomerId != customerId ? CaseSide.Payee : CaseSide.Payer;

    private static CaseEvent AlertAdded(Case into, Alert alert, string actorId, string? reason, DateTimeOffset now) =>
        Event(into, now, CaseEventKind.AlertAdded, actorId, alert.TransferId, alert.Outcome.ToString(), reason);

    private static CaseCommit Change(
        Case before,
        Case after,
        string actorId,
        DateTimeOffset now,
        CaseEventKind kind,
        string? subject = null,
        string? detail = null,
        string? text = null)
    {
        after = after with { Version = before.Version + 1, ChangedAt = now, ChangedBy = actorId };
        return new CaseCommit
        {
            Cases = [new CaseChange(before, after)],
            Events = [Event(after, now, kind, actorId, subject, detail, text)],
        };
    }

    private static CaseEvent Event(
        Case of,
        DateTimeOffset now,
        CaseEventKind kind,
        string actorId,
        string? subject = null,
        string? detail = null,
        string? text = null) => new()
        {
            CaseId = of.Id,
            Id = DerivedId.Random(),
            At = now,
            Kind = kind,
            ActorId = actorId,
            Subject = subject,
            Detail = detail,
            Text = text,
        };

    private static bool IsAboutPayee(RiskCondition condition) => condition switch
    {
        RiskCondition.All all => all.Parts.Any(IsAboutPayee),
        RiskCondition.Any any => any.Parts.Any(IsAboutPayee),
        RiskCondition.Compare compare => RiskVocabulary.Find(compare.Fact) is { } fact && AboutPayee.Contains(fact.Fact),
        _ => false,
    };
}
