using BankPortal.Infrastructure.Common;

namespace BankPortal.Web.Features.Demo;

/// <summary>Registers the module Demo.</summary>
public static class DemoServiceCollectionExtensions
{
    /// <summary>
    /// Adds demo people and their data in Development, unless <c>Demo:Enabled</c> is false. Other environments never have them.
    /// </summary>
    public static IServiceCollection AddDemoFeature(
        this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddValidatedOptions<DemoOptions, DemoOptionsValidator>(DemoOptions.Section);
        if (environment.IsDevelopment() && IsEnabled(configuration))
        {
            services.AddSingleton<DemoSignIns>();
            services.AddSingleton<IStartupNote>(provider => provider.GetRequiredService<DemoSignIns>());
            services.AddSingleton<DemoIncidents>();
            services.AddSingleton<DemoLoans>();
            services.AddSingleton<IStartupTask, DemoBank>();
        }

        return services;
    }

    // Read before options exist. A value that is neither true nor false counts as the default here, and stops the start when
    // the options are checked.
    private static bool IsEnabled(IConfiguration configuration) =>
        !bool.TryParse(configuration[$"{DemoOptions.Section}:{nameof(DemoOptions.Enabled)}"], out var enabled) || enabled;
}
