using BankPortal.Core.Audit;
using Microsoft.AspNetCore.Components.Authorization;

namespace BankPortal.Web.Components.Layout;

public sealed partial class RefusedRoute
{
    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required CircuitSession Circuit { get; init; }

    [Inject] public required ISecurityEvents Events { get; init; }

    [CascadingParameter] private Task<AuthenticationState>? AuthenticationState { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
        if (Circuit.Over is { } reason)
        {
            // The session guard takes the tab away. Two that navigate would contradict each other, and this one would end the circuit
            // with an error when the browser has left.
            if (RendererInfo.IsInteractive)
            {
                return;
            }

            Navigation.NavigateTo(IdentityRoutes.SignInAfter(reason, here), forceLoad: true);
            return;
        }

        var user = AuthenticationState is null ? null : (await AuthenticationState).User;
        if (user?.Identity?.IsAuthenticated == true)
        {
            // A page inside a circuit; what a request asks for is refused, and reported, before it is rendered.
            var handle = SessionHandle.From(user);
            Events.Report(new SecurityEvent(SecurityEventKind.PageRefused, SecurityEventOutcome.Refused)
            {
                UserId = handle?.UserId,
                SessionId = handle?.SessionId,
                Detail = new Uri(Navigation.Uri).AbsolutePath,
            });
            Navigation.NavigateTo(user.MissesStaffSecondFactor() ? IdentityRoutes.Authenticator : BankRoutes.AccessDenied, forceLoad: true);
            return;
        }

        Navigation.NavigateTo($"{BankRoutes.SignIn}?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
