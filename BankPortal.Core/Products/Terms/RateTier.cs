namespace BankPortal.Core.Products.Terms;

/// <summary>
/// One tier of a rate table. The part of the balance from <paramref name="From"/> up to where the next tier begins earns
/// <paramref name="Rate"/>; the parts below earn the rates of their own tiers.
/// </summary>
/// <param name="From">Where the tier begins, in major units of the account's currency; the first tier begins at zero.</param>
/// <param name="Rate">The yearly rate in percent, such as 2.25; four decimal places at most.</param>
public sealed record RateTier(decimal From, decimal Rate);
