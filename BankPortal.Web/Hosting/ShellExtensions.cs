using System.IO.Compression;
using BankPortal.Web.Components;
using BankPortal.Web.Hosting.Culture;
using BankPortal.Web.Hosting.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.ResponseCompression;
using Radzen;

namespace BankPortal.Web.Hosting;

/// <summary>The frame: pages, layout, culture, time zone, security headers, error pages.</summary>
public static class ShellExtensions
{
    /// <summary>Registers what the frame and every page in it need.</summary>
    public static WebApplicationBuilder AddBankShell(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        services.AddOptions<ShellOptions>().BindConfiguration(ShellOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ShellOptions>, ShellOptionsValidator>();

        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddHttpContextAccessor();
        services.TryAddTimeProvider();
        services.AddScoped<UserTimeZone>();
        services.AddScoped<Toasts>();

        services.AddOptions<RequestLocalizationOptions>().Configure<IOptions<ShellOptions>>((localization, shell) =>
        {
            localization.SupportedCultures = [.. SupportedCultures.Cultures];
            localization.SupportedUICultures = [CultureInfo.GetCultureInfo("en-US")];
            localization.DefaultRequestCulture = new RequestCulture(shell.Value.DefaultCulture, "en-US");
            localization.RequestCultureProviders = [new CultureCookie(), new AcceptLanguageCulture()];
        });

        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.AddHsts(hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(365);
            hsts.IncludeSubDomains = true;
        });

        services.AddHostedService<StartupBanner>();
        return builder;
    }

    /// <summary>The first part of every request: errors, headers, compression, culture.</summary>
    public static WebApplication UseBankShell(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
        }

        app.UseMiddleware<CircuitOriginCheck>();
        app.UseStatusCodePagesWithReExecute("/not-found", "?code={0}", createScopeForStatusCodePages: true);
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
        return app;
    }

    /// <summary>Checks that forms come from our own pages; after authentication, because a token belongs to a person.</summary>
    public static WebApplication UseBankForms(this WebApplication app)
    {
        app.UseAntiforgery();
        app.UseMiddleware<FormRefusal>();
        return app;
    }

    /// <summary>Static files and pages.</summary>
    public static WebApplication MapBankShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            // The whole policy is set in one place, SecurityHeaders.
            server.ContentSecurityFrameAncestorsPolicy = null;
        }).AllowAnonymousInfrastructure();
        return app;
    }

    private static void TryAddTimeProvider(this IServiceCollection services)
    {
        if (services.All(service => service.ServiceType != typeof(TimeProvider)))
        {
            services.AddSingleton(TimeProvider.System);
        }
    }
}
