using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Common.Jobs;
using BankPortal.Infrastructure.Common;
using BankPortal.Infrastructure.Dynamo.Jobs;

namespace BankPortal.Web.Features.Demo;

/// <summary>Registers the module Demo.</summary>
public static class DemoServiceCollectionExtensions
{
    private const int LookBackDays = 1_100;
    private const double CloseShare = 0.6;

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
            services.AddSingleton<DemoHistoryHold>();
            services.AddSingleton<IJobHold>(provider => provider.GetRequiredService<DemoHistoryHold>());
            services.AddSingleton<IStartupNote>(provider => provider.GetRequiredService<DemoHistoryHold>());
            services.AddSingleton<DemoLoans>();
            services.AddSingleton<IStartupTask, DemoBank>();
            services.AddBankJob<DemoHistoryJob>();

            // The days of the whole history are closed, at once and with little rest: nobody waits for anything else in Development.
            services.PostConfigure<DayCloseOptions>(options =>
            {
                options.LookBackDays = Math.Max(options.LookBackDays, LookBackDays);
                options.Share = Math.Max(options.Share, CloseShare);
            });
        }

        return services;
    }

    // Read before options exist. A value that is neither true nor false counts as the default here, and stops the start when
    // the options are checked.
    private static bool IsEnabled(IConfiguration configuration) =>
        !bool.TryParse(configuration[$"{DemoOptions.Section}:{nameof(DemoOptions.Enabled)}"], out var enabled) || enabled;
}
