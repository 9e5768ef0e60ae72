namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>A session as shown to its owner.</summary>
/// <param name="UserId">The user id of the owner.</param>
/// <param name="SessionId">The session's public id, equal to the claim <see cref="BankClaims.SessionId"/>.</param>
/// <param name="Device">The browser and system in a few words, such as "Chrome on Windows".</param>
/// <param name="Address">The network address the session was started from, if known.</param>
/// <param name="CreatedAt">When the person signed in.</param>
/// <param name="LastSeenAt">When the session was last used, accurate to <see cref="SessionOptions.TouchInterval"/>.</param>
/// <param name="ExpiresAt">The absolute limit: when the session ends whatever the person does.</param>
/// <param name="IdleTimeout">The idle limit: the longest time between two actions.</param>
/// <param name="SecondFactorAt">When a second factor was last verified in this session, if ever.</param>
/// <param name="SecurityStamp">
/// The owner's security stamp when the ticket was stored or last renewed. When the user has another stamp, credentials have changed since
/// and the session is invalid.
/// </param>
/// <param name="KeyNumber">How often the session's key was renewed; a principal with another number came with an old key.</param>
public sealed record UserSession(
    string UserId,
    string SessionId,
    string Device,
    string? Address,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset ExpiresAt,
    TimeSpan IdleTimeout,
    DateTimeOffset? SecondFactorAt,
    string? SecurityStamp,
    long KeyNumber = 0)
{
    /// <summary>
    /// The kind of second factor that was last verified in this session, one of the values of <see cref="BankClaims.Factor"/>;
    /// <see langword="null"/> when there was none, or when an earlier version of the portal verified it.
    /// </summary>
    public string? Factor { get; init; }

    /// <summary>The roles of the owner, for a session that was checked together with its owner; otherwise empty.</summary>
    public ImmutableHashSet<string> OwnerRoles { get; init; } = [];
}
