namespace BankPortal.Core.Ledger.Verification;

/// <summary>Something in the books that cannot be.</summary>
/// <param name="Invariant">The broken invariant's number, 1 to 7 as in <see cref="LedgerVerifier"/>; 0 for a broken hash chain.</param>
/// <param name="Subject">The id of the account or transfer concerned.</param>
/// <param name="Detail">What is wrong, with the numbers.</param>
public sealed record LedgerViolation(int Invariant, string Subject, string Detail);
