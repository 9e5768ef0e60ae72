namespace BankPortal.Core.Analytics.Categories;

/// <summary>What money was spent on, or where it came from.</summary>
/// <param name="Id">The stable id; stored in rules and corrections.</param>
/// <param name="Name">What people read.</param>
/// <param name="IsIncome">Whether money coming in belongs to it.</param>
public sealed record Category(string Id, string Name, bool IsIncome = false);
