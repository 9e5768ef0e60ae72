namespace BankPortal.Core.Ledger.History;

/// <summary>All there is to a transaction, for staff who decide on it.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Debit">The debited side.</param>
/// <param name="Credit">The credited side.</param>
/// <param name="Original">What it reverses, if it is a reversal.</param>
/// <param name="Reversal">What reversed it, if something did.</param>
/// <param name="AskedBy">The name of whoever asked for it; <see langword="null"/> for the bank itself and for people who are not
/// known any more.</param>
/// <param name="SettledBy">The name of whoever released or rejected it; <see langword="null"/> as above, or when nobody did.</param>
public sealed record TransactionFile(
    Transfer Transfer,
    TransactionSide Debit,
    TransactionSide Credit,
    Transfer? Original,
    Transfer? Reversal,
    string? AskedBy,
    string? SettledBy
)
{
    /// <summary>Why the reader may not decide on it; <see langword="null"/> when they may.</summary>
    public ConflictOfInterestError? Conflict { get; init; }
}

/// <summary>One side of a transaction as staff see it.</summary>
/// <param name="AccountId">The account, which may be one of the bank's own.</param>
/// <param name="Account">The customer's account as it is now; <see langword="null"/> for the bank's own.</param>
/// <param name="OwnerName">The customer's name, if there is one.</param>
/// <param name="Entry">The entry in a customer's account; <see langword="null"/> while nothing is posted.</param>
public sealed record TransactionSide(string AccountId, Account? Account, string? OwnerName, Entry? Entry);
