namespace BankPortal.Core.Administration.Users;

/// <summary>A person who can sign in, as administrators see them. No secrets.</summary>
/// <param name="Id">The user id.</param>
/// <param name="Name">The full name.</param>
/// <param name="Email">The e-mail address, if there is one.</param>
/// <param name="Roles">All roles, as stored.</param>
/// <param name="CreatedAt">When the person registered, was imported or invited.</param>
public sealed record PortalUser(string Id, string Name, string? Email, ImmutableSortedSet<string> Roles, DateTimeOffset CreatedAt)
{
    /// <summary>Whether the e-mail address is confirmed.</summary>
    public bool IsEmailConfirmed { get; init; }

    /// <summary>Whether there is a password; imported and invited people have none until they choose one.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Whether signing in needs a code of an authenticator app.</summary>
    public bool HasAuthenticator { get; init; }

    /// <summary>How many passkeys the person has.</summary>
    public int Passkeys { get; init; }

    /// <summary>Wrong attempts since the last right one.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>When the lockout after failed attempts ends; <see langword="null"/> when there is none now.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>When the bank blocked signing in; <see langword="null"/> when it is not blocked.</summary>
    public DateTimeOffset? BlockedAt { get; init; }

    /// <summary>Whether the person works for the bank.</summary>
    public bool IsStaff => Roles.Overlaps(BankRoles.Staff);

    /// <summary>Whether the password alone does not sign in.</summary>
    public bool HasSecondFactor => HasAuthenticator || Passkeys > 0;
}

/// <summary>A page of users.</summary>
/// <param name="Users">The users.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> when this is the last.</param>
public sealed record UserPage(ImmutableArray<PortalUser> Users, string? Next);
