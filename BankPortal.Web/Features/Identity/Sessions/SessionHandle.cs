using System.Security.Claims;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>Names a session.</summary>
/// <param name="UserId">The owner.</param>
/// <param name="SessionId">The session's public id.</param>
public sealed record SessionHandle(string UserId, string SessionId)
{
    /// <summary>The session a principal was signed in with; <see langword="null"/> when nobody is signed in.</summary>
    public static SessionHandle? From(ClaimsPrincipal user) =>
        user.UserId() is { } userId && user.FindFirstValue(BankClaims.SessionId) is { } sessionId
            ? new SessionHandle(userId, sessionId)
            : null;
}
