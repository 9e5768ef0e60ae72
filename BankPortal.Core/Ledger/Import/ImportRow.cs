namespace BankPortal.Core.Ledger.Import;

/// <summary>One movement of another ledger, as read from a file.</summary>
/// <param name="Line">The line it stands on, from 1.</param>
/// <param name="CustomerId">The customer's id in the other ledger.</param>
/// <param name="CustomerName">The customer's name.</param>
/// <param name="CustomerEmail">The customer's e-mail address, if given.</param>
/// <param name="AccountId">The account's id in the other ledger.</param>
/// <param name="AccountType">The account's type.</param>
/// <param name="TransactionId">Names the movement among those of its file.</param>
/// <param name="At">When it happened; the start of the bank's calendar day where the file gives a date only.</param>
/// <param name="Day">The calendar day of the bank on which it happened.</param>
/// <param name="Kind">Why the money moved.</param>
/// <param name="Amount">Signed: positive into the account.</param>
/// <param name="Description">What it was for; may be empty.</param>
/// <param name="Counterparty">Who was on the other side; may be empty.</param>
/// <param name="BalanceAfter">The balance after it by the other ledger, if given.</param>
public sealed record ImportRow(
    int Line,
    string CustomerId,
    string CustomerName,
    string? CustomerEmail,
    string AccountId,
    AccountType AccountType,
    string TransactionId,
    DateTimeOffset At,
    DateOnly Day,
    TransferKind Kind,
    Money Amount,
    string Description,
    string Counterparty,
    Money? BalanceAfter);
