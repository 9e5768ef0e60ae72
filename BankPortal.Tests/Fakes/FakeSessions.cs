namespace BankPortal.Tests.Fakes;

/// <summary>Sessions and security stamps in memory, as the registry keeps them in the database.</summary>
internal sealed class FakeSessions(TimeProvider time) : ISessionRegistry, ISessionWatchStore
{
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(2);

    public event EventHandler<SessionEndedEventArgs>? SessionEnded;

    public event EventHandler<SessionRenewedEventArgs>? SessionRenewed;

    public ConcurrentDictionary<string, UserSession> Rows { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, string> Stamps { get; } = new(StringComparer.Ordinal);

    /// <summary>The roles of users now. Whoever is missing is a customer.</summary>
    public ConcurrentDictionary<string, ImmutableHashSet<string>> Roles { get; } = new(StringComparer.Ordinal);

    public List<(string SessionId, SessionEndReason Reason)> Ended { get; } = [];

    /// <summary>How many batched reads of sessions were made.</summary>
    public int Reads { get; private set; }

    /// <summary>How many batched reads of owners were made.</summary>
    public int OwnerReads { get; private set; }

    /// <summary>Makes every call fail, as if the database were away.</summary>
    public bool Away { get; set; }

    public UserSession Add(string sessionId, string userId = "u1", DateTimeOffset? secondFactorAt = null)
    {
        var now = time.GetUtcNow();
        Stamps.TryAdd(userId, "stamp-1");
        return Rows[sessionId] = new UserSession(
            userId, sessionId, "Firefox on Linux", "192.0.2.1", now, now, now + Lifetime, Idle, secondFactorAt, Stamps[userId]);
    }

    /// <summary>As if another node had ended it: no event here.</summary>
    public void EndElsewhere(string sessionId) => Rows.TryRemove(sessionId, out _);

    /// <summary>The session gets a new key, here or as if on another node (no event).</summary>
    public long Renew(string sessionId, bool elsewhere = false)
    {
        var row = Rows[sessionId] = Rows[sessionId] with { KeyNumber = Rows[sessionId].KeyNumber + 1 };
        if (!elsewhere)
        {
            SessionRenewed?.Invoke(this, new SessionRenewedEventArgs(sessionId, row.KeyNumber));
        }

        return row.KeyNumber;
    }

    /// <summary>As if another node had stored activity.</summary>
    public void ActiveElsewhere(string sessionId) => Rows[sessionId] = Rows[sessionId] with { LastSeenAt = time.GetUtcNow() };

    public Task<IReadOnlyList<UserSession>> ListAsync(string userId, CancellationToken ct = default) =>
        Answer<IReadOnlyList<UserSession>>(() =>
            [.. Rows.Values.Where(row => row.UserId == userId).OrderByDescending(row => row.LastSeenAt)]
        );

    public Task<UserSession?> FindAsync(string userId, string sessionId, CancellationToken ct = default) =>
        Answer(() => Rows.TryGetValue(sessionId, out var row) && row.UserId == userId ? row : null);

    public Task<bool> IsAliveAsync(string userId, string sessionId, CancellationToken ct = default) =>
        Answer(() => Rows.TryGetValue(sessionId, out var row) && row.UserId == userId);

    public Task TouchAsync(string userId, string sessionId, CancellationToken ct = default) =>
        StoreActivityAsync(userId, sessionId, time.GetUtcNow(), ct);

    public Task RecordSecondFactorAsync(string userId, string sessionId, CancellationToken ct = default) =>
        Answer(() => Rows[sessionId] = Rows[sessionId] with { SecondFactorAt = time.GetUtcNow() });

    public Task<bool> EndAsync(
        string userId,
        string sessionId,
        SessionEndReason reason = SessionEndReason.Ended,
        CancellationToken ct = default
    ) => Answer(() => End(userId, sessionId, reason));

    public Task<int> EndOthersAsync(
        string userId, string keepSessionId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default) =>
        Answer(() => Rows.Values.Where(row => row.UserId == userId && row.SessionId != keepSessionId).ToList()
            .Count(row => End(userId, row.SessionId, reason)));

    public Task<int> EndAllAsync(string userId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default) =>
        EndOthersAsync(userId, "", reason, ct);

    public Task<IReadOnlyDictionary<string, UserSession>> FindManyAsync(
        IReadOnlyCollection<(string UserId, string SessionId)> sessions, CancellationToken ct = default) =>
        Answer<IReadOnlyDictionary<string, UserSession>>(() =>
        {
            Reads++;
            return sessions.Where(key => Rows.TryGetValue(key.SessionId, out var row) && row.UserId == key.UserId)
                .ToDictionary(key => key.SessionId, key => Rows[key.SessionId], StringComparer.Ordinal);
        });

    public Task StoreActivityAsync(string userId, string sessionId, DateTimeOffset at, CancellationToken ct = default) =>
        Answer(() =>
        {
            if (Rows.TryGetValue(sessionId, out var row) && at > row.LastSeenAt)
            {
                Rows[sessionId] = row with { LastSeenAt = at };
            }

            return true;
        });

    public Task<IReadOnlyDictionary<string, SessionOwner>> FindOwnersAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default) =>
        Answer<IReadOnlyDictionary<string, SessionOwner>>(() =>
        {
            OwnerReads++;
            return userIds.Where(Stamps.ContainsKey).ToDictionary(
                id => id, id => new SessionOwner(Stamps[id], Roles.GetValueOrDefault(id, [BankRoles.Customer])), StringComparer.Ordinal);
        });

    public Task<IReadOnlyDictionary<string, string>> FindSecurityStampsAsync(
        IReadOnlyCollection<string> userIds,
        CancellationToken ct = default
    ) =>
        Answer<IReadOnlyDictionary<string, string>>(() =>
            userIds.Where(Stamps.ContainsKey).ToDictionary(id => id, id => Stamps[id], StringComparer.Ordinal));

    private bool End(string userId, string sessionId, SessionEndReason reason)
    {
        if (!Rows.TryGetValue(sessionId, out var row) || row.UserId != userId || !Rows.TryRemove(sessionId, out _))
        {
            return false;
        }

        Ended.Add((sessionId, reason));
        SessionEnded?.Invoke(this, new SessionEndedEventArgs(userId, sessionId, reason));
        return true;
    }

    private Task<T> Answer<T>(Func<T> answer) =>
        Away ? Task.FromException<T>(new TimeoutException("The store is away.")) : Task.FromResult(answer());
}
