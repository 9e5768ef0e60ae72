using BankPortal.Core.Ledger.Transfers;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// One transfer's row in a commit. A row that exists must not have been reversed; of one that is posted, only
/// <see cref="Transfer.ReversedById"/> is written.
/// </summary>
/// <param name="Transfer">The row after the step.</param>
/// <param name="ExpectedStatus">
/// The status the row must have now; <see langword="null"/> when the row must not exist yet, which is the idempotency guard.
/// </param>
public sealed record TransferChange(Transfer Transfer, TransferStatus? ExpectedStatus);
