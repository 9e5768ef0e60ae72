using Microsoft.AspNetCore.Authorization;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>People who work for the bank must have proven a second factor in this session; for others it says nothing.</summary>
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
