namespace BankPortal.Core.Ledger.Posting;

/// <summary>A transfer that the rules allow and that is not made yet: what its assessment looks at.</summary>
/// <param name="Transfer">The transfer, without an assessment.</param>
/// <param name="Debit">The debited account before it; <see langword="null"/> when internal.</param>
/// <param name="Credit">The credited account before it; <see langword="null"/> when internal.</param>
/// <param name="Hold">Whether the order asks to reserve the funds only.</param>
/// <param name="LikelyDuplicateOf">
/// When the same amount went to the same account a few minutes ago; <see langword="null"/> when it did not.
/// </param>
public sealed record TransferCandidate(Transfer Transfer, Account? Debit, Account? Credit, bool Hold, DateTimeOffset? LikelyDuplicateOf);
