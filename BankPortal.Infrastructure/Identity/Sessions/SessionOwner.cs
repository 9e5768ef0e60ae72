namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>What the store says of the owner of a session: decides whether the session is valid, and what its owner may do.</summary>
/// <param name="SecurityStamp">The current security stamp; <see langword="null"/> when there is none.</param>
/// <param name="Roles">The roles the user has now.</param>
public sealed record SessionOwner(string? SecurityStamp, ImmutableHashSet<string> Roles);
