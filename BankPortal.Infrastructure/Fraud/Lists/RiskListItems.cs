using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Lists;

namespace BankPortal.Infrastructure.Fraud.Lists;

/// <summary>Converts list entries to and from DynamoDB items: one row for each subject, with several attributes for each list.</summary>
public sealed class RiskListItems(IFieldProtector protector)
{
    internal const string Subject = "subject_id";
    internal const string Kind = "kind";
    internal const string Listed = "listed";
    internal const string ChangedAt = "changed_at";
    private const string ReasonPurpose = "risk-list.reason";

    /// <summary>Returns the attribute with the end of an entry.</summary>
    internal static string Until(string list) => list + "_until";

    /// <summary>Returns the attribute with the reason of an entry.</summary>
    internal static string Reason(string list) => list + "_reason";

    /// <summary>Returns the attribute with the author of an entry.</summary>
    internal static string By(string list) => list + "_by";

    /// <summary>Returns the attribute with the time an entry was changed.</summary>
    internal static string At(string list) => list + "_at";

    internal string Protect(string reason) => protector.Protect(ReasonPurpose, reason);

    internal IEnumerable<ListEntry> FromItem(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        foreach (var list in RiskLists.All)
        {
            if (row.TimeOrNull(Until(list)) is { } until)
            {
                yield return new ListEntry(
                    row.String(Subject),
                    row.Enum<ListedKind>(Kind),
                    list,
                    until,
                    protector.Unprotect(ReasonPurpose, row.String(Reason(list))),
                    row.String(By(list)),
                    row.Time(At(list)));
            }
        }
    }
}
