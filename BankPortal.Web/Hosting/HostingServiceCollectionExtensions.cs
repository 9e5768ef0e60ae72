using System.IO.Compression;
using System.Net;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Common;
using BankPortal.Infrastructure.Dynamo;
using BankPortal.Infrastructure.Dynamo.Client;
using BankPortal.Infrastructure.Dynamo.Jobs;
using BankPortal.Infrastructure.Dynamo.Schema;
using BankPortal.Web.Hosting.Culture;
using BankPortal.Web.Hosting.Jobs;
using BankPortal.Web.Hosting.Security;
using BankPortal.Web.Hosting.Start;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace BankPortal.Web.Hosting;

/// <summary>Registers what all pages share: layout, culture, time zone, security headers, error pages, proxies.</summary>
public static class HostingServiceCollectionExtensions
{
    // Browsers keep to https for a year after a visit, the time preload lists ask for.
    private static readonly TimeSpan StrictTransportAge = TimeSpan.FromDays(365);

    /// <summary>Adds it, configured by the sections <c>Shell</c> and <c>Proxy</c>.</summary>
    public static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(mud => mud.SnackbarConfiguration = Toasts.NewConfiguration());
        services.AddLeanInterop();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<UserTimeZone>();
        services.AddScoped<ComponentLibrary>();
        services.AddScoped<Toasts>();
        services.AddSingleton<HandOverStore>();
        services.AddSingleton(p => new DataWatch(
            new DatabaseProbe(p.GetRequiredService<DynamoDatabase>(), AccountTables.Accounts).AskAsync,
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<DataWatch>>()));
        AddCulture(services);

        services.AddResponseCompression(compression => compression.EnableForHttps = true);
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.AddHsts(hsts =>
        {
            hsts.MaxAge = StrictTransportAge;
            hsts.IncludeSubDomains = true;
        });
        AddProxies(services);

        services.AddHostedService<StartupBanner>();
        services.AddJobs();
        services.AddHostedService<JobWorker>();
        AddStart(services);
        return services;
    }

    private static void AddStart(IServiceCollection services)
    {
        services.AddOptions<SectionNames.Settings>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SectionNames.Settings>, SectionNames>();
        services.AddSingleton<ListenCheck>();
        services.AddSingleton(provider => new LocalCertificate(
            provider.GetRequiredService<IOptions<DynamoOptions>>(),
            provider.GetRequiredService<IHostEnvironment>(),
            provider.GetRequiredService<TimeProvider>(),
            LocalCertificate.FindDeveloperCertificate));
        services.AddSingleton<IStartupNote>(provider => provider.GetRequiredService<LocalCertificate>());
        services.AddOptions<KestrelServerOptions>().Configure<LocalCertificate>((kestrel, certificate) =>
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate ??= certificate.Current));
    }

    private static void AddCulture(IServiceCollection services)
    {
        services.AddValidatedOptions<ShellOptions, ShellOptionsValidator>(ShellOptions.Section);
        services.AddOptions<RequestLocalizationOptions>().Configure<IOptions<ShellOptions>>((localization, shell) =>
        {
            localization.SupportedCultures = [.. SupportedCultures.Cultures];
            localization.SupportedUICultures = [CultureInfo.GetCultureInfo("en-US")];
            localization.DefaultRequestCulture = new RequestCulture(shell.Value.DefaultCulture, "en-US");
            localization.RequestCultureProviders = [new CultureCookie(), new AcceptLanguageCulture()];
        });
    }

    private static void AddProxies(IServiceCollection services)
    {
        services.AddValidatedOptions<ProxyOptions, ProxyOptionsValidator>(ProxyOptions.Section);
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
    }
}
