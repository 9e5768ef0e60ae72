namespace BankPortal.Core.Analytics.Categories;

/// <summary>The ids under which the history finds all that counts as spending, or as income. They stand in addresses.</summary>
public static class CategoryTotals
{
    /// <summary>All spending.</summary>
    public const string Spending = "all-spending";

    /// <summary>All income.</summary>
    public const string Income = "all-income";
}
