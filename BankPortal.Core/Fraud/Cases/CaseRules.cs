using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>The rules of cases: who may work them, what may follow what, and what each step writes. Pure.</summary>
public sealed class CaseRules(CaseOptions options)
{
    private static readonly RiskFact[] AboutPayee = [RiskFact.PayeeSenders24h, RiskFact.PayeeCreditSum24h, RiskFact.PayeeAccountAge];

    /// <summary>The kinds of cases that this person may see and work.</summary>
    public static ImmutableArray<CaseKind> KindsFor(Actor actor) =>
        actor.Is(BankRoles.Analyst) || actor.Is(BankRoles.Admin) ? [CaseKind.Fraud, CaseKind.Compliance]
        : actor.Is(BankRoles.Compliance) ? [CaseKind.Compliance]
        : [];

    /// <summary>Whether this person may see and work cases of that kind.</summary>
    public static bool MayWork(Actor actor, CaseKind kind) => KindsFor(actor).Contains(kind);

    /// <summary>The roles whose members can be given a case of that kind.</summary>
    public static ImmutableArray<string> RolesFor(CaseKind kind) =>
        kind == CaseKind.Compliance ? [BankRoles.Compliance, BankRoles.Analyst, BankRoles.Admin] : [BankRoles.Analyst, BankRoles.Admin];

    /// <summary>
    /// The cases that an alert belongs to by the rules that fired: the kind that each opens, on the side it is about. A rule
    /// that looks at what the receiver receives is about the receiver; all others are about the customer who acts.
    /// </summary>
    public static ImmutableArray<(CaseKind Kind, CaseSide Side, string CustomerId)> CasesOf(Transfer transfer, RuleSet rules)
    {
        var cases = ImmutableArray.CreateBuilder<(CaseKind Kind, CaseSide Side, string CustomerId)>();
        foreach (var rule in rules.Rules.Where(rule => rule.OpensCase is not null && transfer.Risk?.Fired.Contains(rule.Id, StringComparer.Ordinal) == true))
        {
            var side = IsAboutPayee(rule.When) && transfer is { DebitOwnerId: not null, CreditOwnerId: not null, IsBetweenOwnAccounts: false } ? CaseSide.Payee : CaseSide.Payer;
            var customer = side == CaseSide.Payee ? transfer.CreditOwnerId : transfer.DebitOwnerId ?? transfer.CreditOwnerId;
            if (customer is not null && !cases.Contains((rule.OpensCase!.Value, side, customer)))
            {
                cases.Add((rule.OpensCase.Value, side, customer));
            }
        }

        return cases.ToImmutable();
    }

    /// <summary>Opens a case.</summary>
    /// <param name="kind">Who is to work it.</param>
    /// <param name="customerId">The customer it is about.</param>
    /// <param name="actorId">Who opens it.</param>
    /// <param name="reason">Why; <see langword="null"/> when a rule opens it.</param>
    /// <param name="now">The time.</param>
    /// <param name="accountId">The account it is about, if it is about one.</param>
    /// <param name="alert">The alert it is opened with, if it is.</param>
    public CaseCommit Open(CaseKind kind, string customerId, string actorId, string? reason, DateTimeOffset now, string? accountId = null, Alert? alert = null)
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

    /// <summary>The line that says what became of a held transfer. The same however often it is made.</summary>
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

    /// <summary>Gives a case to somebody, or back to the queue. A new case is being investigated from then on.</summary>
    public static Result<CaseCommit> Assign(Case found, string actorId, string? assigneeId, DateTimeOffset now)
    {
        if (!found.IsOpen)
        {
            return new CaseIsClosedError();
        }

        var after = found with { AssigneeId = assigneeId, State = found.State == CaseState.New && assigneeId is not null ? CaseState.Investigating : found.State };
        return assigneeId is null
            ? Change(found, after, actorId, now, CaseEventKind.Unassigned, subject: found.AssigneeId)
            : Change(found, after, actorId, now, CaseEventKind.Assigned, subject: assigneeId);
    }

    /// <summary>Closes a case with what it turned out to be.</summary>
    public static Result<CaseCommit> Close(Case found, string actorId, CaseDisposition? disposition, string reason, DateTimeOffset now)
    {
        if (!found.IsOpen)
        {
            return new CaseIsClosedError();
        }

        if (disposition is not { } what || !Enum.IsDefined(what))
        {
            return new InvalidInputError("disposition", "Choose what it turned out to be.");
        }

        return Change(
            found, found with { State = CaseState.Closed, Disposition = what, ClosedAt = now }, actorId, now, CaseEventKind.Closed, detail: what.ToString(), text: reason);
    }

    /// <summary>Opens a closed case again. It is due anew.</summary>
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
    /// Hands a case up. A fraud case gets a case of compliance beside it, linked both ways: the open one for this customer if
    /// there is one, otherwise a new one.
    /// </summary>
    /// <param name="found">The case.</param>
    /// <param name="compliance">Compliance's open case for this customer, if there is one.</param>
    /// <param name="areLinked">Whether the two are linked already, from an earlier time.</param>
    /// <param name="actorId">Who does it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">The time.</param>
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

    /// <summary>Links two cases, both ways.</summary>
    public static CaseCommit Link(Case one, Case other, string actorId, DateTimeOffset now)
    {
        var link = new CaseLink(one.Id, other.Id, CaseLinkKind.Related);
        return new CaseCommit
        {
            Events = [Event(one, now, CaseEventKind.Linked, actorId, other.Id), Event(other, now, CaseEventKind.Linked, actorId, one.Id)],
            Links = [link, link.Back],
        };
    }

    /// <summary>The line that carries a note.</summary>
    public static CaseEvent Note(Case found, string actorId, string text, DateTimeOffset now) => Event(found, now, CaseEventKind.Note, actorId, text: text);

    private static CaseSide SideOf(Alert alert, string customerId) =>
        alert.PayeeId == customerId && alert.CustomerId != customerId ? CaseSide.Payee : CaseSide.Payer;

    private static CaseEvent AlertAdded(Case into, Alert alert, string actorId, string? reason, DateTimeOffset now) =>
        Event(into, now, CaseEventKind.AlertAdded, actorId, alert.TransferId, alert.Outcome.ToString(), reason);

    private static CaseCommit Change(
        Case before, Case after, string actorId, DateTimeOffset now, CaseEventKind kind, string? subject = null, string? detail = null, string? text = null)
    {
        after = after with { Version = before.Version + 1, ChangedAt = now, ChangedBy = actorId };
        return new CaseCommit { Cases = [new CaseChange(before, after)], Events = [Event(after, now, kind, actorId, subject, detail, text)] };
    }

    private static CaseEvent Event(Case of, DateTimeOffset now, CaseEventKind kind, string actorId, string? subject = null, string? detail = null, string? text = null) => new()
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
