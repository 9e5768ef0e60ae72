using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Lists;

namespace BankPortal.Infrastructure.Fraud.Lists;

/// <summary>The rows of the risk lists: one for each subject, with some attributes for each list it is on.</summary>
public sealed class RiskListItems(IFieldProtector protector)
{
    internal const string Subject = "subject_id";
    internal const string Kind = "kind";
    internal const string Listed = "listed";
    internal const string ChangedAt = "changed_at";
    private const string ReasonPurpose = "risk-list.reason";

    /// <summary>The attribute that says until when the subject is on a list.</summary>
    internal static string Until(string list) => list + "_until";

    /// <summary>The attribute that says why.</summary>
    internal static string Reason(string list) => list + "_reason";

    /// <summary>The attribute that says who put it there.</summary>
    internal static string By(string list) => list + "_by";

    /// <summary>The attribute that says when.</summary>
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
