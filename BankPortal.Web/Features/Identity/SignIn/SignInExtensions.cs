using System.Net;
using BankPortal.Infrastructure.Common;
using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Notifications;
using BankPortal.Web.Hosting.Security;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Registration and signing in: pages, cookies, limits, messages.</summary>
public static class SignInExtensions
{
    // Between the password and the code: enough to find the phone, not more.
    private static readonly TimeSpan SecondFactorWait = TimeSpan.FromMinutes(5);

    /// <summary>Registers what the pages of registration and signing in need.</summary>
    public static WebApplicationBuilder AddBankSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var development = builder.Environment.IsDevelopment();
        services.AddValidatedOptions<SignInOptions, SignInOptionsRules>(SignInOptions.Section);
        services.AddValidatedOptions<ProxyOptions, ProxyOptionsRules>(ProxyOptions.Section);

        services.AddSingleton<AccountMessageQueue>();
        services.AddSingleton<AccountMessageThrottle>();
        services.AddScoped<AccountMessageWriter>();
        services.AddHostedService<AccountMessageWorker>();
        services.AddSingleton<IStartupNote, MailboxNote>();
        services.AddSingleton<NeutralAnswer>();
        services.AddSingleton<SignInText>();
        services.AddSingleton<PortalAddress>();
        services.AddScoped<Registration>();
        services.AddScoped<SignInFlow>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<Confirmation>();

        AddCookies(services, development);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy<string, SignInRateLimit>(SignInRateLimit.Policy);
        });

        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((headers, proxy) =>
        {
            // With empty lists the framework would believe everybody.
            headers.ForwardedHeaders = proxy.Value is { KnownProxies: [], KnownNetworks: [] }
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            headers.ForwardLimit = proxy.Value.Hops;
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var address in proxy.Value.KnownProxies)
            {
                headers.KnownProxies.Add(IPAddress.Parse(address));
            }

            foreach (var network in proxy.Value.KnownNetworks)
            {
                headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
        services.AddSingleton<IStartupFilter, ForwardedHeadersFilter>();
        return builder;
    }

    /// <summary>Encryption, cookies and limits; after the shell's first part and before antiforgery.</summary>
    public static WebApplication UseBankSignIn(this WebApplication app)
    {
        app.UseMiddleware<EncryptedOnly>();
        app.UseCookiePolicy(new CookiePolicyOptions { Secure = CookieSecurePolicy.Always, MinimumSameSitePolicy = SameSiteMode.Lax });
        app.UseRateLimiter();
        return app;
    }

    /// <summary>The endpoint that signs out.</summary>
    public static WebApplication MapBankSignIn(this WebApplication app)
    {
        SignOutEndpoint.Map(app);
        return app;
    }

    private static void AddCookies(IServiceCollection services, bool development)
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
            // http://localhost, which browsers treat as safe; there the cookie policy above adds the Secure flag.
            antiforgery.Cookie.SecurePolicy = development ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
        });
    }
}
