namespace BankPortal.Core.Common.Documents;

/// <summary>
/// Keeps documents of any module: statements, receipts. What is kept once is never changed; only who keeps a document may remove it.
/// The content is encrypted, and its SHA-256 hash is checked whenever it is read. Implementations are thread-safe.
/// </summary>
public interface IDocumentStore
{
    /// <summary>Reads a document; <see langword="null"/> when there is none. One round trip for each megabyte stored.</summary>
    /// <exception cref="InvalidDataException">What is stored is not what was kept: parts are missing, or the hash differs.</exception>
    Task<KeptDocument?> FindAsync(DocumentKey key, CancellationToken ct = default);

    /// <summary>
    /// Keeps a document unless there is one under that key already: the first one stays, also when several nodes keep one at once.
    /// </summary>
    /// <param name="key">Its key.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="at">When it is kept.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The document that is kept, which may be the other one.</returns>
    Task<KeptDocument> KeepAsync(DocumentKey key, ReadOnlyMemory<byte> content, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>
    /// Removes a document for good: for what a customer keeps of their own. Documents of the bank, such as statements, are never removed.
    /// Removing one that is not there succeeds. Two round trips.
    /// </summary>
    Task RemoveAsync(DocumentKey key, CancellationToken ct = default);
}
