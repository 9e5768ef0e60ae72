using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Cases;

namespace BankPortal.Infrastructure.Fraud.Cases;

/// <summary>Converts cases, events, links and alerts to and from DynamoDB items. Free text is encrypted. Thread-safe.</summary>
public sealed class CaseItems(IFieldProtector protector)
{
    internal const string Part = "part";
    internal const string Item = "item";
    internal const string Head = "case";
    internal const string AlertRow = "alert";
    internal const string EventPrefix = "event#";
    internal const string LinkPrefix = "link#";
    internal const string AlertPrefix = "alert#";
    internal const string Counts = "counts";
    internal const string QueueKey = "queue_key";
    internal const string QueueAt = "queue_at";
    internal const string AssigneeKey = "assignee_key";
    internal const string CustomerId = "customer_id";
    internal const string CustomerAt = "customer_at";
    internal const string LooseKey = "loose_key";
    internal const string LooseAt = "loose_at";
    internal const string Loose = "loose";
    internal const string Nobody = "-";

    private const string EventText = "fraud.case";

    private static readonly ImmutableArray<(CaseKind Kind, CaseSide Side)> Slots =
        [.. from kind in Enum.GetValues<CaseKind>() from side in Enum.GetValues<CaseSide>() select (kind, side)];

    internal static Dictionary<string, AttributeValue> Key(string part, string item) =>
        new(StringComparer.Ordinal) { [Part] = Attr.S(part), [Item] = Attr.S(item) };

    internal static string CasePart(string caseId) => "case#" + caseId;

    internal static Dictionary<string, AttributeValue> HeadKey(string caseId) => Key(CasePart(caseId), Head);

    internal static Dictionary<string, AttributeValue> AlertKey(string transferId) => Key("alert#" + transferId, AlertRow);

    internal static Dictionary<string, AttributeValue> OpenKey(CaseKind kind, string customerId) =>
        Key($"open#{kind}#{customerId}", "open");

    internal static Dictionary<string, AttributeValue> CountKey(CaseKind kind, CaseState state) => Key(Counts, $"{kind}#{state}");

    internal static string QueueKeyOf(CaseKind kind, CaseState state) => $"{kind}#{state}";

    internal static string AssigneeKeyOf(string? assigneeId, bool isOpen) => $"{assigneeId ?? Nobody}#{(isOpen ? "open" : "closed")}";

    /// <summary>Returns the attribute of an alert that holds the id of its case of a kind and side.</summary>
    internal static string SlotOf(CaseKind kind, CaseSide side) => $"case_{kind}_{side}".ToLowerInvariant();

    /// <summary>Converts a case to an item, for a new case or for the attributes of a change.</summary>
    internal static Dictionary<string, AttributeValue> ToItem(Case of)
    {
        var item = new ItemWriter()
            .Set("case_id", of.Id)
            .Set<CaseKind>("kind", of.Kind)
            .Set<CaseState>("state", of.State)
            .Set("version", of.Version)
            .Set("opened_at", of.OpenedAt)
            .Set("opened_by", of.OpenedBy)
            .Set("due_at", of.DueAt)
            .Set("changed_at", of.ChangedAt)
            .Set("changed_by", of.ChangedBy)
            .Set("account_id", of.AccountId)
            .Set("assignee_id", of.AssigneeId)
            .Set<CaseDisposition>("disposition", of.Disposition)
            .Set("closed_at", of.ClosedAt)
            .Set("alerts", of.Alerts)
            .Set("last_alert_at", of.LastAlertAt)
            .Set(QueueKey, QueueKeyOf(of.Kind, of.State))
            .Set(QueueAt, Attr.FormatTime(of.QueueAt) + "#" + of.Id)
            .Set(AssigneeKey, AssigneeKeyOf(of.AssigneeId, of.IsOpen))
            .Set(CustomerId, of.CustomerId)
            .Set(CustomerAt, "case#" + Attr.FormatTime(of.OpenedAt) + "#" + of.Id)
            .ToItem();
        return WithKey(item, HeadKey(of.Id));
    }

    internal static Case ToCase(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new Case
        {
            Id = read.String("case_id"),
            Kind = read.Enum<CaseKind>("kind"),
            State = read.Enum<CaseState>("state"),
            CustomerId = read.String(CustomerId),
            Version = read.Long("version"),
            OpenedAt = read.Time("opened_at"),
            OpenedBy = read.String("opened_by"),
            DueAt = read.Time("due_at"),
            ChangedAt = read.Time("changed_at"),
            ChangedBy = read.String("changed_by"),
            AccountId = read.StringOrNull("account_id"),
            AssigneeId = read.StringOrNull("assignee_id"),
            Disposition = read.EnumOrNull<CaseDisposition>("disposition"),
            ClosedAt = read.TimeOrNull("closed_at"),
            Alerts = read.IntOrNull("alerts") ?? 0,
            LastAlertAt = read.TimeOrNull("last_alert_at"),
        };
    }

