using System.Security.Claims;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>The start page of a person, by role.</summary>
public static class HomePage
{
    /// <summary>The start page of a principal.</summary>
    public static string For(ClaimsPrincipal user) => BankNavigation.HomeOf(user);

    /// <summary>The start page by roles: the accounts for customers, the desk for staff.</summary>
    public static string For(IReadOnlyCollection<string> roles) =>
        roles.Any(BankRoles.Staff.Contains) ? BankRoutes.Staff : BankRoutes.Dashboard;

    /// <summary>
    /// Where to go after signing in: back to where the person came from when that is inside the portal and not part of
    /// signing in itself.
    /// </summary>
    public static string After(IReadOnlyCollection<string> roles, string? returnUrl) =>
        LocalUrl.IsLocal(returnUrl) && returnUrl != "/" && !returnUrl.StartsWith("/auth/", StringComparison.OrdinalIgnoreCase)
            ? LocalUrl.Escape(returnUrl)
            : For(roles);
}
