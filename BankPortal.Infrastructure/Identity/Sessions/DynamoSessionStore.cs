using System.Buffers.Text;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit;
using BankPortal.Core.Common.Events;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>
/// Stores sessions on the server. The cookie carries a key: the user id and a random secret; the table has only the hash of the secret, so
/// that neither a copy of the table nor a list of sessions allows anyone to sign in. The hash of the first secret is the public session
/// id. A renewed key also names the session, and only the newest key of a session opens it. A session that is no longer in the table has
/// ended on every node. Thread-safe.
/// </summary>
public sealed partial class DynamoSessionStore : ITicketStore, ISessionRegistry, ISessionWatchStore
{
    private const int SecretBytes = 32;
    private const int LongestKey = 200;
    private const int LongestAddress = 64;
    private const int CachedTouches = 10_000;
    private const string ClientPurpose = "session.client";

    // Cannot occur in a device description or a network address.
    private const char Separator = '\u001f';
    private const int BatchSize = 100;
    private const string Columns =
        "user_id, session_id, client, created_at, last_seen_at, ends_at, idle_ms, second_factor_at, security_stamp, key_number, second_factor";

    private static readonly string StampClaim = new ClaimsIdentityOptions().SecurityStampClaimType;

    private readonly DynamoDatabase _database;
    private readonly UserRows _users;
    private readonly ISignInHistory _history;
    private readonly SecurityEventReporter _events;
    private readonly IFieldProtector _fields;
    private readonly IDataProtector _tickets;
    private readonly IHttpContextAccessor _context;
    private readonly SessionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DynamoSessionStore> _logger;
    private readonly IBankEvents? _bankEvents;

    // When this node last wrote a session's last use. Avoids conditional writes that would be refused.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _touched = new(StringComparer.Ordinal);

    internal DynamoSessionStore(
        DynamoDatabase database,
        UserRows users,
        ISignInHistory history,
        SecurityEventReporter events,
        IFieldProtector fields,
        IDataProtectionProvider protection,
        IHttpContextAccessor context,
        IOptions<SessionOptions> options,
        TimeProvider time,
        ILogger<DynamoSessionStore> logger,
        IBankEvents? bankEvents = null)
    {
        _bankEvents = bankEvents;
        _database = database;
        _users = users;
        _history = history;
        _events = events;
        _fields = fields;
        _tickets = protection.CreateProtector("BankPortal.Session.v2");
        _context = context;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public event EventHandler<SessionEndedEventArgs>? SessionEnded;

    /// <inheritdoc/>
    public event EventHandler<SessionRenewedEventArgs>? SessionRenewed;

    private string Table => _database.TableName(IdentityTables.Sessions);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, CancellationToken.None);

