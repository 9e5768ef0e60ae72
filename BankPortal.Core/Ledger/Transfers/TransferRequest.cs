using BankPortal.Core.Common;

namespace BankPortal.Core.Ledger.Transfers;

/// <summary>What a customer typed into the transfer form.</summary>
/// <param name="IdempotencyKey">Names this form; sent twice, it has one effect.</param>
/// <param name="FromAccountId">The own account to debit.</param>
/// <param name="To">Where to.</param>
/// <param name="Amount">How much, in the debited account's currency.</param>
/// <param name="Description">A note both sides see; optional.</param>
public sealed record TransferRequest(string IdempotencyKey, string FromAccountId, TransferTarget To, Money Amount, string? Description);
