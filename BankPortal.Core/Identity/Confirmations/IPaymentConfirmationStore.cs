namespace BankPortal.Core.Identity.Confirmations;

/// <summary>Keeps confirmations of payments until some time after they end. Each method is one round trip. Thread-safe.</summary>
public interface IPaymentConfirmationStore
{
    /// <summary>Stores a confirmation that waits, in place of one with the same id.</summary>
    Task PutAsync(PaymentConfirmation waiting, CancellationToken ct = default);

    /// <summary>A confirmation of that user and session, or <see langword="null"/>. Strongly consistent.</summary>
    Task<PaymentConfirmation?> FindAsync(string userId, string sessionId, string id, CancellationToken ct = default);

    /// <summary>Marks a confirmation as confirmed, if it is the session's, is not used and is open at <paramref name="now"/>.</summary>
    /// <returns>Whether it was marked.</returns>
    Task<bool> TryConfirmAsync(
        string userId,
        string sessionId,
        string id,
        ConfirmationFactor factor,
        DateTimeOffset now,
        DateTimeOffset openUntil,
        CancellationToken ct = default);

    /// <summary>
    /// Uses a confirmation up, if it is the session's, has that digest, is open at <paramref name="now"/>, and is confirmed or was used
    /// under the same <paramref name="useKey"/>. Of several uses under different keys exactly one succeeds.
    /// </summary>
    /// <returns>Whether it may be used.</returns>
    Task<bool> TryUseAsync(
        string userId, string sessionId, string id, string digest, string useKey, DateTimeOffset now, CancellationToken ct = default);
}
