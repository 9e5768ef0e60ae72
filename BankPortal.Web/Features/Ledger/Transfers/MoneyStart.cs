using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>What a <see cref="MoneyFlow"/> begins with.</summary>
/// <param name="Key">The idempotency key it was read for.</param>
/// <param name="Accounts">The customer's accounts that are not closed.</param>
/// <param name="Payees">Whom the customer has paid before, if the form asks whom to pay.</param>
/// <param name="Receipt">What was done under the key before; <see langword="null"/> when the form is fresh.</param>
public sealed record MoneyStart(string Key, IReadOnlyList<Account> Accounts, IReadOnlyList<Payee> Payees, TransactionDetail? Receipt)
{
    /// <summary>The earlier transfer that fills the form; <see langword="null"/> for an empty one.</summary>
    public Transfer? Repeated { get; init; }
}
