namespace BankPortal.Core.Identity.Confirmations;

/// <summary>
/// Confirmations of payments by a second factor. Each is bound to one payment (amount, currency, both accounts), one form and one session,
/// counts for <paramref name="openFor"/>, and is used once. It does not make the session's second factor fresh. Thread-safe.
/// </summary>
/// <param name="store">Keeps them.</param>
/// <param name="time">The clock.</param>
/// <param name="openFor">How long a question waits, and how long an answer counts.</param>
public sealed class PaymentConfirmations(IPaymentConfirmationStore store, TimeProvider time, TimeSpan openFor)
{
    // A customer outside a session, as in tests and demonstrations.
    private const string NoSession = "none";

    /// <summary>Asks for a confirmation. One that was given and still counts is kept.</summary>
    /// <returns>The confirmation, waiting or confirmed.</returns>
    public async Task<PaymentConfirmation> AskAsync(Actor actor, PaymentToConfirm payment, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(payment);
        var id = payment.IdFor(actor.UserId);
        if (await store.FindAsync(actor.UserId, SessionOf(actor), id, ct) is { State: ConfirmationState.Confirmed } given && IsOpen(given))
        {
            return given;
        }

        var waiting = new PaymentConfirmation
        {
            Id = id,
            UserId = actor.UserId,
            SessionId = SessionOf(actor),
            Digest = payment.Digest,
            Purpose = payment.Purpose,
            Amount = payment.Amount,
            PayeeName = payment.PayeeName,
            IsNameRight = payment.IsNameRight,
            PayeeNumber = payment.PayeeNumber,
            FromLabel = payment.FromLabel,
            Dates = payment.Dates,
            OpenUntil = time.GetUtcNow() + openFor,
        };
        await store.PutAsync(waiting, ct);
        return waiting;
    }

    /// <summary>A confirmation of the session that is open, waiting or confirmed; <see langword="null"/> for any other.</summary>
    /// <param name="userId">The session's owner.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="id">The confirmation, as it came from outside.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<PaymentConfirmation?> FindOpenAsync(string userId, string sessionId, string? id, CancellationToken ct = default) =>
        DerivedId.IsWellFormed(id)
        && await store.FindAsync(userId, sessionId, id!, ct) is { State: not ConfirmationState.Used } found
        && IsOpen(found)
            ? found
            : null;

    /// <summary>Marks a payment as confirmed. Call it only right after the factor was verified for this user and session.</summary>
    /// <param name="userId">The session's owner.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="id">The confirmation.</param>
    /// <param name="factor">What was verified.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>Success, or <see cref="ConfirmationClosedError"/>.</returns>
    public async Task<Result> ConfirmAsync(
        string userId, string sessionId, string id, ConfirmationFactor factor, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        return await store.TryConfirmAsync(userId, sessionId, id, factor, now, now + openFor, ct)
            ? Result.Success
            : new ConfirmationClosedError();
    }

    /// <summary>Whether <see cref="UseAsync"/> would succeed now.</summary>
    public async Task<bool> IsConfirmedAsync(Actor actor, PaymentToConfirm payment, string useKey, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(payment);
        return await store.FindAsync(actor.UserId, SessionOf(actor), payment.IdFor(actor.UserId), ct) is { } found
            && IsOpen(found)
            && (found.State == ConfirmationState.Confirmed || found.UsedFor == useKey);
    }

    /// <summary>Uses the confirmation of a payment up. The same use again succeeds, so that a payment can be tried again.</summary>
    /// <param name="actor">Who pays.</param>
    /// <param name="payment">What is about to be paid.</param>
    /// <param name="useKey">Names the use: what is done under one key has one effect.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>Success, or <see cref="PaymentNotConfirmedError"/>.</returns>
    public async Task<Result> UseAsync(Actor actor, PaymentToConfirm payment, string useKey, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(payment);
        var (id, session) = (payment.IdFor(actor.UserId), SessionOf(actor));
        if (await store.TryUseAsync(actor.UserId, session, id, payment.Digest, useKey, time.GetUtcNow(), ct))
        {
            return Result.Success;
        }

        var found = await store.FindAsync(actor.UserId, session, id, ct);
        return new PaymentNotConfirmedError(
            payment, found is { State: not ConfirmationState.Waiting } && !IsOpen(found));
    }

    private static string SessionOf(Actor actor) => actor.SessionId ?? NoSession;

    private bool IsOpen(PaymentConfirmation confirmation) => time.GetUtcNow() < confirmation.OpenUntil;
}
