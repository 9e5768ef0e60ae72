using Microsoft.AspNetCore.Components.Authorization;

namespace BankPortal.Web.Components.Layout;

public sealed partial class RefusedRoute
{
    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required CircuitSession Circuit { get; init; }

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
            Navigation.NavigateTo(user.MissesStaffSecondFactor() ? IdentityRoutes.Authenticator : BankRoutes.AccessDenied, forceLoad: true);
            return;
        }

        Navigation.NavigateTo($"{BankRoutes.SignIn}?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
