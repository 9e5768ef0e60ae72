using Microsoft.AspNetCore.Authorization;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>
/// The fallback for endpoints without a policy: requires a signed-in person, unless the address matches no endpoint, so that
/// a mistyped address shows "not found" and not the sign-in form; and unless the address does not take the request's method,
/// so that the answer is 405 for everybody.
/// </summary>
public sealed class SignedInOrNothingThereRequirement
    : AuthorizationHandler<SignedInOrNothingThereRequirement>, IAuthorizationRequirement
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SignedInOrNothingThereRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(context);
        if ((context.Resource is HttpContext http && IsNothingThere(http.GetEndpoint()))
            || context.User.Identities.Any(identity => identity.IsAuthenticated))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    // Routing answers a method that an address does not take by an endpoint of its own, which has neither a route nor metadata.
    private static bool IsNothingThere(Endpoint? endpoint) =>
        endpoint is null
        || (endpoint is not RouteEndpoint
            && endpoint.Metadata.Count == 0
            && endpoint.DisplayName?.StartsWith("405 ", StringComparison.Ordinal) == true);
}
