using BankPortal.Infrastructure.Identity.Sessions;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>The live session of a plain request, for the pages about the session's owner.</summary>
public sealed class RequestSession
{
    private readonly SessionGate _gate;

    internal RequestSession(SessionGate gate) => _gate = gate;

    /// <summary>The session, checked against the store.</summary>
    /// <exception cref="SessionOverException">Nobody is signed in any more.</exception>
    public async Task<UserSession> GetAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (SessionHandle.From(context.User) is not { } handle)
        {
            throw new SessionOverException(SessionEndReason.Ended);
        }

        var (session, over) = await _gate.CheckAsync(handle, context.RequestAborted);
        return session ?? throw new SessionOverException(over ?? SessionEndReason.Ended);
    }
}
