using System.Security.Claims;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>Reads user id, roles and second factor from the claims of a principal.</summary>
public static class SessionPrincipal
{
    private const string AuthenticationMethodClaim = "amr";
    private const string MultiFactor = "mfa";

    /// <summary>Whether this is a member of staff who has not proven a second factor in this session.</summary>
    public static bool MissesStaffSecondFactor(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Identity?.IsAuthenticated == true && BankRoles.Staff.Any(user.IsInRole) && !user.HasSecondFactor();
    }

    /// <summary>Whether the person signed in with a second factor.</summary>
    public static bool HasSecondFactor(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.HasClaim(AuthenticationMethodClaim, MultiFactor);
    }

    /// <summary>The claim that says a second factor was proven.</summary>
    public static Claim SecondFactorClaim() => new(AuthenticationMethodClaim, MultiFactor);

    /// <summary>The user's id, or <see langword="null"/> when nobody is signed in.</summary>
    public static string? UserId(this ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Identity?.IsAuthenticated == true ? user.FindFirstValue(ClaimTypes.NameIdentifier) : null;
    }

    /// <summary>The roles of the bank the principal has.</summary>
    public static ImmutableHashSet<string> BankRolesOf(this ClaimsPrincipal user) =>
        [.. BankRoles.All.Where(user.IsInRole)];
}
