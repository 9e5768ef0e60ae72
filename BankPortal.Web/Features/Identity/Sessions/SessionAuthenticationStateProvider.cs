using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Tells components who is signed in. Once the session of the circuit is over, nobody is: the server removes the page and
/// sends nothing more, even if the browser ignores the redirect.
/// </summary>
internal sealed class SessionAuthenticationStateProvider : ServerAuthenticationStateProvider
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    /// <summary>Signs the person out in this circuit.</summary>
    public void SignOut() => SetAuthenticationState(Task.FromResult(new AuthenticationState(Nobody)));
}
