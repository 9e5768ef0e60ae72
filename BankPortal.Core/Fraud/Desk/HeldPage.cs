namespace BankPortal.Core.Fraud.Desk;

/// <summary>The front of the queue of held transfers.</summary>
/// <param name="Lines">The transfers, the oldest first.</param>
/// <param name="HasMore">Whether more wait behind them.</param>
public sealed record HeldPage(ImmutableArray<HeldLine> Lines, bool HasMore);

/// <summary>A transfer that waits for a decision, with what is needed to decide.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Debit">The debited account; <see langword="null"/> for one of the bank's own.</param>
/// <param name="Credit">The credited account; <see langword="null"/> for one of the bank's own.</param>
/// <param name="DebitName">The name of the debited account's owner, if known.</param>
/// <param name="CreditName">The name of the credited account's owner, if known.</param>
/// <param name="Why">Why it is held, in plain words, the weightiest first.</param>
/// <param name="ExpiresAt">When the bank rejects it by itself.</param>
public sealed record HeldLine(
    Transfer Transfer, Account? Debit, Account? Credit, string? DebitName, string? CreditName, ImmutableArray<string> Why, DateTimeOffset ExpiresAt);
