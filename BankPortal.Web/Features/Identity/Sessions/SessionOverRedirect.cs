namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>Redirects to the sign-in page when a request finds that its session is over.</summary>
internal sealed class SessionOverRedirect(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (SessionOverException over) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            if (
                HttpMethods.IsGet(context.Request.Method)
                && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            )
            {
                context.Response.Redirect(IdentityRoutes.SignInAfter(over.Reason, context.Request.Path + context.Request.QueryString));
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
        }
    }
}
