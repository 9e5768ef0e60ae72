using Amazon.DynamoDBv2;
using BankPortal.Infrastructure.Fraud.Cases;

namespace BankPortal.Infrastructure.Fraud;

/// <summary>The tables of the Fraud module.</summary>
public static class FraudTables
{
    /// <summary>The index of all subjects that are on a list.</summary>
    public const string ListedIndex = "ListedIndex";

    /// <summary>
    /// Accounts and customers on risk lists: one row each, under its id, with the lists and end dates. Screening reads all lists of a
    /// subject with one key.
    /// </summary>
    public static TableSpec Lists { get; } = new("BankingRiskLists", KeySpec.S("subject_id"))
    {
        Indexes = [new IndexSpec(ListedIndex, KeySpec.S("listed"), KeySpec.S("changed_at"), ProjectionType.ALL)],
    };

    /// <summary>The versions of the rule set, the pointers to the live and shadow versions, back-test reports and shadow
    /// counts.</summary>
    public static TableSpec RuleSets { get; } =
        new("BankingRuleSets", KeySpec.S("group_key"), KeySpec.S("item_key")) { TtlAttribute = "expires_at" };

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Lists, RuleSets, .. CaseTables.All];
}
