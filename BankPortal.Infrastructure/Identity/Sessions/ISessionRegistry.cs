namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>The sessions kept on the server: list them, end them, learn of their end.</summary>
public interface ISessionRegistry
{
    /// <summary>
    /// Raised on this node when a session is ended through this node, once the end is stored. Handlers must be quick and must
    /// not throw. Sessions ended elsewhere, or by time, are noticed by <see cref="IsAliveAsync"/>.
    /// </summary>
    event EventHandler<SessionEndedEventArgs>? SessionEnded;

    /// <summary>The user's sessions that are alive, the most recently used first. Strongly consistent.</summary>
    Task<IReadOnlyList<UserSession>> ListAsync(string userId, CancellationToken ct = default);

    /// <summary>The session, or null when it ended. One strongly consistent read.</summary>
    Task<UserSession?> FindAsync(string userId, string sessionId, CancellationToken ct = default);

    /// <summary>Whether the session exists and neither its idle nor its absolute limit has passed. One cheap, strongly consistent read.</summary>
    Task<bool> IsAliveAsync(string userId, string sessionId, CancellationToken ct = default);

    /// <summary>
    /// Notes that the person did something. Call it as often as you like: it writes at most once per
    /// <see cref="SessionOptions.TouchInterval"/>, and never brings an ended session back.
    /// </summary>
    Task TouchAsync(string userId, string sessionId, CancellationToken ct = default);

    /// <summary>Notes that the person just gave a second factor in this session.</summary>
    Task RecordSecondFactorAsync(string userId, string sessionId, CancellationToken ct = default);

    /// <summary>Ends a session. False when there was none.</summary>
    Task<bool> EndAsync(string userId, string sessionId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default);

    /// <summary>Ends all sessions of the user but one, and tells how many.</summary>
    Task<int> EndOthersAsync(string userId, string keepSessionId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default);

    /// <summary>Ends all sessions of the user, and tells how many.</summary>
    Task<int> EndAllAsync(string userId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default);
}
