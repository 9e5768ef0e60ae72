using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// Creates the principal of a signed-in person: the framework's claims, the roles that give rights, and the full name. Staff who are also
/// customers get no customer's rights (<see cref="BankRoles.Effective"/>).
/// </summary>
internal sealed class BankClaimsPrincipalFactory(
    UserManager<BankUser> users, RoleManager<BankRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<BankUser, BankRole>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(BankUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var effective = BankRoles.Effective(user.Roles);
        foreach (var claim in identity.FindAll(identity.RoleClaimType).ToList())
        {
            if (BankRoles.All.Contains(claim.Value) && !effective.Contains(claim.Value))
            {
                identity.RemoveClaim(claim);
            }
        }

        identity.AddClaim(new Claim(BankClaims.FullName, user.FullName));
        return identity;
    }
}
