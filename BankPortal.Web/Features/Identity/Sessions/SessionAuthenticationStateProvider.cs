using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Who is signed in, for components. Once the session behind the circuit is over, nobody is: the page is taken down on
/// the server and gets nothing more, even if the browser ignores that it was sent away.
/// </summary>
internal sealed class SessionAuthenticationStateProvider : ServerAuthenticationStateProvider
{
    private static readonly ClaimsPrincipal Nobody = new(new ClaimsIdentity());

    /// <summary>From now on nobody is signed in here.</summary>
    public void SignOut() => SetAuthenticationState(Task.FromResult(new AuthenticationState(Nobody)));
}
