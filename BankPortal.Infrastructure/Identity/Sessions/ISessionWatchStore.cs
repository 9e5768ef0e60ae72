namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>
/// What a node needs to look after many open sessions at once: a few batched, keyed reads for all of them instead of a
/// read for each. Implemented beside <see cref="ISessionRegistry"/>, on the same rows.
/// </summary>
public interface ISessionWatchStore
{
    /// <summary>
    /// The sessions that have not been ended, by session id; ended ones are left out, idle ones are not (the caller may
    /// know of activity that is not stored yet). Strongly consistent; a hundred sessions a round trip.
    /// </summary>
    Task<IReadOnlyDictionary<string, UserSession>> FindManyAsync(
        IReadOnlyCollection<(string UserId, string SessionId)> sessions, CancellationToken ct = default);

    /// <summary>
    /// Stores that the person was last active at <paramref name="at"/>. Never moves the time back, never brings an ended
    /// session back.
    /// </summary>
    Task StoreActivityAsync(string userId, string sessionId, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>The security stamps of users; unknown ones are left out. Strongly consistent; a hundred users a round trip.</summary>
    Task<IReadOnlyDictionary<string, string>> FindSecurityStampsAsync(IReadOnlyCollection<string> userIds, CancellationToken ct = default);
}
