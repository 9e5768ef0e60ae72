namespace BankPortal.Core.Identity;

/// <summary>One session of a person.</summary>
/// <param name="Id">The session's public id.</param>
/// <param name="Device">Browser and operating system in a few words.</param>
/// <param name="Address">The network address it was started from, if known.</param>
/// <param name="StartedAt">When the person signed in.</param>
/// <param name="LastSeenAt">When the session was last used.</param>
/// <param name="SecondFactorAt">When the second factor was last verified in the session, if ever.</param>
public sealed record CustomerSession(
    string Id, string Device, string? Address, DateTimeOffset StartedAt, DateTimeOffset LastSeenAt, DateTimeOffset? SecondFactorAt);
