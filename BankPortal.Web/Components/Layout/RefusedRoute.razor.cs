using BankPortal.Web.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace BankPortal.Web.Components.Layout;

public sealed partial class RefusedRoute
{
    [Inject]
    public required NavigationManager Navigation { get; init; }

    [CascadingParameter]
    private Task<AuthenticationState>? AuthenticationState { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var user = AuthenticationState is null ? null : (await AuthenticationState).User;
        if (user?.Identity?.IsAuthenticated == true)
        {
            Navigation.NavigateTo(BankRoutes.AccessDenied, forceLoad: true);
            return;
        }

        var here = "/" + Navigation.ToBaseRelativePath(Navigation.Uri);
        Navigation.NavigateTo($"{BankRoutes.SignIn}?returnUrl={Uri.EscapeDataString(here)}", forceLoad: true);
    }
}
