using BankPortal.Infrastructure.Fraud;
using BankPortal.Web.Features.Fraud.Cases;
using BankPortal.Web.Features.Fraud.Rules;
using BankPortal.Web.Features.Fraud.Simulation;

namespace BankPortal.Web.Features.Fraud;

/// <summary>Registers the module Fraud.</summary>
internal static class FraudServiceCollectionExtensions
{
    /// <summary>Adds the fraud desk and its background work; in Development simulated traffic too.</summary>
    public static IServiceCollection AddFraudFeature(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddFraud();
        services.AddSingleton<IStartupTask, RulesInForceStart>();
        services.AddSingleton<UnsavedRules>();
        services.AddHostedService<RulesInForceWorker>();
        services.AddHostedService<ShadowTallyWorker>();
        services.AddHostedService<AlertWorker>();
        if (environment.IsDevelopment())
        {
            services.AddSingleton<TrafficHost>();
        }

        return services;
    }
}
