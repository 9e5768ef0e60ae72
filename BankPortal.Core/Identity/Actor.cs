namespace BankPortal.Core.Identity;

/// <summary>
/// Who asks for something: the person behind a session, as checked on the server a moment ago. Every command takes one
/// and decides by it; an identifier in an address or a form proves nothing.
/// </summary>
/// <param name="UserId">The person's user id, or <see cref="SystemUserId"/> for the bank itself.</param>
/// <param name="Roles">The roles of <see cref="BankRoles"/> the person has.</param>
/// <param name="SessionId">The session, for the audit trail; <see langword="null"/> for the bank itself.</param>
/// <param name="SecondFactorAt">When the second factor was last proven in this session, if ever.</param>
public sealed record Actor(
    string UserId,
    ImmutableHashSet<string> Roles,
    string? SessionId = null,
    DateTimeOffset? SecondFactorAt = null)
{
    /// <summary>The user id of the bank itself: imports, schedules, demonstrations.</summary>
    public const string SystemUserId = "system";

    /// <summary>The bank itself. Never made from anything that came over the network.</summary>
    public static Actor System { get; } = new(SystemUserId, []);

    /// <summary>Whether this is the bank itself.</summary>
    public bool IsSystem => ReferenceEquals(this, System);

    /// <summary>Whether the actor works for the bank.</summary>
    public bool IsStaff => Roles.Overlaps(BankRoles.Staff);

    /// <summary>Whether the actor has the role.</summary>
    public bool Is(string role) => Roles.Contains(role);

    /// <summary>A customer, mainly for tests and imports.</summary>
    public static Actor Customer(string userId) => new(userId, [BankRoles.Customer]);
}
