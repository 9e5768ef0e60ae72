using BankPortal.Core.Audit;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// One attempt at a password or code, counted before the secret is compared. Because of that order, of a thousand parallel
/// guesses only five are compared. Those beyond the limit are refused without a comparison.
/// </summary>
/// <param name="RowId">The id of the row the attempt was counted on.</param>
/// <param name="IsAllowed">Whether the secret may be compared; <see langword="false"/> during a lockout.</param>
/// <param name="Count">The number of attempts counted so far, this one included; 0 when nothing was counted.</param>
/// <param name="Lock">The lockout that this attempt started because it reached the limit; removed again if the attempt succeeds.</param>
/// <param name="LockedUntil">For a refused attempt, when the lockout ends.</param>
internal sealed record SignInAttempt(
    string RowId, bool IsAllowed, int Count = 0, DateTimeOffset? Lock = null, DateTimeOffset? LockedUntil = null)
{
    /// <summary>Creates an attempt that is not counted.</summary>
    internal static SignInAttempt Uncounted(string rowId) => new(rowId, true);
}

/// <summary>The outcome of an attempt at a password or code.</summary>
internal enum AttemptOutcome
{
    /// <summary>The password or code was right.</summary>
    Right,

    /// <summary>The password or code was wrong; the attempt is counted.</summary>
    Wrong,

    /// <summary>The user is locked out, by this attempt or an earlier one.</summary>
    Locked,
}

/// <summary>How attempts are recorded.</summary>
internal static class AttemptOutcomes
{
    /// <summary>Returns the outcome as a security event has it.</summary>
    internal static SecurityEventOutcome ToSecurityOutcome(this AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Right => SecurityEventOutcome.Succeeded,
        AttemptOutcome.Locked => SecurityEventOutcome.Locked,
        _ => SecurityEventOutcome.Failed,
    };
}
