namespace BankPortal.Core.Fraud.Cases;

/// <summary>The transfers the desk has yet to take note of, as the ledger marked them in the commit that made them.</summary>
public interface IAlertOutbox
{
    /// <summary>The ids, oldest first, from an index that follows a moment later: look at each transfer itself.</summary>
    IAsyncEnumerable<string> ListAsync(CancellationToken ct = default);

    /// <summary>Takes the mark away, if the transfer still has the status that was taken note of. Otherwise it stays marked.</summary>
    /// <returns>Whether it was taken away.</returns>
    Task<bool> ClearAsync(string transferId, TransferStatus seen, CancellationToken ct = default);
}
