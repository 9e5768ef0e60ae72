namespace BankPortal.Core.Fraud.Cases;

/// <summary>The transfers that wait to be processed as alerts. The ledger adds them in the same commit as the transfer.
/// Thread-safe.</summary>
public interface IAlertOutbox
{
    /// <summary>Reads the transfer ids, oldest first, from an eventually consistent index: check each transfer itself.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken ct = default);

    /// <summary>Removes a transfer from the outbox if it still has the status that was processed. Otherwise it stays.</summary>
    /// <returns><see langword="true"/> when it was removed.</returns>
    Task<bool> ClearAsync(string transferId, TransferStatus seen, CancellationToken ct = default);
}