    internal Dictionary<string, AttributeValue> ToItem(CaseEvent what) => WithKey(
        new ItemWriter()
            .Set("case_id", what.CaseId)
            .Set("event_id", what.Id)
            .Set("at", what.At)
            .Set<CaseEventKind>("kind", what.Kind)
            .Set("actor_id", what.ActorId)
            .Set("subject", what.Subject)
            .Set("detail", what.Detail)
            .Set("text", what.Text is { } text ? protector.Protect(EventText, text) : null)
            .ToItem(),
        Key(CasePart(what.CaseId), KeyOf(what)));

    // All events of one step have the same time; the number of the kind orders them.
    private static string KeyOf(CaseEvent what) =>
        string.Create(CultureInfo.InvariantCulture, $"{EventPrefix}{Attr.FormatTime(what.At)}#{(int)what.Kind:D2}#{what.Id}");

    internal CaseEvent ToEvent(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new CaseEvent
        {
            CaseId = read.String("case_id"),
            Id = read.String("event_id"),
            At = read.Time("at"),
            Kind = read.Enum<CaseEventKind>("kind"),
            ActorId = read.String("actor_id"),
            Subject = read.StringOrNull("subject"),
            Detail = read.StringOrNull("detail"),
            Text = read.StringOrNull("text") is { } text ? protector.Unprotect(EventText, text) : null,
        };
    }

    internal static Dictionary<string, AttributeValue> ToItem(CaseLink link) => WithKey(
        new ItemWriter().Set("case_id", link.CaseId).Set("other_id", link.OtherId).Set<CaseLinkKind>("kind", link.Kind).ToItem(),
        Key(CasePart(link.CaseId), LinkPrefix + link.OtherId));

    internal static CaseLink ToLink(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new CaseLink(read.String("case_id"), read.String("other_id"), read.Enum<CaseLinkKind>("kind"));
    }

    /// <summary>Creates the row that puts an alert into a case.</summary>
    internal static Dictionary<string, AttributeValue> ToItem(AlertIntoCase into) => WithKey(
        new ItemWriter().Set("transfer_id", into.Alert.TransferId).ToItem(),
        Key(CasePart(into.Case.Id), AlertPrefix + Attr.FormatTime(into.Alert.At) + "#" + into.Alert.TransferId));

    internal static Dictionary<string, AttributeValue> ToItem(Alert alert, bool isListed) => WithKey(
        new ItemWriter()
            .Set("transfer_id", alert.TransferId)
            .Set("at", alert.At)
            .Set("changed_at", alert.ChangedAt)
            .Set<TransferKind>("kind", alert.Kind)
            .Set("amount", alert.Amount.MinorUnits)
            .Set("currency", alert.Amount.Currency.Code)
            .Set(CustomerId, alert.CustomerId)
            .Set(CustomerAt, "alert#" + Attr.FormatTime(alert.At) + "#" + alert.TransferId)
            .Set("payee_id", alert.PayeeId)
            .Set<TransferStatus>("status", alert.Status)
            .Set<RiskOutcome>("outcome", alert.Outcome)
            .Set("score", alert.Score)
            .Set("rule_set", alert.RuleSet)
            .Set("fired", alert.Fired.IsEmpty ? null : string.Join(',', alert.Fired))
            .Set(LooseKey, isListed ? Loose : null)
            .Set(LooseAt, isListed ? Attr.FormatTime(alert.At) + "#" + alert.TransferId : null)
            .ToItem(),
        AlertKey(alert.TransferId));

    internal static Alert ToAlert(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new Alert
        {
            TransferId = read.String("transfer_id"),
            At = read.Time("at"),
            ChangedAt = read.Time("changed_at"),
            Kind = read.Enum<TransferKind>("kind"),
            Amount = new Money(read.Long("amount"), Currency.Of(read.String("currency"))),
            CustomerId = read.String(CustomerId),
            PayeeId = read.StringOrNull("payee_id"),
            Status = read.Enum<TransferStatus>("status"),
            Outcome = read.Enum<RiskOutcome>("outcome"),
            Score = read.Int("score"),
            RuleSet = read.Int("rule_set"),
            Fired = read.StringOrNull("fired") is { } fired ? [.. fired.Split(',')] : [],
            Cases = Slots
                .Select(slot => (slot, Id: read.StringOrNull(SlotOf(slot.Kind, slot.Side))))
                .Where(found => found.Id is not null)
                .ToImmutableDictionary(found => found.slot, found => found.Id!),
        };
    }

    private static Dictionary<string, AttributeValue> WithKey(
        Dictionary<string, AttributeValue> item, Dictionary<string, AttributeValue> key)
    {
        foreach (var (name, value) in key)
        {
            item.Add(name, value);
        }

        return item;
    }
}
