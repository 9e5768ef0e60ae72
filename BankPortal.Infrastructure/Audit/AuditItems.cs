using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit;

namespace BankPortal.Infrastructure.Audit;

/// <summary>Converts audit records to and from DynamoDB items. Reasons and details are encrypted. Thread-safe.</summary>
public sealed class AuditItems(IFieldProtector protector)
{
    internal const string Subject = "subject";
    internal const string RecordKey = "record_key";
    internal const string Day = "day";
    private const string OutcomeMark = "#outcome";
    internal const string ReasonPurpose = "audit.reason";
    internal const string DetailPurpose = "audit.detail";

    /// <summary>
    /// Converts a record to an item. Modules that write an action and its record in one transaction put this item with the condition
    /// <c>attribute_not_exists(subject)</c>.
    /// </summary>
    public Dictionary<string, AttributeValue> ToItem(AuditRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new ItemWriter()
            .Set(Subject, SubjectKey(record.Subject))
            .Set(RecordKey, KeyOf(record))
            .Set(Day, DateOnly.FromDateTime(record.At.UtcDateTime))
            .Set("subject_kind", record.Subject.Kind)
            .Set("subject_id", record.Subject.Id)
            .Set("id", record.Id)
            .Set("at", record.At)
            .Set("actor_id", record.ActorId)
            .Set("session_id", record.SessionId)
            .Set("action", record.Action)
            .Set("reason", Protect(ReasonPurpose, record.Reason))
            .Set("detail", Protect(DetailPurpose, record.Detail))
            .Set("outcome", record.Outcome)
            .ToItem();
    }

    internal Dictionary<string, AttributeValue> ToOutcome(AuditRecord begun, AuditOutcome outcome, string? detail, DateTimeOffset at) =>
        new ItemWriter()
            .Set(Subject, SubjectKey(begun.Subject))
            .Set(RecordKey, KeyOf(begun) + OutcomeMark)
            .Set(Day, DateOnly.FromDateTime(begun.At.UtcDateTime))
            .Set("at", at)
            .Set("detail", Protect(DetailPurpose, detail))
            .Set("outcome", outcome)
            .ToItem();

    /// <summary>Converts items in descending order to records; the outcome of a record comes right before it.</summary>
    internal IEnumerable<AuditRecord> FromDescending(IEnumerable<Dictionary<string, AttributeValue>> rows)
    {
        Dictionary<string, AttributeValue>? ahead = null;
        foreach (var row in rows)
        {
            if (row[RecordKey].S.EndsWith(OutcomeMark, StringComparison.Ordinal))
            {
                ahead = row;
                continue;
            }

            var record = FromItem(new ItemReader(row));
            if (ahead is not null && ahead[RecordKey].S == KeyOf(record) + OutcomeMark)
            {
                var end = new ItemReader(ahead);
                record = record with
                {
                    Outcome = end.Enum<AuditOutcome>("outcome"),
                    CompletedAt = end.Time("at"),
                    Detail = Both(record.Detail, Unprotect(DetailPurpose, end.StringOrNull("detail"))),
                };
            }

            ahead = null;
            yield return record;
        }
    }

    internal static string SubjectKey(AuditSubject subject) => $"{subject.Kind}#{subject.Id}";

    internal static string KeyOf(AuditRecord record) => $"{Attr.FormatTime(record.At)}#{record.Id}";

    private AuditRecord FromItem(ItemReader row)
    {
        var at = row.Time("at");
        var outcome = row.Enum<AuditOutcome>("outcome");
        return new AuditRecord(
            row.String("id"),
            at,
            row.String("actor_id"),
            row.String("action"),
            new AuditSubject(row.Enum<AuditSubjectKind>("subject_kind"), row.String("subject_id")),
            Unprotect(ReasonPurpose, row.StringOrNull("reason")),
            Unprotect(DetailPurpose, row.StringOrNull("detail")))
        {
            Outcome = outcome,
            CompletedAt = outcome == AuditOutcome.Begun ? null : at,
            SessionId = row.StringOrNull("session_id"),
        };
    }

    private static string? Both(string? first, string? second) =>
        first is null ? second : second is null ? first : $"{first} · {second}";

    private string? Protect(string purpose, string? plain) => plain is null ? null : protector.Protect(purpose, plain);

    private string? Unprotect(string purpose, string? text) => text is null ? null : protector.Unprotect(purpose, text);
}
