using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Bench;

/// <summary>Stands in for the confirmations of payments where nobody is asked for a code.</summary>
internal sealed class NoConfirmations : IPaymentConfirmationStore
{
    public Task PutAsync(PaymentConfirmation waiting, CancellationToken ct = default) => Task.CompletedTask;

    public Task<PaymentConfirmation?> FindAsync(string userId, string sessionId, string id, CancellationToken ct = default) =>
        Task.FromResult<PaymentConfirmation?>(null);

    public Task<bool> TryConfirmAsync(
        string userId,
        string sessionId,
        string id,
        ConfirmationFactor factor,
        DateTimeOffset now,
        DateTimeOffset openUntil,
        CancellationToken ct = default) => Task.FromResult(true);

    public Task<bool> TryUseAsync(
        string userId, string sessionId, string id, string digest, string useKey, DateTimeOffset now, CancellationToken ct = default) =>
        Task.FromResult(true);
}
