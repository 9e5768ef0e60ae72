using BankPortal.Core.Common.Runs;
using BankPortal.Infrastructure.Dynamo.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Dynamo.Runs;

/// <summary>Registers background runs.</summary>
public static class RunsServiceCollectionExtensions
{
    /// <summary>Adds runs with their store and job. Modules add an <see cref="IRunWorker"/> for each kind.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.TryAddSingleton<IRunStore>(provider => new DynamoRunStore(
            provider.GetRequiredService<DynamoDatabase>(), provider.GetRequiredService<IFieldProtector>()));
        services.TryAddSingleton<RunSignal>();
        services.TryAddSingleton<RunService>();
        services.AddBankJob<RunJob>();
        return services;
    }
}
