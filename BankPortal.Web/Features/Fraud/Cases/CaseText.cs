using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>The texts for cases, their states and their timelines.</summary>
public static class CaseText
{
    public static string Name(CaseKind kind) => kind switch
    {
        CaseKind.Fraud => "Fraud",
        CaseKind.Compliance => "Compliance",
        _ => kind.ToString(),
    };

    public static string Name(CaseState state) => state switch
    {
        CaseState.New => "New",
        CaseState.Investigating => "Investigating",
        CaseState.Escalated => "Escalated",
        CaseState.Closed => "Closed",
        _ => state.ToString(),
    };

    public static StatusTone Tone(CaseState state) => state switch
    {
        CaseState.New => StatusTone.Information,
        CaseState.Investigating => StatusTone.Attention,
        CaseState.Escalated => StatusTone.Negative,
        _ => StatusTone.Neutral,
    };

    public static string Name(CaseDisposition disposition) => disposition switch
    {
        CaseDisposition.ConfirmedFraud => "Confirmed fraud",
        CaseDisposition.Suspicious => "Suspicious",
        CaseDisposition.FalsePositive => "False positive",
        _ => disposition.ToString(),
    };

    /// <summary>What choosing it means.</summary>
    public static string Meaning(CaseDisposition disposition) => disposition switch
    {
        CaseDisposition.ConfirmedFraud => "It was fraud.",
        CaseDisposition.Suspicious => "It could neither be explained nor proven.",
        CaseDisposition.FalsePositive => "Nothing was wrong; the alert was false.",
        _ => "",
    };

    public static string Name(CaseLinkKind kind) => kind switch
    {
        CaseLinkKind.EscalatedTo => "Escalated to",
        CaseLinkKind.EscalatedFrom => "Escalated from",
        _ => "Related",
    };

    /// <summary>The time until a case is due, or since it was.</summary>
    public static string Due(Case of, DateTimeOffset now) =>
        of.DueAt >= now ? "due in " + Length(of.DueAt - now) : "overdue by " + Length(now - of.DueAt);

    /// <summary>The text of a line of the timeline, after the name of the person.</summary>
    public static string Did(CaseEvent what, IReadOnlyDictionary<string, string> names) =>
        what.Kind switch
        {
            CaseEventKind.Opened => "opened the case",
            CaseEventKind.AlertAdded => what.ActorId == Actor.SystemUserId ? "added an alert" : "added a transaction",
            CaseEventKind.AlertSettled => Enum.TryParse<TransferStatus>(what.Detail, out var status) && status == TransferStatus.Rejected
                ? "rejected a held transaction"
                : "released a held transaction",
            CaseEventKind.Assigned => what.Subject == what.ActorId
                ? "took the case"
                : $"gave the case to {PersonText.Name(what.Subject, names)}",
            CaseEventKind.Unassigned => what.Subject == what.ActorId || what.Subject is null
                ? "returned the case to the queue"
                : $"took the case from {PersonText.Name(what.Subject, names)}",
            CaseEventKind.Note => "added a note",
            CaseEventKind.Linked => "linked another case",
            CaseEventKind.Escalated => what.Subject is null ? "escalated the case" : "escalated to compliance",
            CaseEventKind.EscalatedHere => "escalated a fraud case to this case",
            CaseEventKind.Closed => Enum.TryParse<CaseDisposition>(what.Detail, out var disposition)
                ? $"closed the case as {Name(disposition).ToLowerInvariant()}"
                : "closed the case",
            CaseEventKind.Reopened => "reopened the case",
            _ => "changed the case",
        };

    /// <summary>Why a transfer is an alert, in a sentence for each rule that fired.</summary>
    public static IReadOnlyList<RuleResult> Reasons(Transfer transfer, RuleSet? rules)
    {
        if (rules is null || transfer.Risk is not { Facts.IsEmpty: false } risk)
        {
            return [];
        }

        try
        {
            var facts = RiskFacts.Parse(risk.Facts);
            return
            [
                .. RuleExplanation
                    .Explain(rules, facts, CultureInfo.CurrentCulture)
                    .Where(result => result.HasFired && risk.Fired.Contains(result.Rule.Id, StringComparer.Ordinal)),
            ];
        }
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or EndOfStreamException
                        or FormatException
                        or ArgumentException
                        or IndexOutOfRangeException
            )
        {
            // The facts are damaged; the page shows the ids of the rules instead.
            return [];
        }
    }

    /// <summary>The outcome of the transfer of an alert.</summary>
    public static (string Text, StatusTone Tone) Outcome(Transfer transfer) => transfer.Status == TransferStatus.Blocked
        ? ("Blocked", StatusTone.Negative)
        : (TransferText.StaffStatus(transfer), TransferText.StaffTone(transfer));

    private static string Length(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Of((int)span.TotalDays, "day"),
        { TotalHours: >= 1 } => Of((int)span.TotalHours, "hour"),
        _ => Of(Math.Max(1, (int)span.TotalMinutes), "minute"),
    };

    private static string Of(int count, string unit) =>
        string.Create(CultureInfo.CurrentCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
}
