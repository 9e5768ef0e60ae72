using System.Security.Claims;
using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace BankPortal.Web.Features.Identity.Access;

/// <summary>
/// Redirects staff without a second factor to the page where they set one up. The framework handles every other result of
/// authorization. What a signed-in person is refused is reported as a security event.
/// </summary>
internal sealed class SecondFactorRedirect : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public Task HandleAsync(
        RequestDelegate next,
        HttpContext context,
        AuthorizationPolicy policy,
        PolicyAuthorizationResult authorizeResult
    )
    {
        if (authorizeResult.Forbidden)
        {
            context.RequestServices.GetRequiredService<SecurityEventReporter>().ReportRefusedRequest(
                SecurityEventKind.PageRefused, context.User.FindFirstValue(ClaimTypes.NameIdentifier));
        }

        if (!authorizeResult.Forbidden || !context.User.MissesStaffSecondFactor())
        {
            return _default.HandleAsync(next, context, policy, authorizeResult);
        }

        if (HttpMethods.IsGet(context.Request.Method) && AcceptsHtml(context.Request))
        {
            context.Response.Redirect(context.Request.PathBase + IdentityRoutes.Authenticator);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }

        return Task.CompletedTask;
    }

    private static bool AcceptsHtml(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
