namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>Lists and ends the sessions stored on the server. Implementations are thread-safe.</summary>
public interface ISessionRegistry
{
    /// <summary>
    /// Raised on this node after a session was ended through this node and the end is stored. Handlers must be quick and must not throw.
    /// For sessions ended elsewhere or by time, call <see cref="IsAliveAsync"/>.
    /// </summary>
    event EventHandler<SessionEndedEventArgs>? SessionEnded;

    /// <summary>
    /// Raised on this node after a session got a new key through this node. Handlers must be quick and must not throw. For keys renewed
    /// elsewhere, compare <see cref="UserSession.KeyNumber"/>.
    /// </summary>
    event EventHandler<SessionRenewedEventArgs>? SessionRenewed;

    /// <summary>Reads the user's live sessions, most recently used first. Strongly consistent.</summary>
    Task<IReadOnlyList<UserSession>> ListAsync(string userId, CancellationToken ct = default);

    /// <summary>Reads a session; <see langword="null"/> when it has ended. One strongly consistent read.</summary>
    Task<UserSession?> FindAsync(string userId, string sessionId, CancellationToken ct = default);

    /// <summary>Returns whether the session exists and is within its idle and absolute limits. One cheap, strongly consistent
    /// read.</summary>
    Task<bool> IsAliveAsync(string userId, string sessionId, CancellationToken ct = default);

    /// <summary>
    /// Records that the person did something. May be called as often as needed: it writes at most once per
    /// <see cref="SessionOptions.TouchInterval"/> and never revives an ended session.
    /// </summary>
    Task TouchAsync(string userId, string sessionId, CancellationToken ct = default);

    /// <summary>Records that the person just verified a second factor in this session.</summary>
    Task RecordSecondFactorAsync(string userId, string sessionId, CancellationToken ct = default);

    /// <summary>Ends a session.</summary>
    /// <returns><see langword="false"/> when there was none.</returns>
    Task<bool> EndAsync(string userId, string sessionId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default);

    /// <summary>Ends all sessions of the user except one.</summary>
    /// <returns>The number of sessions ended.</returns>
    Task<int> EndOthersAsync(
        string userId, string keepSessionId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default);

    /// <summary>Ends all sessions of the user.</summary>
    /// <returns>The number of sessions ended.</returns>
    Task<int> EndAllAsync(string userId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default);
}
