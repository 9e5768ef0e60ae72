namespace BankPortal.Core.Identity.Confirmations;

/// <summary>The payment is large or the first to its payee, and this very payment has not been confirmed in this session.</summary>
/// <param name="Payment">What has to be confirmed.</param>
/// <param name="IsTooOld">Whether it was confirmed, too long ago.</param>
public sealed record PaymentNotConfirmedError(PaymentToConfirm Payment, bool IsTooOld = false)
    : Error(IsTooOld
        ? "Too much time has passed since you confirmed this payment. Please confirm it again."
        : "Please confirm this payment first. A code you gave for another amount or payee does not count for it.");

/// <summary>The confirmation is over, was given already, or is not this session's.</summary>
public sealed record ConfirmationClosedError()
    : Error("This payment no longer waits to be confirmed. Go back to it and start again; nothing has been paid.");
