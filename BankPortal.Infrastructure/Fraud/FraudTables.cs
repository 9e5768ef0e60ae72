using Amazon.DynamoDBv2;
using BankPortal.Infrastructure.Fraud.Cases;

namespace BankPortal.Infrastructure.Fraud;

/// <summary>The tables of the room Fraud.</summary>
public static class FraudTables
{
    /// <summary>Finds everything that is on a list.</summary>
    public const string ListedIndex = "ListedIndex";

    /// <summary>
    /// Accounts and customers that are on a list: one row each, under its id, with the lists it is on and until when. One key
    /// answers for all lists when a transfer is assessed.
    /// </summary>
    public static TableSpec Lists { get; } = new("BankingRiskLists", KeySpec.S("subject_id"))
    {
        Indexes = [new IndexSpec(ListedIndex, KeySpec.S("listed"), KeySpec.S("changed_at"), ProjectionType.ALL)],
    };

    /// <summary>The versions of the rule set, which of them score, their back-tests, and what those in shadow made of live transfers.</summary>
    public static TableSpec RuleSets { get; } = new("BankingRuleSets", KeySpec.S("group_key"), KeySpec.S("item_key")) { TtlAttribute = "expires_at" };

    /// <summary>All of them.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Lists, RuleSets, .. CaseTables.All];
}