    /// <inheritdoc/>
    public Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) =>
        StoreAsync(ticket, _context.HttpContext, cancellationToken);

    /// <inheritdoc/>
    Task<string> ITicketStore.StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken) =>
        StoreAsync(ticket, httpContext, cancellationToken);

    /// <inheritdoc/>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    /// <summary>Replaces the ticket. Does not extend the session and does not revive an ended one.</summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The ticket belongs to another user.</exception>
    public async Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        if (Parse(key) is not var (userId, sessionId, keyHash))
        {
            return;
        }

        if (!string.Equals(UserIdOf(ticket), userId, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("A session cannot pass from one user to another.");
        }

        AddSessionClaim(ticket.Principal, sessionId);
        var now = _time.GetUtcNow();
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            [":ticket"] = Attr.B(Protect(sessionId, ticket)),
            [":now"] = Attr.Time(now),
        };
        var set = "SET ticket = :ticket";
        if (HasSecondFactor(ticket.Principal))
        {
            set += ", second_factor_at = if_not_exists(second_factor_at, :now)";
        }

        if (ticket.Principal.FindFirstValue(StampClaim) is { Length: > 0 } stamp)
        {
            set += ", security_stamp = :stamp";
            values[":stamp"] = Attr.S(stamp);
        }

        // Not cancelled with the request: a browser that leaves the page must not prevent the renewal, and nothing would catch the
        // exception at the start of a response.
        if (keyHash is not null)
        {
            values[":key"] = Attr.S(keyHash);
        }

        await UpdateAsync(
            userId,
            sessionId,
            set,
            $"attribute_exists(session_id) AND ends_at > :now AND {(keyHash is null ? "attribute_not_exists(key_hash)" : "key_hash = :key")}",
            values,
            CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    /// <summary>Reads the ticket; <see langword="null"/> when the session has ended. A request made by the person counts as
    /// use.</summary>
    /// <inheritdoc/>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken)
    {
        if (Parse(key) is not var (userId, sessionId, keyHash)
            || await GetAsync(userId, sessionId, projection: null, cancellationToken) is not { } item
            || !IsAlive(new ItemReader(item))
            || !string.Equals(new ItemReader(item).StringOrNull("key_hash"), keyHash, StringComparison.Ordinal))
        {
            return null;
        }

        var row = new ItemReader(item);
        AuthenticationTicket? ticket;
        try
        {
            ticket = Unprotect(sessionId, row.Bytes("ticket"));
        }
        catch (CryptographicException exception)
        {
            SessionUnreadable(_logger, userId, exception);
            return null;
        }

        if (ticket is null || !string.Equals(UserIdOf(ticket), userId, StringComparison.Ordinal))
        {
            return null;
        }

        // The row decides when the session ends; a renewal by the cookie handler must not extend it.
        ticket.Properties.ExpiresUtc = row.Time("ends_at");
        AddSessionClaim(ticket.Principal, sessionId);
        SetClaim(ticket.Principal, BankClaims.KeyNumber, (row.LongOrNull("key_number") ?? 0).ToString(CultureInfo.InvariantCulture));
        if (IsActOfThePerson(_context.HttpContext))
        {
            await TouchAsync(userId, sessionId, item, cancellationToken);
        }

        return ticket;
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string key) => RemoveAsync(key, CancellationToken.None);

    /// <inheritdoc/>
    public async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        if (Parse(key) is var (userId, sessionId, _))
        {
            await EndAsync(userId, sessionId, SessionEndReason.SignedOut, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UserSession>> ListAsync(string userId, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        var sessions = new List<UserSession>();
        var request = new QueryRequest
        {
            TableName = Table,
            KeyConditionExpression = "user_id = :user",
            ProjectionExpression = Columns,
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":user"] = Attr.S(userId) },
            ConsistentRead = true,
        };
        do
        {
            var page = await _database.Client.QueryAsync(request, ct);
            sessions.AddRange((page.Items ?? []).Where(item => IsAlive(new ItemReader(item))).Select(Read));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return [.. sessions.OrderByDescending(session => session.LastSeenAt)];
    }

    /// <inheritdoc/>
    public async Task<UserSession?> FindAsync(string userId, string sessionId, CancellationToken ct = default) =>
        await GetAsync(userId, sessionId, Columns, ct) is { } item && IsAlive(new ItemReader(item)) ? Read(item) : null;

    /// <inheritdoc/>
    public async Task<bool> IsAliveAsync(string userId, string sessionId, CancellationToken ct = default) =>
        await GetAsync(userId, sessionId, "last_seen_at, ends_at, idle_ms", ct) is { } item && IsAlive(new ItemReader(item));

    /// <inheritdoc/>
    public Task TouchAsync(string userId, string sessionId, CancellationToken ct = default) =>
        TouchAsync(userId, sessionId, read: null, ct);

    /// <inheritdoc/>
    public async Task StoreActivityAsync(string userId, string sessionId, DateTimeOffset at, CancellationToken ct = default)
    {
        if (await GetAsync(userId, sessionId, "last_seen_at, ends_at, idle_ms", ct) is { } item)
        {
            await WriteActivityAsync(userId, sessionId, new ItemReader(item), at, ct);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, UserSession>> FindManyAsync(
        IReadOnlyCollection<(string UserId, string SessionId)> sessions, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var now = _time.GetUtcNow();
        var found = new Dictionary<string, UserSession>(StringComparer.Ordinal);
        foreach (var chunk in sessions.Distinct().Chunk(BatchSize))
        {
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [Table] = new()
                {
                    Keys = [.. chunk.Select(key => Key(key.UserId, key.SessionId))],
                    ConsistentRead = true,
                    ProjectionExpression = Columns,
                },
            };
            foreach (
                var session in (await Batch.GetAsync(_database.Client, request, ct))[Table].Select(Read).Where(row => now < row.ExpiresAt))
            {
                found[session.SessionId] = session;
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, SessionOwner>> FindOwnersAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        var items = await _users.GetManyAsync(userIds, "user_id, security_stamp, #roles", ct);
        return items.Select(item => new ItemReader(item)).ToDictionary(
            row => row.String("user_id"),
            row => new SessionOwner(row.StringOrNull("security_stamp"), row.Strings("roles").ToImmutableHashSet(StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> FindSecurityStampsAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        var items = await _users.GetManyAsync(userIds, "user_id, security_stamp", ct);
        return items.Select(item => new ItemReader(item))
            .Where(row => row.Has("security_stamp"))
            .ToDictionary(row => row.String("user_id"), row => row.String("security_stamp"), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public Task RecordSecondFactorAsync(string userId, string sessionId, CancellationToken ct = default) => UpdateAsync(
        userId,
        sessionId,
        "SET second_factor_at = :now",
        "attribute_exists(session_id)",
        new(StringComparer.Ordinal) { [":now"] = Attr.Time(_time.GetUtcNow()) },
        ct);

    /// <inheritdoc/>
    public async Task<bool> EndAsync(
        string userId, string sessionId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default)
    {
        var response = await _database.Client.DeleteItemAsync(
            new DeleteItemRequest { TableName = Table, Key = Key(userId, sessionId), ReturnValues = ReturnValue.ALL_OLD }, ct);
        _touched.TryRemove(sessionId, out _);
        SessionEnded?.Invoke(this, new SessionEndedEventArgs(userId, sessionId, reason));
        return response.Attributes is { Count: > 0 } item && IsAlive(new ItemReader(item));
    }

    /// <inheritdoc/>
    public Task<int> EndOthersAsync(
        string userId, string keepSessionId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default) =>
        EndManyAsync(userId, keepSessionId, reason, ct);

    /// <inheritdoc/>
    public Task<int> EndAllAsync(string userId, SessionEndReason reason = SessionEndReason.Ended, CancellationToken ct = default) =>
        EndManyAsync(userId, keepSessionId: null, reason, ct);

    private static string? UserIdOf(AuthenticationTicket ticket) => ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier);

    private static bool HasSecondFactor(ClaimsPrincipal principal) =>
        principal.HasClaim(BankClaims.AuthenticationMethod, BankClaims.MultiFactor);

    private static void AddSessionClaim(ClaimsPrincipal principal, string sessionId) =>
        SetClaim(principal, BankClaims.SessionId, sessionId);

    private static void SetClaim(ClaimsPrincipal principal, string type, string value)
    {
        if (principal.Identity is ClaimsIdentity identity && !identity.HasClaim(type, value))
        {
            foreach (var stale in identity.FindAll(type).ToList())
            {
                identity.RemoveClaim(stale);
            }

            identity.AddClaim(new Claim(type, value));
        }
    }

    private static Dictionary<string, AttributeValue> Key(string userId, string sessionId) =>
        new(StringComparer.Ordinal) { ["user_id"] = Attr.S(userId), ["session_id"] = Attr.S(sessionId) };

    private static string HashOf(string secret) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    // The first key of a session is "user.secret"; a renewed one is "user.session.secret", and its row has the secret's hash.
    private static (string UserId, string SessionId, string? KeyHash)? Parse(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length > LongestKey)
        {
            return null;
        }

        var parts = key.Split('.');
        return parts switch
        {
            _ when parts.Any(part => part.Length == 0) => null,
            [var userId, var secret] => (userId, HashOf(secret), null),
            [var userId, var sessionId, var secret] => (userId, sessionId, HashOf(secret)),
            _ => null,
        };
    }

    private static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    // Requests of the circuit's connection and of the framework's script are not actions of the person; the circuit reports those itself.
    private static bool IsActOfThePerson(HttpContext? context) =>
        context is null || !(context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments("/_framework", StringComparison.OrdinalIgnoreCase)
            || context.GetEndpoint()?.Metadata.GetMetadata<PassiveRequestAttribute>() is not null);

    internal static string? AddressOf(HttpContext? context)
    {
        var address = context?.Connection.RemoteIpAddress;
        var text = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString();
        return text is { Length: > LongestAddress } ? text[..LongestAddress] : text;
    }

    private async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext? context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        var userId = UserIdOf(ticket) ?? throw new InvalidOperationException("A session needs a user.");
        if (SessionRenewal.Of(context) is { } renewal && string.Equals(renewal.UserId, userId, StringComparison.Ordinal))
        {
            var renewed = await ReplaceKeyAsync(ticket, renewal);
            SessionCookieManager.Announce(context);
            return renewed;
        }

        var secret = NewSecret();
        var sessionId = HashOf(secret);
        var now = _time.GetUtcNow();
        var (idle, absolute) = _options.LimitsFor(ticket.Principal);
        var end = now + absolute;
        ticket.Properties.ExpiresUtc = end;
        AddSessionClaim(ticket.Principal, sessionId);
        var device = UserAgent.Describe(context?.Request.Headers.UserAgent);
        var item = new ItemWriter()
            .Set("user_id", userId)
            .Set("session_id", sessionId)
            .Set("ticket", Protect(sessionId, ticket))
            .Set(
                "client",
                _fields.Protect(ClientPurpose, device + Separator + AddressOf(context)))
            .Set("created_at", now)
            .Set("last_seen_at", now)
            .Set("ends_at", end)
            .Set("idle_ms", (long)idle.TotalMilliseconds)
            .Set("second_factor_at", HasSecondFactor(ticket.Principal) ? now : null)
            .Set("second_factor", ticket.Principal.FindFirstValue(BankClaims.Factor))
            .Set("security_stamp", ticket.Principal.FindFirstValue(StampClaim))
            .SetTtl("expires_at", Expiry(now, idle, end))
            .ToItem();
        var recording = RecordAsync(userId, sessionId, new SignInRecord(now, device), ct);
        await _database.Client.PutItemAsync(
            new PutItemRequest { TableName = Table, Item = item, ConditionExpression = "attribute_not_exists(session_id)" }, ct);
        await recording;
        SessionCookieManager.Announce(context);
        return $"{userId}.{secret}";
    }

    // Not cancelled with the request: what the person has proven or changed must not stay under the old key.
    private async Task<string> ReplaceKeyAsync(AuthenticationTicket ticket, SessionRenewal renewal)
    {
        var secret = NewSecret();
        AddSessionClaim(ticket.Principal, renewal.SessionId);
        SetClaim(
            ticket.Principal, BankClaims.KeyNumber, (renewal.KeyNumber + 1).ToString(CultureInfo.InvariantCulture));
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            [":ticket"] = Attr.B(Protect(renewal.SessionId, ticket)),
            [":now"] = Attr.Time(_time.GetUtcNow()),
            [":key"] = Attr.S(HashOf(secret)),
            [":old"] = Attr.N(renewal.KeyNumber),
            [":new"] = Attr.N(renewal.KeyNumber + 1),
        };
        var set = "SET ticket = :ticket, key_hash = :key, key_number = :new" + (renewal.Proven ? ", second_factor_at = :now" : "");
        if (ticket.Principal.FindFirstValue(BankClaims.Factor) is { Length: > 0 } factor)
        {
            set += ", second_factor = :factor";
            values[":factor"] = Attr.S(factor);
        }

        if (ticket.Principal.FindFirstValue(StampClaim) is { Length: > 0 } stamp)
        {
            set += ", security_stamp = :stamp";
            values[":stamp"] = Attr.S(stamp);
        }

        var isOld = renewal.KeyNumber == 0 ? "(attribute_not_exists(key_number) OR key_number = :old)" : "key_number = :old";
        if (!await UpdateAsync(
            renewal.UserId,
            renewal.SessionId,
            set,
            "attribute_exists(session_id) AND ends_at > :now AND " + isOld,
            values,
            CancellationToken.None))
        {
            throw new SessionKeyLostException();
        }

        SessionRenewed?.Invoke(this, new SessionRenewedEventArgs(renewal.SessionId, renewal.KeyNumber + 1));
        return $"{renewal.UserId}.{renewal.SessionId}.{secret}";
    }

    // What the dashboard says about the last sign-in must not keep anybody from signing in.
    private async Task RecordAsync(string userId, string sessionId, SignInRecord signIn, CancellationToken ct)
    {
        try
        {
            if (await _history.RecordAsync(userId, sessionId, signIn, ct))
            {
                _events.Report(SecurityEventKind.NewDevice, SecurityEventOutcome.Succeeded, userId);
                if (_bankEvents is not null)
                {
                    var happened = BankEvent.Of(
                        DerivedId.From(BankEventKinds.NewDevice, userId, sessionId),
                        BankEventKinds.NewDevice,
                        userId,
                        _time.GetUtcNow(),
                        ("device", signIn.Device));
                    await _bankEvents.RaiseAsync(happened, ct);
                }
            }
        }
        catch (AmazonDynamoDBException exception)
        {
            SignInNotRecorded(_logger, userId, exception);
        }
    }

    // The row is written again every few seconds of use, and DynamoDB charges for each kilobyte. The ticket consists mostly of long claim
    // names, so compress it.
    private byte[] Protect(string sessionId, AuthenticationTicket ticket)
    {
        using var small = new MemoryStream();
        using (var compression = new BrotliStream(small, CompressionLevel.Optimal, leaveOpen: true))
        {
            compression.Write(TicketSerializer.Default.Serialize(ticket));
        }

        return _tickets.CreateProtector(sessionId).Protect(small.ToArray());
    }

    private AuthenticationTicket? Unprotect(string sessionId, byte[] stored)
    {
        using var compressed = new BrotliStream(
            new MemoryStream(_tickets.CreateProtector(sessionId).Unprotect(stored)), CompressionMode.Decompress);
        using var ticket = new MemoryStream();
        compressed.CopyTo(ticket);
        return TicketSerializer.Default.Deserialize(ticket.ToArray());
    }

    private DateTimeOffset Expiry(DateTimeOffset seen, TimeSpan idle, DateTimeOffset end)
    {
        // The last use is written up to one touch interval late, so the store allows that much more; the open page is exact.
        var idleEnd = seen + idle + _options.TouchInterval;
        return idleEnd < end ? idleEnd : end;
    }

    private bool IsAlive(ItemReader row) =>
        _time.GetUtcNow() < Expiry(row.Time("last_seen_at"), TimeSpan.FromMilliseconds(row.Long("idle_ms")), row.Time("ends_at"));

    private UserSession Read(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        var client = row.StringOrNull("client") is { } hidden
            ? _fields.Unprotect(ClientPurpose, hidden).Split(Separator)
            : [UserAgent.Describe(null), ""];
        return new UserSession(
            row.String("user_id"),
            row.String("session_id"),
            client[0],
            client[1].Length > 0 ? client[1] : null,
            row.Time("created_at"),
            row.Time("last_seen_at"),
            row.Time("ends_at"),
            TimeSpan.FromMilliseconds(row.Long("idle_ms")),
            row.TimeOrNull("second_factor_at"),
            row.StringOrNull("security_stamp"),
            row.LongOrNull("key_number") ?? 0)
        { Factor = row.StringOrNull("second_factor") };
    }

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(
        string userId, string sessionId, string? projection, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        ArgumentException.ThrowIfNullOrEmpty(sessionId);
        var response = await _database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = Table,
                Key = Key(userId, sessionId),
                ConsistentRead = true,
                ProjectionExpression = projection,
            },
            ct);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private async Task<bool> UpdateAsync(
        string userId, string sessionId, string update, string condition, Dictionary<string, AttributeValue> values, CancellationToken ct)
    {
        try
        {
            await _database.Client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = Table,
                    Key = Key(userId, sessionId),
                    UpdateExpression = update,
                    ConditionExpression = condition,
                    ExpressionAttributeValues = values,
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            // The session has ended or has another key, or a later use is already written.
            return false;
        }
    }

    // Uses the row when the caller has just read it and found the session alive.
    private async Task TouchAsync(string userId, string sessionId, Dictionary<string, AttributeValue>? read, CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        if (_touched.TryGetValue(sessionId, out var last) && now - last < _options.TouchInterval)
        {
            return;
        }

        if ((read ?? await GetAsync(userId, sessionId, "last_seen_at, ends_at, idle_ms", ct)) is not { } item
            || !IsAlive(new ItemReader(item)))
        {
            return;
        }

        var row = new ItemReader(item);
        var seen = row.Time("last_seen_at");
        if (now - seen >= _options.TouchInterval)
        {
            await WriteActivityAsync(userId, sessionId, row, now, ct);
            seen = now;
        }

        if (_touched.Count >= CachedTouches)
        {
            _touched.Clear();
        }

        _touched[sessionId] = seen;
    }

    private Task WriteActivityAsync(
        string userId, string sessionId, ItemReader row, DateTimeOffset at, CancellationToken ct) => UpdateAsync(
        userId,
        sessionId,
        "SET last_seen_at = :at, expires_at = :expiry",
        "attribute_exists(session_id) AND last_seen_at < :at",
        new(StringComparer.Ordinal)
        {
            [":at"] = Attr.Time(at),
            [":expiry"] = Attr.N(Expiry(at, TimeSpan.FromMilliseconds(row.Long("idle_ms")), row.Time("ends_at")).ToUnixTimeSeconds()),
        },
        ct);

    private async Task<int> EndManyAsync(string userId, string? keepSessionId, SessionEndReason reason, CancellationToken ct)
    {
        var ended = 0;
        foreach (var session in await ListAsync(userId, ct))
        {
            if (!string.Equals(session.SessionId, keepSessionId, StringComparison.Ordinal)
                && await EndAsync(userId, session.SessionId, reason, ct))
            {
                ended++;
            }
        }

        return ended;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in of user {UserId} was not noted for the next dashboard.")]
    private static partial void SignInNotRecorded(ILogger logger, string userId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A session of user {UserId} cannot be decrypted and counts as ended.")]
    private static partial void SessionUnreadable(ILogger logger, string userId, Exception exception);
}
