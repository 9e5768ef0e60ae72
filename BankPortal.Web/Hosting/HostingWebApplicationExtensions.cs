using BankPortal.Web.Components;
using BankPortal.Web.Hosting.Health;
using BankPortal.Web.Hosting.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace BankPortal.Web.Hosting;

/// <summary>The middleware and endpoints that all pages share.</summary>
internal static class HostingWebApplicationExtensions
{
    private const string ErrorPage = "/error";
    private const string RefusalPage = "/not-found";

    /// <summary>Adds the first part of every request: errors, headers, compression, culture, encryption.</summary>
    public static WebApplication UseHosting(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<KnownHosts>();
        app.UseExceptionHandler(ErrorPage, createScopeForErrors: true);
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseMiddleware<CircuitOriginCheck>();
        app.UseStatusCodePagesWithReExecute(RefusalPage, "?code={0}", createScopeForStatusCodePages: true);
        app.Use(static (context, next) =>
        {
            // The page that explains a refused form is looked at, not sent a form: as a POST it would be refused in its turn.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });
        app.UseResponseCompression();
        app.UseRequestLocalization();
        app.UseMiddleware<EncryptedOnly>();
        return app;
    }

    /// <summary>Checks that forms come from our own pages. Comes after authentication, because a token belongs to a person.</summary>
    public static WebApplication UseForms(this WebApplication app)
    {
        app.UseAntiforgery();
        app.UseMiddleware<FormRefusal>();
        return app;
    }

    /// <summary>Maps static files, pages and health checks.</summary>
    public static WebApplication MapHosting(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        var pages = app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            // The whole policy is set in one place, SecurityHeaders.
            server.ContentSecurityFrameAncestorsPolicy = null;
        });
        AllowVisitors(pages);
        AllowMethods(pages);
        HealthEndpoints.Map(app);
        return app;
    }

    // Visitors need what is no page: the circuit's hub and the script. The fallback policy would refuse them, and a visitor's
    // page could not be interactive.
    private static void AllowVisitors(IEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        if (!endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
        }
    });

    // The framework maps pages for GET and POST only. What can be read can also be asked for without its body, which the server
    // leaves out by itself. The pages that explain a refusal or a fault are found with the method of the request they explain.
    private static void AllowMethods(IEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        var isExplanation = endpoint is RouteEndpointBuilder { RoutePattern.RawText: ErrorPage or RefusalPage };
        for (var i = endpoint.Metadata.Count - 1; i >= 0; i--)
        {
            if (endpoint.Metadata[i] is not IHttpMethodMetadata { HttpMethods: var methods } allowed)
            {
                continue;
            }

            if (isExplanation)
            {
                endpoint.Metadata.RemoveAt(i);
            }
            else if (methods.Contains(HttpMethods.Get, StringComparer.OrdinalIgnoreCase)
                && !methods.Contains(HttpMethods.Head, StringComparer.OrdinalIgnoreCase))
            {
                endpoint.Metadata[i] = new HttpMethodMetadata([.. methods, HttpMethods.Head], allowed.AcceptCorsPreflight);
            }
        }
    });
}
