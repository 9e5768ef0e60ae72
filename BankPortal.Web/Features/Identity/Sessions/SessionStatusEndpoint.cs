using Microsoft.AspNetCore.Http.HttpResults;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Answers a tab that wonders whether its session still lives: how long is left, or 401. Asking is no activity of the
/// person and keeps nothing alive.
/// </summary>
internal static class SessionStatusEndpoint
{
    public static async Task<Results<Ok<SessionStatus>, UnauthorizedHttpResult>> GetAsync(
        HttpContext context, SessionGate gate, TimeProvider time, CancellationToken ct)
    {
        if (SessionHandle.From(context.User) is not { } handle)
        {
            return TypedResults.Unauthorized();
        }

        var (session, _) = await gate.CheckAsync(handle, ct);
        return session is null
            ? TypedResults.Unauthorized()
            : TypedResults.Ok(new SessionStatus((long)Math.Ceiling((gate.EndOf(session) - time.GetUtcNow()).TotalMilliseconds)));
    }

    /// <summary>The answer.</summary>
    /// <param name="Left">Milliseconds until the session ends if nothing happens.</param>
    internal sealed record SessionStatus(long Left);
}
