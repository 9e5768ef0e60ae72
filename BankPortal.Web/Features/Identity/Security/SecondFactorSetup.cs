namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Decides where people without a second factor go. Staff must set one up; customers are advised to, once.</summary>
public static class SecondFactorSetup
{
    /// <summary>After signing in with the password alone.</summary>
    public static string NextFor(BankUser user, string? returnUrl)
    {
        ArgumentNullException.ThrowIfNull(user);
        return IsMissingForStaff(user) ? IdentityRoutes.Authenticator : HomePage.After([.. user.Roles], returnUrl);
    }

    /// <summary>After finishing the registration.</summary>
    public static string NextAfterRegistration(BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return IsMissingForStaff(user) ? IdentityRoutes.Authenticator : "/auth/welcome";
    }

    private static bool IsMissingForStaff(BankUser user) => !user.TwoFactorEnabled && user.Roles.Any(BankRoles.Staff.Contains);
}
