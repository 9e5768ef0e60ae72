using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Fraud.Cases;

/// <summary>The table of cases.</summary>
public static class CaseTables
{
    /// <summary>The queue: cases by kind and state, the open ones in the order they are due.</summary>
    public const string QueueIndex = "QueueIndex";

    /// <summary>Cases by who works on them, open ones apart from closed ones.</summary>
    public const string AssigneeIndex = "AssigneeIndex";

    /// <summary>A customer's cases and alerts, in order of time.</summary>
    public const string CustomerIndex = "CustomerIndex";

    /// <summary>Alerts that are in no case; only those carry its key.</summary>
    public const string LooseAlertIndex = "LooseAlertIndex";

    /// <summary>
    /// <c>case#{id}</c>: the <c>case</c> with its <c>event#…</c>, <c>link#…</c> and <c>alert#…</c> rows. <c>alert#{transfer}</c>: an alert.
    /// <c>open#{kind}#{customer}</c>: the one open case there can be. <c>counts</c>: how many there are of each kind and state.
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

    /// <summary>All of them.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Cases];
}
