namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>A held transfer as the index of those that wait for a decision has it.</summary>
/// <param name="Id">The transfer.</param>
/// <param name="AccountId">The account whose funds are reserved.</param>
/// <param name="Amount">How much, in minor units.</param>
public sealed record HeldTransfer(string Id, string AccountId, long Amount);
