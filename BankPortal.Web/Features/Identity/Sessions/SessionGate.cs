using System.Collections.Concurrent;
using BankPortal.Infrastructure.Identity.Sessions;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Says whether a session is alive, its owner's credentials unchanged, and which roles the owner has, from the store, remembered for
/// <see cref="SessionOptions.ActorFreshness"/> so that a page with many commands asks once. A session ended through
/// this node is forgotten at once.
/// </summary>
internal sealed class SessionGate : IDisposable
{
    // All entries are dropped and read anew when there are this many, so that memory stays bounded.
    private const int Crowded = 4096;

    private readonly ISessionRegistry _registry;
    private readonly ISessionWatchStore _store;
    private readonly SessionMonitor _monitor;
    private readonly SessionOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    public SessionGate(
        ISessionRegistry registry, ISessionWatchStore store, SessionMonitor monitor, IOptions<SessionOptions> options, TimeProvider time)
    {
        _registry = registry;
        _store = store;
        _monitor = monitor;
        _options = options.Value;
        _time = time;
        _registry.SessionEnded += OnSessionEnded;
        _registry.SessionRenewed += OnSessionRenewed;
    }

    /// <summary>The session if it lives, or why it does not.</summary>
    public async Task<(UserSession? Session, SessionEndReason? Over)> CheckAsync(SessionHandle handle, CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        if (
            _known.TryGetValue(handle.SessionId, out var known)
            && now - known.At < _options.ActorFreshness
            && !Expired(known.Session, now, out _)
        )
        {
            return (known.Session, null);
        }

        if (_known.Count > Crowded)
        {
            _known.Clear();
        }

        var reading = _store.FindManyAsync([(handle.UserId, handle.SessionId)], ct);
        var owner = (await _store.FindOwnersAsync([handle.UserId], ct)).GetValueOrDefault(handle.UserId);
        var session = (await reading).GetValueOrDefault(handle.SessionId);
        if (session is null)
        {
            return (null, SessionEndReason.Ended);
        }

        if (!string.Equals(session.SecurityStamp, owner?.SecurityStamp, StringComparison.Ordinal))
        {
            return (null, SessionEndReason.SecurityChanged);
        }

        session = session with { OwnerRoles = owner?.Roles ?? [] };

        if (Expired(session, now, out var reason))
        {
            return (null, reason);
        }

        _known[handle.SessionId] = new Entry(session, now);
        return (session, null);
    }

    /// <summary>When the session ends if nothing happens.</summary>
    public DateTimeOffset EndOf(UserSession session) => StandingOf(session, _time.GetUtcNow()).EndsAt;

    /// <summary>Reads the session anew next time: something about it was just changed.</summary>
    public void Forget(string sessionId) => _known.TryRemove(sessionId, out _);

    /// <inheritdoc/>
    public void Dispose()
    {
        _registry.SessionEnded -= OnSessionEnded;
        _registry.SessionRenewed -= OnSessionRenewed;
    }

    private void OnSessionRenewed(object? sender, SessionRenewedEventArgs renewed) => Forget(renewed.SessionId);

    private void OnSessionEnded(object? sender, SessionEndedEventArgs ended) => Forget(ended.SessionId);

    private bool Expired(UserSession session, DateTimeOffset now, out SessionEndReason reason)
    {
        var standing = StandingOf(session, now);
        reason = standing.Phase == SessionPhase.AbsoluteExpired ? SessionEndReason.TooLong : SessionEndReason.Idle;
        return standing.IsOver;
    }

    private SessionStanding StandingOf(UserSession session, DateTimeOffset now)
    {
        var lastActive = _monitor.LastActiveOf(session.SessionId) is { } here && here > session.LastSeenAt ? here : session.LastSeenAt;
        return SessionStanding.Of(new SessionTimes(session.IdleTimeout, session.ExpiresAt, TimeSpan.Zero, TimeSpan.Zero), lastActive, now);
    }

    private sealed record Entry(UserSession Session, DateTimeOffset At);
}
