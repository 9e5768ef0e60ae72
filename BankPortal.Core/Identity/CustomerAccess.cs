namespace BankPortal.Core.Identity;

/// <summary>The sign-in status of a person, for staff who look after accounts. Contains no secrets and no addresses.</summary>
/// <param name="UserId">The person's user id.</param>
/// <param name="Name">The full name.</param>
/// <param name="IsStaff">Whether the person works for the bank.</param>
/// <param name="RegisteredAt">When the person registered or was imported.</param>
/// <param name="HasPassword">Whether there is a password; imported customers have none until they set one.</param>
/// <param name="HasSecondFactor">Whether signing in needs a second factor.</param>
/// <param name="SecurityChangedAt">When password, e-mail address or second factor last changed, if ever.</param>
/// <param name="LockedUntil">When the lockout after failed sign-in attempts ends, if there is one.</param>
/// <param name="BlockedAt">When the bank blocked signing in, if it did.</param>
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
    /// <summary>Whether the bank has blocked signing in.</summary>
    public bool IsBlocked => BlockedAt is not null;
}
