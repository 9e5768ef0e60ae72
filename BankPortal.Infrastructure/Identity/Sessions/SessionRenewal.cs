using Microsoft.AspNetCore.Http;

namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>
/// Says to the session store that the ticket which the cookie handler is about to store belongs to a session that goes on under a new key.
/// Travels with the request, because the handler knows nothing of it.
/// </summary>
/// <param name="UserId">The user id of the owner.</param>
/// <param name="SessionId">The session's public id.</param>
/// <param name="KeyNumber">The number of the key that the request came with; only that one may be replaced.</param>
/// <param name="Proven">Whether the person has just proven who they are.</param>
internal sealed record SessionRenewal(string UserId, string SessionId, long KeyNumber, bool Proven)
{
    internal void Announce(HttpContext context) => context.Items[typeof(SessionRenewal)] = this;

    internal static SessionRenewal? Of(HttpContext? context) => context?.Items[typeof(SessionRenewal)] as SessionRenewal;

    internal static void Forget(HttpContext context) => context.Items.Remove(typeof(SessionRenewal));
}

/// <summary>The session ended, or got another key, before it could get this one.</summary>
internal sealed class SessionKeyLostException() : Exception("The session ended or got another key.");
