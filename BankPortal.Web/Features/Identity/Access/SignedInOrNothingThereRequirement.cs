using Microsoft.AspNetCore.Authorization;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>
/// The fallback for endpoints without a policy: requires a signed-in person, unless the address matches no endpoint, so that
/// a mistyped address shows "not found" and not the sign-in form.
/// </summary>
public sealed class SignedInOrNothingThereRequirement
    : AuthorizationHandler<SignedInOrNothingThereRequirement>, IAuthorizationRequirement
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SignedInOrNothingThereRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(context);
        var nothingThere = context.Resource is HttpContext http && http.GetEndpoint() is null;
        if (nothingThere || context.User.Identities.Any(identity => identity.IsAuthenticated))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
