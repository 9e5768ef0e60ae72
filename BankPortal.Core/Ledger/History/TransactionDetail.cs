namespace BankPortal.Core.Ledger.History;

/// <summary>A transaction with what one of its parties may see of it.</summary>
/// <param name="Transfer">The transfer.</param>
/// <param name="Debit">The debited side, if it is in the customer's own account.</param>
/// <param name="Credit">The credited side, if it is in the customer's own account.</param>
public sealed record TransactionDetail(Transfer Transfer, TransactionLeg? Debit, TransactionLeg? Credit);

/// <summary>The side of a transaction that is in one of the customer's own accounts.</summary>
/// <param name="Account">The account.</param>
/// <param name="Entry">The entry; <see langword="null"/> while nothing is posted.</param>
public sealed record TransactionLeg(Account Account, Entry? Entry);
