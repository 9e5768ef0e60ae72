using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Answers how long the session of a tab still lasts, or 401 when it is over, and on request proves that the browser has the session's
/// key. The request does not count as activity and does not extend the session.
/// </summary>
internal static class SessionStatusEndpoint
{
    public static async Task<Results<Ok<SessionStatus>, UnauthorizedHttpResult>> GetAsync(
        HttpContext context, SessionGate gate, SessionProofs proofs, TimeProvider time, bool? prove, CancellationToken ct)
    {
        if (SessionHandle.From(context.User) is not { } handle)
        {
            return TypedResults.Unauthorized();
        }

        var (session, _) = await gate.CheckAsync(handle, ct);
        return session is null
            ? TypedResults.Unauthorized()
            : TypedResults.Ok(new SessionStatus(
                (long)Math.Ceiling((gate.EndOf(session) - time.GetUtcNow()).TotalMilliseconds),
                prove == true ? proofs.Make(handle, BankClaims.KeyNumberOf(context.User)) : null));
    }

    /// <summary>The answer.</summary>
    /// <param name="Left">Milliseconds until the session ends if nothing happens.</param>
    /// <param name="Proof">The proof that was asked for.</param>
    internal sealed record SessionStatus(
        long Left, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Proof);
}
