using BankPortal.Infrastructure.Identity.Sessions;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>A session with open tabs on this node. Guarded by its own lock; watchers are called outside it.</summary>
internal sealed class WatchedSession(
    SessionHandle handle, SessionTimes times, UserSession session, ImmutableHashSet<string> roles)
{
    private readonly Lock _gate = new();
    private readonly List<ISessionWatcher> _watchers = [];
    private DateTimeOffset _lastActiveAt = session.LastSeenAt;
    private DateTimeOffset _storedActiveAt = session.LastSeenAt;
    private string? _stamp = session.SecurityStamp;
    private long _keyNumber = session.KeyNumber;
    private string? _doubted;
    private SessionPhase _told = SessionPhase.Active;
    private SessionEndReason? _over;

    public SessionHandle Handle => handle;

    /// <summary>The roles of staff that the person signed in with.</summary>
    public ImmutableHashSet<string> StaffRoles { get; } = roles.Intersect(BankRoles.Staff);

    public SessionEndReason? Over
    {
        get
        {
            lock (_gate)
            {
                return _over;
            }
        }
    }

    public DateTimeOffset LastActiveAt
    {
        get
        {
            lock (_gate)
            {
                return _lastActiveAt;
            }
        }
    }

    public SessionStanding StandingAt(DateTimeOffset now)
    {
        lock (_gate)
        {
            return SessionStanding.Of(times, _lastActiveAt, now);
        }
    }

    /// <summary>
    /// Works out the state of the session and whether its tabs need to know: when the phase has changed since they were last
    /// notified, and each time while the idle countdown runs.
    /// </summary>
    public bool ShouldTell(DateTimeOffset now, out SessionStanding standing)
    {
        lock (_gate)
        {
            standing = SessionStanding.Of(times, _lastActiveAt, now);
            var tell = _over is null && !standing.IsOver && (standing.Phase != _told || standing.Phase == SessionPhase.IdleWarning);
            if (tell)
            {
                _told = standing.Phase;
            }

            return tell;
        }
    }

    /// <summary>Moves the last activity forward, never back, and never out of a life that has ended.</summary>
    public void Active(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (at > _lastActiveAt && !SessionStanding.Of(times, _lastActiveAt, at).IsOver)
            {
                _lastActiveAt = at;
            }
        }
    }

    /// <summary>Takes note of a key; <see langword="false"/> when it is known already.</summary>
    public bool IsNewKey(long keyNumber)
    {
        lock (_gate)
        {
            var isNew = keyNumber > _keyNumber;
            _keyNumber = isNew ? keyNumber : _keyNumber;
            return isNew;
        }
    }

    /// <summary>What the store knows; may come from another node.</summary>
    public void Stored(UserSession row)
    {
        lock (_gate)
        {
            _stamp = row.SecurityStamp;
        }

        StoredActive(row.LastSeenAt);
    }

    /// <summary>The store knows of activity at that time.</summary>
    public void StoredActive(DateTimeOffset at)
    {
        lock (_gate)
        {
            _storedActiveAt = at > _storedActiveAt ? at : _storedActiveAt;
            _lastActiveAt = at > _lastActiveAt ? at : _lastActiveAt;
        }
    }

    /// <summary>
    /// Whether the owner's credentials have changed since this session was signed in or refreshed. A change counts when
    /// it is seen twice: changing a password writes the user first and refreshes the session a moment later.
    /// </summary>
    public bool IsOutdated(string? currentStamp)
    {
        lock (_gate)
        {
            if (currentStamp is not null && string.Equals(currentStamp, _stamp, StringComparison.Ordinal))
            {
                _doubted = null;
                return false;
            }

            var seenBefore = string.Equals(_doubted, currentStamp ?? "", StringComparison.Ordinal);
            _doubted = currentStamp ?? "";
            return seenBefore;
        }
    }

    /// <summary>
    /// The last activity if it is time to store it: during constant use every <paramref name="every"/>, and when the person
    /// has paused for <paramref name="rest"/>, so that other nodes always know the last activity.
    /// </summary>
    public DateTimeOffset? DueToStore(DateTimeOffset now, TimeSpan every, TimeSpan rest)
    {
        lock (_gate)
        {
            var isNew = _over is null && _lastActiveAt > _storedActiveAt;
            return isNew && (_lastActiveAt - _storedActiveAt >= every || now - _lastActiveAt >= rest) ? _lastActiveAt : null;
        }
    }

    /// <summary>Adds a watcher; <see langword="false"/> when the session is over.</summary>
    public bool Add(ISessionWatcher watcher)
    {
        lock (_gate)
        {
            if (_over is not null)
            {
                return false;
            }

            _watchers.Add(watcher);
            return true;
        }
    }

    /// <summary>Removes a watcher and returns how many are left.</summary>
    public int Remove(ISessionWatcher watcher)
    {
        lock (_gate)
        {
            _watchers.Remove(watcher);
            return _watchers.Count;
        }
    }

    public IReadOnlyList<ISessionWatcher> Watchers()
    {
        lock (_gate)
        {
            return [.. _watchers];
        }
    }

    /// <summary>Marks the session as over; <see langword="false"/> when it already was.</summary>
    public bool TryEnd(SessionEndReason reason)
    {
        lock (_gate)
        {
            if (_over is not null)
            {
                return false;
            }

            _over = reason;
            return true;
        }
    }
}
