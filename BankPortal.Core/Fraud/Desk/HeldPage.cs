namespace BankPortal.Core.Fraud.Desk;

/// <summary>The oldest held transfers.</summary>
/// <param name="Lines">The transfers, oldest first.</param>
/// <param name="HasMore">Whether there are more.</param>
public sealed record HeldPage(ImmutableArray<HeldLine> Lines, bool HasMore);

/// <summary>A held transfer with what an analyst needs to decide.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Debit">The debited account; <see langword="null"/> when it is a general ledger account.</param>
/// <param name="Credit">The credited account; <see langword="null"/> when it is a general ledger account.</param>
/// <param name="DebitName">The name of the debited account's owner, if known.</param>
/// <param name="CreditName">The name of the credited account's owner, if known.</param>
/// <param name="Why">The reasons why it is held, highest score first.</param>
/// <param name="ExpiresAt">When the bank rejects it automatically.</param>
public sealed record HeldLine(
    Transfer Transfer,
    Account? Debit,
    Account? Credit,
    string? DebitName,
    string? CreditName,
    ImmutableArray<string> Why,
    DateTimeOffset ExpiresAt)
{
    /// <summary>Why the reader may not decide on it; <see langword="null"/> when they may.</summary>
    public ConflictOfInterestError? Conflict { get; init; }
}
