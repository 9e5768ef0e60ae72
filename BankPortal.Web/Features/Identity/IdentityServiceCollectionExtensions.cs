using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Infrastructure.Common;
using BankPortal.Infrastructure.Identity;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.Security;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity;

/// <summary>Registers the module Identity.</summary>
internal static class IdentityServiceCollectionExtensions
{
    // Between the password and the code: enough to find the phone, not more.
    private static readonly TimeSpan SecondFactorWait = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Adds users, registration, signing in, the sessions behind circuits and requests, policies and step-up. Needs a
    /// <c>DynamoDatabase</c> and the module Notifications.
    /// </summary>
    public static IServiceCollection AddIdentityFeature(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddIdentity();
        AddSessions(services);
        AddSecurity(services);
        AddMessages(services);
        AddSignIn(services);
        AddCookies(services, environment);
        services.AddSingleton(static provider =>
            new PortalLinks(provider.GetRequiredService<IOptions<SignIn.SignInOptions>>().Value.PublicUrl));
        services.AddSingleton<ClockWorker>();
        services.AddSingleton<IStartupTask>(provider => provider.GetRequiredService<ClockWorker>());
        services.AddHostedService(provider => provider.GetRequiredService<ClockWorker>());
        return services;
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddCascadingAuthenticationState();
        services.AddAuthorizationBuilder().AddBankPolicies();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, SecondFactorRedirect>();

        services.AddSingleton<SessionMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionMonitor>());
        services.AddSingleton<SessionGate>();
        services.AddSingleton<SessionProofs>();
        services.AddSingleton(provider => new StepUpPolicy(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IOptions<SessionOptions>>().Value.SecondFactorFresh));

        services.AddSingleton(provider => new PaymentConfirmations(
            provider.GetRequiredService<IPaymentConfirmationStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<SessionOptions>>().Value.SecondFactorFresh));

        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationStateProvider>();
        services.AddScoped(provider => new CircuitSession(
            provider.GetRequiredService<SessionMonitor>(),
            provider.GetRequiredService<ISessionRegistry>(),
            provider.GetRequiredService<AuthenticationStateProvider>(),
            provider.GetRequiredService<SessionProofs>()));
        services.AddScoped<CircuitHandler, SessionCircuitHandler>();
        services.AddScoped(provider => new ActorProvider(
            provider.GetRequiredService<AuthenticationStateProvider>(),
            provider.GetRequiredService<IHttpContextAccessor>(),
            provider.GetRequiredService<CircuitSession>(),
            provider.GetRequiredService<SessionGate>()));
        services.AddScoped<StaffStepUp>();
        services.AddScoped<StaffActions>();
        services.AddScoped<PaymentStepUp>();
        services.AddScoped(provider => new RequestSession(provider.GetRequiredService<SessionGate>()));
    }

    private static void AddSecurity(IServiceCollection services)
    {
        services.AddScoped(provider => new SecondFactorCheck(
            provider.GetRequiredService<UserManager<BankUser>>(),
            provider.GetRequiredService<BankSignInManager>(),
            provider.GetRequiredService<PaymentConfirmations>(),
            provider.GetRequiredService<ILogger<SecondFactorCheck>>()));
        services.AddHostedService<SecurityEventWorker>();
        services.AddScoped<StepUpGuard>();
        services.AddScoped<PasswordChange>();
        services.AddScoped<PasskeySetup>();
        services.AddScoped<AuthenticatorSetup>();
        services.AddScoped<EmailChange>();
    }

    private static void AddMessages(IServiceCollection services)
    {
        services.AddScoped<SecurityNotices>();
        services.AddSingleton<AccountMessageQueue>();
        services.AddScoped<IPasswordLinks, PasswordLinks>();
        services.AddSingleton<AccountMessageThrottle>();
        services.AddScoped<AccountMessageWriter>();
        services.AddHostedService<AccountMessageWorker>();
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddValidatedOptions<SignIn.SignInOptions, SignInOptionsValidator>(SignIn.SignInOptions.Section);
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<SignIn.SignInOptions>>(
            static (passkeys, signIn) => PasskeyOrigin.Configure(passkeys, signIn.Value));
        services.AddSingleton<NeutralAnswer>();
        services.AddSingleton<PasswordAdvice>();
        services.AddSingleton<SignInText>();
        services.AddSingleton<PortalAddress>();
        services.AddScoped<Registration>();
        services.AddScoped<SignInFlow>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<Confirmation>();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy<string, SignInRateLimit>(SignInRateLimit.Policy);
            limiter.AddPolicy<string, PasswordAdviceRateLimit>(PasswordAdviceRateLimit.Policy);
        });
    }

    private static void AddCookies(IServiceCollection services, IHostEnvironment environment)
    {
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, cookie =>
        {
            cookie.LoginPath = IdentityRoutes.SignIn;
            cookie.LogoutPath = BankRoutes.SignOut;
            cookie.AccessDeniedPath = BankRoutes.AccessDenied;
            cookie.ReturnUrlParameter = "returnUrl";
        });
        services.Configure<CookieAuthenticationOptions>(
            IdentityConstants.TwoFactorUserIdScheme, cookie => cookie.ExpireTimeSpan = SecondFactorWait);

        services.Configure<AntiforgeryOptions>(antiforgery =>
        {
            antiforgery.Cookie.Name = "__Host-bankportal-af";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.SuppressXFrameOptionsHeader = true;

            // "Always" makes antiforgery refuse to work on plain http at all. In Development the portal runs on
            // http://localhost, which browsers treat as safe; there the cookie policy adds the Secure flag.
            antiforgery.Cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
        });
    }
}
