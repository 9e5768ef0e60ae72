namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>A difference of an account that was there when it was last looked for.</summary>
/// <param name="Id">Its <see cref="Difference.Id"/>.</param>
/// <param name="Sequence">The entry it is at; 0 for the account as a whole.</param>
public sealed record OpenDifference(string Id, long Sequence);
