using BankPortal.Core.Ledger.Transfers;

namespace BankPortal.Core.Ledger.History;

/// <summary>All there is to a transaction, for staff who decide on it.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Debit">The debited side.</param>
/// <param name="Credit">The credited side.</param>
/// <param name="Original">What it reverses, if it is a reversal.</param>
/// <param name="Reversal">What reversed it, if something did.</param>
/// <param name="AskedBy">The name of whoever asked for it; <see langword="null"/> for the bank itself and for people who are not known any more.</param>
/// <param name="SettledBy">The name of whoever released or rejected it; <see langword="null"/> as above, or when nobody did.</param>
public sealed record TransactionFile(
    Transfer Transfer, TransactionSide Debit, TransactionSide Credit, Transfer? Original, Transfer? Reversal, string? AskedBy, string? SettledBy);
