using BankPortal.Infrastructure.Identity.Sessions;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Monitors the sessions that have open tabs on this node. One loop serves them all: it checks the idle and the absolute
/// time limit, and every few seconds reads the sessions in one batch to learn of changes on other nodes. Tabs are notified
/// of changes on this node at once. The last activity is kept in memory, shared by all tabs of a session, and written to the
/// store at intervals.
/// </summary>
internal sealed partial class SessionMonitor : BackgroundService
{
    // Writes at the same time: keeps the activity of many sessions from using all connections to the database.
    private const int Writers = 8;

    private readonly ISessionRegistry _registry;
    private readonly ISessionWatchStore _store;
    private readonly SessionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionMonitor> _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, WatchedSession> _watched = new(StringComparer.Ordinal);
    private DateTimeOffset _nextPoll;
    private DateTimeOffset _nextStampPoll;

    public SessionMonitor(
        ISessionRegistry registry,
        ISessionWatchStore store,
        IOptions<SessionOptions> options,
        TimeProvider time,
        ILogger<SessionMonitor> logger
    )
    {
        _registry = registry;
        _store = store;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _registry.SessionEnded += OnSessionEnded;
        _registry.SessionRenewed += OnSessionRenewed;
    }

    /// <summary>How many sessions have open tabs here.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _watched.Count;
            }
        }
    }

    /// <summary>
    /// Watches a session for one tab until the result is disposed. A session that is already over is reported to the
    /// watcher before this returns.
    /// </summary>
    /// <param name="handle">The session.</param>
    /// <param name="session">The session as it was read a moment ago.</param>
    /// <param name="watcher">The tab.</param>
    /// <param name="roles">The roles the person signed in with. The tabs of staff are over when one of them is taken away.</param>
    public IDisposable Watch(
        SessionHandle handle, UserSession session, ISessionWatcher watcher, ImmutableHashSet<string>? roles = null)
    {
        WatchedSession? watched;
        bool added;
        lock (_gate)
        {
            if (!_watched.TryGetValue(handle.SessionId, out watched))
            {
                var times = new SessionTimes(session.IdleTimeout, session.ExpiresAt, _options.IdleWarning, _options.EndWarning);
                watched = new WatchedSession(handle, times, session, roles ?? []);
                _watched.Add(handle.SessionId, watched);
            }

            added = watched.Add(watcher);
        }

        watched.Stored(session);
        if (!added)
        {
            watcher.OnOver(watched.Over ?? SessionEndReason.Ended);
        }

        return new Watching(this, watched, watcher);
    }

    /// <summary>The session's standing by what this node knows; <see langword="null"/> when it has no open tab here.</summary>
    public SessionStanding? StandingOf(string sessionId) => Find(sessionId)?.StandingAt(_time.GetUtcNow());

    /// <summary>The last activity this node knows of; <see langword="null"/> when the session has no open tab here.</summary>
    public DateTimeOffset? LastActiveOf(string sessionId) => Find(sessionId)?.LastActiveAt;

    /// <summary>Records activity of the person in one of the session's tabs on this node.</summary>
    public void Active(string sessionId)
    {
        if (Find(sessionId) is not { } watched)
        {
            return;
        }

        var now = _time.GetUtcNow();
        watched.Active(now);
        TellStanding(watched, now);
    }

    /// <summary>Ends a session on this node and notifies its tabs.</summary>
    public void End(string sessionId, SessionEndReason reason)
    {
        if (Find(sessionId) is { } watched && watched.TryEnd(reason))
        {
            SessionOver(_logger, sessionId, reason);
            Tell(watched, watcher => watcher.OnOver(reason));
        }
    }

    /// <summary>One round of the monitor. The loop calls it, and so do tests.</summary>
    public async Task TickAsync(CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        var all = Snapshot();
        if (all.Count == 0)
        {
            return;
        }

        // The time limits come first: they must hold even when the store does not answer.
        foreach (var watched in all)
        {
            await LookAtClockAsync(watched, now, ct);
        }

        if (now >= _nextPoll)
        {
            _nextPoll = now + _options.Poll;
            await PollAsync(all, now, ct);
        }

        if (now >= _nextStampPoll)
        {
            _nextStampPoll = now + _options.StampPoll;
            await PollStampsAsync(all, ct);
        }
    }

    public override void Dispose()
    {
        _registry.SessionEnded -= OnSessionEnded;
        _registry.SessionRenewed -= OnSessionRenewed;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failures = new FailureLog(_logger, _time, "Checking the open sessions failed; it is tried again");
        using var timer = new PeriodicTimer(_options.Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await TickAsync(stoppingToken);
                    failures.Succeeded();
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // The store may be away for a while. Commands are refused meanwhile by their own check of the session,
                    // and the next round asks again.
                    failures.Failed(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal is going down.
        }
    }

    private static (string UserId, string SessionId) KeyOf(WatchedSession watched) => (watched.Handle.UserId, watched.Handle.SessionId);

    private void OnSessionEnded(object? sender, SessionEndedEventArgs ended) => End(ended.SessionId, ended.Reason);

    private void OnSessionRenewed(object? sender, SessionRenewedEventArgs renewed)
    {
        if (Find(renewed.SessionId) is { } watched)
        {
            TellKey(watched, renewed.KeyNumber);
        }
    }

    private WatchedSession? Find(string sessionId)
    {
        lock (_gate)
        {
            return _watched.GetValueOrDefault(sessionId);
        }
    }

    private List<WatchedSession> Snapshot()
    {
        lock (_gate)
        {
            return [.. _watched.Values.Where(watched => watched.Over is null)];
        }
    }

    private async Task LookAtClockAsync(WatchedSession watched, DateTimeOffset now, CancellationToken ct)
    {
        if (watched.Over is not null || !watched.StandingAt(now).IsOver)
        {
            TellStanding(watched, now);
            return;
        }

        // Another node may know of activity since the last poll: ask before ending.
        try
        {
            var rows = await _store.FindManyAsync([KeyOf(watched)], ct);
            if (rows.TryGetValue(watched.Handle.SessionId, out var row))
            {
                watched.Stored(row);
            }
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            EndedWithoutStore(_logger, watched.Handle.SessionId, exception);
        }

        var standing = watched.StandingAt(now);
        if (!standing.IsOver)
        {
            TellStanding(watched, now);
            return;
        }

        // The tabs here come first: they must be notified even when the store does not answer.
        var reason = standing.Phase == SessionPhase.IdleExpired ? SessionEndReason.Idle : SessionEndReason.TooLong;
        End(watched.Handle.SessionId, reason);
        await EndInStoreAsync(watched, reason, ct);
    }

    private async Task EndInStoreAsync(WatchedSession watched, SessionEndReason reason, CancellationToken ct)
    {
        try
        {
            await _registry.EndAsync(watched.Handle.UserId, watched.Handle.SessionId, reason, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // Its limits are stored with it: every reader finds it over all the same.
            EndNotStored(_logger, watched.Handle.SessionId, reason, exception);
        }
    }

    private async Task PollAsync(List<WatchedSession> all, DateTimeOffset now, CancellationToken ct)
    {
        await StoreActivityAsync(all, now, ct);
        var rows = await _store.FindManyAsync([.. all.Select(KeyOf)], ct);
        foreach (var watched in all)
        {
            if (rows.TryGetValue(watched.Handle.SessionId, out var row))
            {
                watched.Stored(row);
                TellKey(watched, row.KeyNumber);
            }
            else
            {
                End(watched.Handle.SessionId, SessionEndReason.Ended);
            }
        }

        await PollRolesAsync(all, ct);
    }

    // Pages of staff show new data without a command, so a role that was taken away by editing the row alone, which leaves the stamp, would
    // keep them open. One read for a hundred members of staff; none for customers.
    private async Task PollRolesAsync(List<WatchedSession> all, CancellationToken ct)
    {
        var staff = all.Where(watched => watched is { Over: null, StaffRoles.Count: > 0 }).ToList();
        if (staff.Count == 0)
        {
            return;
        }

        var owners = await _store.FindOwnersAsync(
            [.. staff.Select(watched => watched.Handle.UserId).Distinct(StringComparer.Ordinal)], ct);
        foreach (var watched in staff)
        {
            if (!watched.StaffRoles.IsSubsetOf(owners.GetValueOrDefault(watched.Handle.UserId)?.Roles ?? []))
            {
                End(watched.Handle.SessionId, SessionEndReason.SecurityChanged);
                await EndInStoreAsync(watched, SessionEndReason.SecurityChanged, ct);
            }
        }
    }

    private Task StoreActivityAsync(List<WatchedSession> all, DateTimeOffset now, CancellationToken ct)
    {
        var due = all.Select(watched => (Watched: watched, At: watched.DueToStore(now, _options.StoreEvery, _options.Poll)))
            .Where(pair => pair.At is not null);
        return Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = ct },
            async (pair, token) =>
            {
                await _store.StoreActivityAsync(pair.Watched.Handle.UserId, pair.Watched.Handle.SessionId, pair.At!.Value, token);
                pair.Watched.StoredActive(pair.At.Value);
            }
        );
    }

    private async Task PollStampsAsync(List<WatchedSession> all, CancellationToken ct)
    {
        var alive = all.Where(watched => watched.Over is null).ToList();
        var stamps = await _store.FindSecurityStampsAsync(
            [.. alive.Select(watched => watched.Handle.UserId).Distinct(StringComparer.Ordinal)],
            ct
        );
        foreach (var watched in alive)
        {
            if (watched.IsOutdated(stamps.GetValueOrDefault(watched.Handle.UserId)))
            {
                End(watched.Handle.SessionId, SessionEndReason.SecurityChanged);
                await EndInStoreAsync(watched, SessionEndReason.SecurityChanged, ct);
            }
        }
    }

    private void TellStanding(WatchedSession watched, DateTimeOffset now)
    {
        if (watched.ShouldTell(now, out var standing))
        {
            Tell(watched, watcher => watcher.OnStanding(standing));
        }
    }

    private void TellKey(WatchedSession watched, long keyNumber)
    {
        if (watched.IsNewKey(keyNumber))
        {
            Tell(watched, watcher => watcher.OnKey(keyNumber));
        }
    }

    private void Tell(WatchedSession watched, Action<ISessionWatcher> tell)
    {
        foreach (var watcher in watched.Watchers())
        {
            try
            {
                tell(watcher);
            }
            catch (Exception exception)
            {
                TabNotTold(_logger, watched.Handle.SessionId, exception);
            }
        }
    }

    private void Unwatch(WatchedSession watched, ISessionWatcher watcher)
    {
        lock (_gate)
        {
            if (watched.Remove(watcher) == 0)
            {
                _watched.Remove(watched.Handle.SessionId);
            }
        }
    }

    private sealed class Watching(SessionMonitor monitor, WatchedSession watched, ISessionWatcher watcher) : IDisposable
    {
        public void Dispose() => monitor.Unwatch(watched, watcher);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} is over ({Reason}); its open tabs are told")]
    private static partial void SessionOver(ILogger logger, string sessionId, SessionEndReason reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session {SessionId} is ended without the store, which does not answer")]
    private static partial void EndedWithoutStore(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Session {SessionId} is over ({Reason}), but the store was not told")]
    private static partial void EndNotStored(ILogger logger, string sessionId, SessionEndReason reason, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An open tab of session {SessionId} could not be told")]
    private static partial void TabNotTold(ILogger logger, string sessionId, Exception exception);
}
