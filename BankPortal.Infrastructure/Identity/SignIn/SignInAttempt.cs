namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// One attempt at a password or code, counted before the secret is looked at. Counting first is what makes a thousand parallel
/// guesses worth no more than five: those beyond the limit are refused without being compared.
/// </summary>
/// <param name="RowId">The row the attempt was counted on.</param>
/// <param name="IsAllowed">Whether the secret may be compared. False while locked.</param>
/// <param name="Count">The attempts counted so far, this one included; 0 when nothing was counted.</param>
/// <param name="Lock">The lock this attempt set because it was the last one allowed; lifted again if it succeeds.</param>
/// <param name="LockedUntil">For a refused attempt, until when the row is locked.</param>
internal sealed record SignInAttempt(
    string RowId, bool IsAllowed, int Count = 0, DateTimeOffset? Lock = null, DateTimeOffset? LockedUntil = null)
{
    /// <summary>An attempt that needs no counting.</summary>
    internal static SignInAttempt Uncounted(string rowId) => new(rowId, true);
}

/// <summary>What became of an attempt at a password or code.</summary>
internal enum AttemptOutcome
{
    /// <summary>It was right.</summary>
    Right,

    /// <summary>It was wrong, and counted.</summary>
    Wrong,

    /// <summary>The user is locked, by this attempt or before it.</summary>
    Locked,
}
