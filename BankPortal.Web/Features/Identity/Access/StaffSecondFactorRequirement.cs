using Microsoft.AspNetCore.Authorization;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>Requires a second factor proven in this session from staff. It does not concern customers.</summary>
public sealed class StaffSecondFactorRequirement : AuthorizationHandler<StaffSecondFactorRequirement>, IAuthorizationRequirement
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StaffSecondFactorRequirement requirement)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.User.MissesStaffSecondFactor())
        {
            context.Fail(new AuthorizationFailureReason(this, "Staff need a second factor."));
        }
        else
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
