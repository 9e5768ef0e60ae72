namespace BankPortal.Infrastructure.Accounts;

/// <summary>The table of the room Accounts.</summary>
public static class AccountTables
{
    /// <summary>What the keys of rows that lead from a number to an account begin with.</summary>
    public const string NumberPrefix = "number#";

    /// <summary>What the keys of rows that lead from a customer to their accounts begin with.</summary>
    public const string OwnerPrefix = "owner#";

    /// <summary>
    /// Account rows, and the rows that make them unique and findable, all under <c>account_id</c>: <c>{id}</c> the account,
    /// <c>number#{digits}</c> pointing to it, <c>owner#{user}</c> with the ids of all the user's accounts. Both look-ups are
    /// strongly consistent, which an index on owner or number would not be.
    /// </summary>
    public static TableSpec Accounts { get; } = new("BankingAccounts", KeySpec.S("account_id"));

    /// <summary>All of them.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Accounts];
}
