namespace BankPortal.Web.Features.Analytics;

/// <summary>The endpoints of the module Analytics.</summary>
internal static class AnalyticsWebApplicationExtensions
{
    /// <summary>Maps the former address of the analytics page to the page.</summary>
    public static WebApplication MapAnalytics(this WebApplication app)
    {
        app.MapMethods(
                "/analytics/dashboard",
                [HttpMethods.Get, HttpMethods.Head],
                () => TypedResults.LocalRedirect(BankRoutes.Analytics, permanent: true))
            .RequireAuthorization(Identity.Access.Policies.Customer);
        return app;
    }
}
