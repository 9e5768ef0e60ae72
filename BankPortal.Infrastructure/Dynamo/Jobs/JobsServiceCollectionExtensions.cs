using BankPortal.Core.Common.Jobs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Dynamo.Jobs;

/// <summary>Registers background jobs.</summary>
public static class JobsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="JobService"/> over DynamoDB, configured by the section <c>Jobs</c>. Needs a <see cref="DynamoDatabase"/> and, for
    /// the bank's time zone, <see cref="LedgerOptions"/>.
    /// </summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddValidatedOptions<JobOptions, JobOptionsValidator>(JobOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IJobStore, DynamoJobStore>();
        services.TryAddSingleton(provider => new JobService(
            provider.GetRequiredService<IJobStore>(),
            provider.GetServices<IBankJob>(),
            provider.GetRequiredService<JobOptions>(),
            TimeZoneInfo.FindSystemTimeZoneById(provider.GetRequiredService<LedgerOptions>().TimeZone),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<JobService>>(),
            provider.GetServices<IJobHold>()));
        return services;
    }

    /// <summary>Adds a job. The portal runs it while it serves pages, on one node at a time.</summary>
    public static IServiceCollection AddBankJob<T>(this IServiceCollection services)
        where T : class, IBankJob
    {
        services.TryAddSingleton<T>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IBankJob, T>(provider => provider.GetRequiredService<T>()));
        return services;
    }
}
