using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Fraud.Cases;

/// <summary>The table of cases.</summary>
public static class CaseTables
{
    /// <summary>The queue index: cases by kind and state, open ones in the order they are due.</summary>
    public const string QueueIndex = "QueueIndex";

    /// <summary>The index of cases by assignee, open ones apart from closed ones.</summary>
    public const string AssigneeIndex = "AssigneeIndex";

    /// <summary>The index of a customer's cases and alerts, ordered by time.</summary>
    public const string CustomerIndex = "CustomerIndex";

    /// <summary>The index of alerts that are in no case; only those have its key.</summary>
    public const string LooseAlertIndex = "LooseAlertIndex";

    /// <summary>
    /// Cases and alerts. Partition <c>case#{id}</c>: the row <c>case</c> with its <c>event#…</c>, <c>link#…</c> and <c>alert#…</c> rows.
    /// <c>alert#{transfer}</c>: an alert. <c>open#{kind}#{customer}</c>: the customer's only open case of a kind. <c>counts</c>: the
    /// number of cases by kind and state.
    /// </summary>
    public static TableSpec Cases { get; } = new("BankingCases", KeySpec.S(CaseItems.Part), KeySpec.S(CaseItems.Item))
    {
        Indexes =
        [
            new IndexSpec(QueueIndex, KeySpec.S(CaseItems.QueueKey), KeySpec.S(CaseItems.QueueAt), ProjectionType.ALL),
            new IndexSpec(AssigneeIndex, KeySpec.S(CaseItems.AssigneeKey), KeySpec.S(CaseItems.QueueAt), ProjectionType.ALL),
            new IndexSpec(CustomerIndex, KeySpec.S(CaseItems.CustomerId), KeySpec.S(CaseItems.CustomerAt), ProjectionType.ALL),
            new IndexSpec(LooseAlertIndex, KeySpec.S(CaseItems.LooseKey), KeySpec.S(CaseItems.LooseAt), ProjectionType.ALL),
        ],
    };

    /// <summary>All tables for cases.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Cases];
}
