namespace BankPortal.Core.Accounts;

/// <summary>Money that came in lately, and how much has left since: what shows that an account only passes money on.</summary>
/// <param name="At">When the last credit came in.</param>
/// <param name="Amount">That credit, plus what was left of the credits in the hour before it; minor units.</param>
/// <param name="PassedOn">How much has left the account since <paramref name="At"/>; minor units.</param>
public readonly record struct Inflow(DateTimeOffset At, long Amount, long PassedOn);
