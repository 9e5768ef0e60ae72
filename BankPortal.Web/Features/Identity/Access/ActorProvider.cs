using System.Security.Claims;
using BankPortal.Infrastructure.Identity.Sessions;
using Microsoft.AspNetCore.Components.Authorization;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>
/// Gives pages and endpoints the signed-in person for their calls to the services. Each call is checked against the store, or
/// a result at most two seconds old: the session is live, the owner's credentials are unchanged since sign-in, staff have
/// proven a second factor, and the roles are still the person's. A tab that was opened before the session's key was renewed first proves
/// that its browser has the new one.
/// </summary>
public sealed class ActorProvider
{
    private readonly AuthenticationStateProvider _authentication;
    private readonly IHttpContextAccessor _http;
    private readonly CircuitSession _circuit;
    private readonly SessionGate _gate;

    internal ActorProvider(AuthenticationStateProvider authentication, IHttpContextAccessor http, CircuitSession circuit, SessionGate gate)
    {
        _authentication = authentication;
        _http = http;
        _circuit = circuit;
        _gate = gate;
    }

    /// <summary>The actor of this circuit or request.</summary>
    /// <exception cref="SessionOverException">Nobody is signed in here any more; the tab is being sent to the sign-in page.</exception>
    public async Task<Actor> GetAsync(CancellationToken ct = default)
    {
        var (actor, over) = await TryAsync(await UserAsync(), ct);
        if (actor is not null)
        {
            return actor;
        }

        _circuit.FoundOver(over);
        throw new SessionOverException(over);
    }

    /// <summary>The actor, or <see langword="null"/> for a visitor or a session that is over.</summary>
    public async Task<Actor?> FindAsync(CancellationToken ct = default) => (await TryAsync(await UserAsync(), ct)).Actor;

    /// <summary>
    /// The session of this circuit or request as its cookie names it, not checked against the store; <see langword="null"/> for
    /// a visitor and for a circuit whose session is over. Identifies the person; to act for the person, take the actor.
    /// </summary>
    public async Task<SessionHandle?> FindSessionAsync() => _circuit.Over is null ? SessionHandle.From(await UserAsync()) : null;

    private async Task<(Actor? Actor, SessionEndReason Over)> TryAsync(ClaimsPrincipal user, CancellationToken ct)
    {
        if (_circuit.Over is { } over)
        {
            return (null, over);
        }

        if (SessionHandle.From(user) is not { } handle || user.MissesStaffSecondFactor())
        {
            return (null, SessionEndReason.Ended);
        }

        var (session, reason) = await _gate.CheckAsync(handle, ct);
        if (session is not null && !await _circuit.HasKeyAsync(session.KeyNumber, ct))
        {
            return (null, SessionEndReason.SecurityChanged);
        }

        return session is null
            ? (null, reason ?? SessionEndReason.Ended)
            : (new Actor(handle.UserId, RolesOf(user, session), handle.SessionId, session.SecondFactorAt), default);
    }

    // A role counts when the person signed in with it and still has it: one that was taken away is gone at once, and one that was given
    // meanwhile needs a new sign-in, as for everything that pages decide by the principal.
    private static ImmutableHashSet<string> RolesOf(ClaimsPrincipal user, UserSession session) =>
        BankRoles.Effective(session.OwnerRoles).Intersect(user.BankRolesOf());

    private async Task<ClaimsPrincipal> UserAsync()
    {
        try
        {
            return (await _authentication.GetAuthenticationStateAsync()).User;
        }
        catch (InvalidOperationException) when (_http.HttpContext is not null)
        {
            // An endpoint that renders no component, such as a download: the framework sets no authentication state there.
            return _http.HttpContext.User;
        }
    }
}
