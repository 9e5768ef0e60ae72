namespace BankPortal.Infrastructure.Accounts;

/// <summary>The table of the Accounts module.</summary>
public static class AccountTables
{
    /// <summary>The key prefix of rows that map an account number to an account.</summary>
    public const string NumberPrefix = "number#";

    /// <summary>The key prefix of rows that list the accounts of a customer.</summary>
    public const string OwnerPrefix = "owner#";

    /// <summary>
    /// Account rows and the rows that make them unique and findable, all under the key <c>account_id</c>: <c>{id}</c> is the account,
    /// <c>number#{digits}</c> points to it, and <c>owner#{user}</c> lists the ids of the user's accounts. Both look-ups are strongly
    /// consistent, which an index on owner or number would not be.
    /// </summary>
    public static TableSpec Accounts { get; } = new("BankingAccounts", KeySpec.S("account_id"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Accounts];
}
