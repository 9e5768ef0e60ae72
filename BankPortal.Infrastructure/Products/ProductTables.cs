namespace BankPortal.Infrastructure.Products;

/// <summary>The tables of the Products module.</summary>
public static class ProductTables
{
    /// <summary>The versions of each product's terms, and one row per product with the revision that guards writes to them.</summary>
    public static TableSpec Terms { get; } = new("BankingProductTerms", KeySpec.S("product"), KeySpec.S("item_key"));

    /// <summary>
    /// Interest and fees by account: one row for each booking under the last day it is for, and the row <c>head</c>, which says how far
    /// the account is booked. The partition <c>walk</c> has the last complete walk over all accounts.
    /// </summary>
    public static TableSpec Bookings { get; } = new("BankingProductBookings", KeySpec.S("account_id"), KeySpec.S("item_key"));

    /// <summary>All tables of the module.</summary>
    public static ImmutableArray<TableSpec> All { get; } = [Terms, Bookings];
}
