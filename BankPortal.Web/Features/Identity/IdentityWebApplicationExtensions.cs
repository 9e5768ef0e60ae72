using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.StaticAssets;

namespace BankPortal.Web.Features.Identity;

/// <summary>The middleware and endpoints of the module Identity.</summary>
internal static class IdentityWebApplicationExtensions
{
    /// <summary>
    /// Adds cookie policy, the answer for too many sign-ins, rate limits, authentication, authorization, and the redirect of a session
    /// that ends during a request.
    /// </summary>
    public static WebApplication UseIdentity(this WebApplication app)
    {
        app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always, MinimumSameSitePolicy = SameSiteMode.Lax });
        app.UseMiddleware<BusyAnswer>();
        app.UseRateLimiter();

        // Static files are for everybody: reading a session for each of them would only cost.
        app.UseWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null,
            branch => branch.UseAuthentication());
        app.UseMiddleware<SessionOverRedirect>();
        app.UseAuthorization();
        return app;
    }

    /// <summary>
    /// Maps signing out, the endpoint that tabs ask about their session, advice about new passwords, and options for passkeys.
    /// </summary>
    public static WebApplication MapIdentity(this WebApplication app)
    {
        app.MapMethods(IdentityRoutes.SessionStatus, [HttpMethods.Get, HttpMethods.Head], SessionStatusEndpoint.GetAsync)
            .AllowAnonymous()
            .WithMetadata(new PassiveRequestAttribute());
        SignOutEndpoint.Map(app);
        PasswordAdvice.Map(app);
        PasskeyEndpoints.Map(app);
        return app;
    }
}
