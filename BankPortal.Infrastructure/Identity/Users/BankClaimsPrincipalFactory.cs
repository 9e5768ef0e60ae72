using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Creates the principal of a signed-in person: the framework's claims, roles, and the full name.</summary>
internal sealed class BankClaimsPrincipalFactory(
    UserManager<BankUser> users, RoleManager<BankRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<BankUser, BankRole>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(BankUser user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(BankClaims.FullName, user.FullName));
        return identity;
    }
}
