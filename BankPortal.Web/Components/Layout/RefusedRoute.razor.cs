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
