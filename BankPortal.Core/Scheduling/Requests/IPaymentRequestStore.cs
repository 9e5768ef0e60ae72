namespace BankPortal.Core.Scheduling.Requests;

/// <summary>
/// Keeps requests for money under both people, and whom people have blocked. Reads are strongly consistent. Rows go some time after a
/// request's last day. Thread-safe.
/// </summary>
public interface IPaymentRequestStore
{
    /// <summary>Reads everything of a person. One round trip.</summary>
    Task<PersonRequests> ReadAsync(string personId, CancellationToken ct = default);

    /// <summary>Reads a request that the person made or received, or <see langword="null"/>. One round trip.</summary>
    Task<PaymentRequest?> FindAsync(string personId, string requestId, CancellationToken ct = default);

    /// <summary>Adds a request, if there is none with its id and the asker has made no other since. One round trip.</summary>
    /// <param name="request">The request.</param>
    /// <param name="askerVersion">The asker's <see cref="PersonRequests.Version"/> as read.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>Whether it was added.</returns>
    Task<bool> TryAddAsync(PaymentRequest request, long askerVersion, CancellationToken ct = default);

    /// <summary>Writes a request, if the stored version is the one before its own. One round trip.</summary>
    /// <returns>Whether it was written.</returns>
    Task<bool> TryWriteAsync(PaymentRequest request, CancellationToken ct = default);

    /// <summary>Whether a payer has blocked an asker. One round trip.</summary>
    Task<bool> IsBlockedAsync(string payerId, string askerId, CancellationToken ct = default);

    /// <summary>Blocks an asker. One round trip.</summary>
    Task BlockAsync(string payerId, BlockedAsker asker, CancellationToken ct = default);

    /// <summary>Lifts a block. One round trip.</summary>
    Task UnblockAsync(string payerId, string askerId, CancellationToken ct = default);
}
