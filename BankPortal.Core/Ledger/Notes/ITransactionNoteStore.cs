namespace BankPortal.Core.Ledger.Notes;

/// <summary>Keeps what customers note with transactions, encrypted. Implementations are thread-safe.</summary>
public interface ITransactionNoteStore
{
    /// <summary>Reads a customer's note on a transaction in one round trip; an empty one when there is none.</summary>
    Task<TransactionNote> ReadNoteAsync(string userId, string transferId, CancellationToken ct = default);

    /// <summary>Writes a note if the stored version is still <see cref="TransactionNote.Version"/>.</summary>
    /// <returns><see langword="false"/> when somebody else was faster; nothing is written then.</returns>
    Task<bool> TryWriteNoteAsync(string userId, string transferId, TransactionNote note, CancellationToken ct = default);
}
