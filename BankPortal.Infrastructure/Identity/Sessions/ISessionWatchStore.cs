namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>
/// Reads many open sessions at once, in a few batched reads instead of one read for each. Works on the same rows as
/// <see cref="ISessionRegistry"/>. Implementations are thread-safe.
/// </summary>
public interface ISessionWatchStore
{
    /// <summary>
    /// Reads the sessions that have not been ended, by session id. Ended sessions are left out; idle ones are not, because the caller may
    /// know of activity that is not stored yet. Strongly consistent; a hundred sessions per round trip.
    /// </summary>
    Task<IReadOnlyDictionary<string, UserSession>> FindManyAsync(
        IReadOnlyCollection<(string UserId, string SessionId)> sessions, CancellationToken ct = default);

    /// <summary>
    /// Stores that the person was last active at <paramref name="at"/>. Never moves the time back and never revives an ended session.
    /// </summary>
    Task StoreActivityAsync(string userId, string sessionId, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Reads the security stamps and the roles of users; unknown users are left out. Strongly consistent; a hundred users per
    /// round trip.</summary>
    Task<IReadOnlyDictionary<string, SessionOwner>> FindOwnersAsync(IReadOnlyCollection<string> userIds, CancellationToken ct = default);

    /// <summary>Reads the security stamps of users; unknown users are left out. Strongly consistent; a hundred users per round
    /// trip.</summary>
    Task<IReadOnlyDictionary<string, string>> FindSecurityStampsAsync(IReadOnlyCollection<string> userIds, CancellationToken ct = default);
}
