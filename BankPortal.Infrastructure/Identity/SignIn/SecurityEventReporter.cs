using System.Security.Claims;
using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Reports security events with what the request at hand tells of them: network address, device, session. Never fails, because nobody
/// may be kept from signing in by it. Thread-safe.
/// </summary>
public sealed partial class SecurityEventReporter(
    ISecurityEvents events, LookupHasher hasher, IHttpContextAccessor accessor, ILogger<SecurityEventReporter> logger)
{
    // A purpose of its own: the hashes cannot be matched with the look-up rows of users.
    private const string TypedName = "audit.typed-name";

    /// <summary>Reports an event.</summary>
    public void Report(SecurityEventKind kind, SecurityEventOutcome outcome, string? userId = null, string? detail = null) =>
        Report(kind, outcome, userId, detail, typedNameHash: null);

    /// <summary>Reports an event about a name that somebody typed. Only a keyed hash of the name is reported: it may be a password typed
    /// into the wrong field.</summary>
    public async Task ReportNameAsync(SecurityEventKind kind, SecurityEventOutcome outcome, string typedName, string? userId = null)
    {
        ArgumentNullException.ThrowIfNull(typedName);
        string? hash = null;
        try
        {
            hash = await hasher.HashAsync(CancellationToken.None, TypedName, typedName.Trim().ToUpperInvariant());
        }
        catch (Exception exception)
        {
            NameNotHashed(logger, kind, exception);
        }

        Report(kind, outcome, userId, detail: null, hash);
    }

    /// <summary>Reports that the request at hand was refused. The detail is the pattern of its address, without what is filled
    /// in.</summary>
    public void ReportRefusedRequest(SecurityEventKind kind, string? userId = null) => Report(
        kind,
        SecurityEventOutcome.Refused,
        userId,
        detail: (accessor.HttpContext?.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);

    private void Report(SecurityEventKind kind, SecurityEventOutcome outcome, string? userId, string? detail, string? typedNameHash)
    {
        var context = accessor.HttpContext;
        events.Report(new SecurityEvent(kind, outcome)
        {
            UserId = userId,
            TypedNameHash = typedNameHash,
            Address = DynamoSessionStore.AddressOf(context),
            Device = context is null ? null : UserAgent.Describe(context.Request.Headers.UserAgent),
            SessionId = context?.User.FindFirstValue(BankClaims.SessionId),
            Detail = detail,
        });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A typed name could not be hashed for a security event {Kind}; the event has none")]
    private static partial void NameNotHashed(ILogger logger, SecurityEventKind kind, Exception exception);
}
