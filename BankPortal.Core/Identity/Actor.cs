namespace BankPortal.Core.Identity;

/// <summary>
/// The person on whose behalf a command runs, as verified on the server from the session. Every command takes an actor and authorises by
/// it; an id in a URL or form proves nothing. Immutable.
/// </summary>
/// <param name="UserId">The person's user id, or <see cref="SystemUserId"/> for the bank itself.</param>
/// <param name="Roles">The roles of <see cref="BankRoles"/> the person has.</param>
/// <param name="SessionId">The session, for the audit trail; <see langword="null"/> for the bank itself.</param>
/// <param name="SecondFactorAt">When the second factor was last verified in this session, if ever.</param>
public sealed record Actor(
    string UserId,
    ImmutableHashSet<string> Roles,
    string? SessionId = null,
    DateTimeOffset? SecondFactorAt = null)
{
    /// <summary>The user id of the bank itself: imports, scheduled jobs, demonstrations.</summary>
    public const string SystemUserId = "system";

    /// <summary>The bank itself. Never created from network input.</summary>
    public static Actor System { get; } = new(SystemUserId, []);

    /// <summary>Whether this is the bank itself.</summary>
    public bool IsSystem => ReferenceEquals(this, System);

    /// <summary>Whether the actor works for the bank.</summary>
    public bool IsStaff => Roles.Overlaps(BankRoles.Staff);

    /// <summary>Whether the actor has the role.</summary>
    public bool Is(string role) => Roles.Contains(role);

    /// <summary>Creates a customer, mainly for tests and imports.</summary>
    public static Actor Customer(string userId) => new(userId, [BankRoles.Customer]);
}
