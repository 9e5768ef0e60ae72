namespace BankPortal.Core.Identity;

/// <summary>How a person stands with signing in, for staff who look after accounts. No secrets, no addresses.</summary>
/// <param name="UserId">The person's user id.</param>
/// <param name="Name">The full name.</param>
/// <param name="IsStaff">Whether the person works for the bank.</param>
/// <param name="RegisteredAt">Since when the person is known.</param>
/// <param name="HasPassword">Whether there is a password; people taken over from other books have none until they set one.</param>
/// <param name="HasSecondFactor">Whether signing in needs a code.</param>
/// <param name="SecurityChangedAt">When password, e-mail address or second factor last changed, if ever.</param>
/// <param name="LockedUntil">Until when wrong tries have locked signing in, if they have.</param>
/// <param name="BlockedAt">Since when the bank lets the person not sign in, if so.</param>
public sealed record CustomerAccess(
    string UserId,
    string Name,
    bool IsStaff,
    DateTimeOffset RegisteredAt,
    bool HasPassword,
    bool HasSecondFactor,
    DateTimeOffset? SecurityChangedAt,
    DateTimeOffset? LockedUntil,
    DateTimeOffset? BlockedAt)
{
    /// <summary>Whether signing in is blocked by the bank.</summary>
    public bool IsBlocked => BlockedAt is not null;
}
