using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>Registers sessions, policies and the step-up check.</summary>
public static class SessionServices
{
    /// <summary>Adds the services.</summary>
    public static WebApplicationBuilder AddBankSessions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SessionWatchOptions>().BindConfiguration(SessionWatchOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SessionWatchOptions>, SessionWatchOptions.Validator>();

        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddAuthorizationBuilder().AddBankPolicies();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, SecondFactorRedirect>();

        services.AddSingleton<SessionMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionMonitor>());
        services.AddSingleton<SessionGate>();
        services.AddSingleton(provider => new StepUpPolicy(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<SessionWatchOptions>>().Value.SecondFactorFresh));

        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationStateProvider>();
        services.AddScoped(provider => new CircuitSession(
            provider.GetRequiredService<SessionMonitor>(),
            provider.GetRequiredService<ISessionRegistry>(),
            provider.GetRequiredService<AuthenticationStateProvider>()));
        services.AddScoped<CircuitHandler, SessionCircuitHandler>();
        services.AddScoped(provider => new ActorProvider(
            provider.GetRequiredService<AuthenticationStateProvider>(),
            provider.GetRequiredService<IHttpContextAccessor>(),
            provider.GetRequiredService<CircuitSession>(),
            provider.GetRequiredService<SessionGate>()));
        services.AddScoped(provider => new RequestSession(provider.GetRequiredService<SessionGate>()));
        services.AddScoped(provider => new SecondFactorCheck(
            provider.GetRequiredService<UserManager<BankUser>>(),
            provider.GetRequiredService<ISessionRegistry>(),
            provider.GetRequiredService<SessionGate>(),
            provider.GetRequiredService<ILogger<SecondFactorCheck>>()));
        services.AddScoped<StepUpGuard>();
        services.AddScoped<SecurityNotices>();
        services.AddScoped<PasswordChange>();
        services.AddScoped<AuthenticatorSetup>();
        services.AddScoped<EmailChange>();
        return builder;
    }

    /// <summary>Adds authentication, authorization, and the redirect for a session that ends in the middle of a request.</summary>
    public static WebApplication UseBankSessions(this WebApplication app)
    {
        // Static files are public. Reading a session for each of them would cost requests for nothing.
        app.UseWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null,
            branch => branch.UseAuthentication());
        app.UseMiddleware<SessionOverRedirect>();
        app.UseAuthorization();
        return app;
    }

    /// <summary>The endpoints tabs ask about their session.</summary>
    public static WebApplication MapBankSessions(this WebApplication app)
    {
        app.MapGet(IdentityRoutes.SessionStatus, SessionStatusEndpoint.GetAsync).AllowAnonymous().WithMetadata(new PassiveRequestAttribute());
        return app;
    }

    /// <summary>
    /// Lets visitors have what is no page: the circuit's hub and the script. The fallback policy would refuse them, and a
    /// visitor's page could not be interactive.
    /// </summary>
    public static TBuilder AllowAnonymousInfrastructure<TBuilder>(this TBuilder pages)
        where TBuilder : IEndpointConventionBuilder
    {
        pages.Add(endpoint =>
        {
            if (!endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
            {
                endpoint.Metadata.Add(new AllowAnonymousAttribute());
            }
        });
        return pages;
    }
}
