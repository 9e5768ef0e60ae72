namespace BankPortal.Core.Identity;

/// <summary>Somewhere a person is signed in.</summary>
/// <param name="Id">The session's public id.</param>
/// <param name="Device">Browser and system in a few words.</param>
/// <param name="Address">The network address it was begun from, if known.</param>
/// <param name="StartedAt">When the person signed in.</param>
/// <param name="LastSeenAt">When it was last used.</param>
/// <param name="SecondFactorAt">When a second factor was last given in it, if ever.</param>
public sealed record CustomerSession(
    string Id, string Device, string? Address, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset? SecondFactorAt);
