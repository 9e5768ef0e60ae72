using Amazon.DynamoDBv2;
using BankPortal.Infrastructure.Dynamo.Engine;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Dynamo;

/// <summary>Registers the database.</summary>
public static class DynamoServiceCollectionExtensions
{
    /// <summary>The tag of health checks that decide whether this node may be given work.</summary>
    public const string ReadyTag = "ready";

    /// <summary>
    /// Registers <see cref="DynamoDatabase"/>, <see cref="IDatabaseStartup"/>, <see cref="DynamoReadiness"/> and its health
    /// check, configured by
    /// the section <c>Dynamo</c>. Await <see cref="IDatabaseStartup.EnsureReadyAsync"/> before using the database.
    /// </summary>
    public static IServiceCollection AddDynamo(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        // The health check writes a line at every question; DynamoReadiness logs each change of the state, with the reason.
        services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
        services.TryAddSingleton(TimeProvider.System);
        services.AddValidatedOptions<DynamoOptions, DynamoOptionsValidator>(DynamoOptions.Section)
            .PostConfigure<IHostEnvironment>((options, environment) =>
                options.Mode ??= environment.IsDevelopment() ? DynamoMode.Embedded : null);

        // Created in every mode, started in mode Embedded only: a container cannot hold "maybe one".
        services.AddSingleton(p => new EmbeddedEngine(
            OptionsOf(p),
            p.GetRequiredService<ILogger<EmbeddedEngine>>(),
            p.GetRequiredService<TimeProvider>(),
            p.GetService<IHostApplicationLifetime>()));
        services.AddSingleton(p =>
        {
            var options = OptionsOf(p);
            return DynamoClientFactory.Create(
                options, EngineOf(p) is { } engine ? () => engine.Port : null, [.. p.GetServices<IRequestInterceptor>()]);
        });
        services.AddSingleton(p => new DynamoDatabase(p.GetRequiredService<IAmazonDynamoDB>(), OptionsOf(p).TablePrefix));
        services.AddSingleton(p => new SchemaManager(
            p.GetRequiredService<DynamoDatabase>(),
            BankTables.All,
            durable: OptionsOf(p).Mode == DynamoMode.Aws,
            p.GetRequiredService<ILogger<SchemaManager>>()));
        services.AddSingleton(p => new DynamoReadiness(
            p.GetRequiredService<DynamoDatabase>(),
            BankTables.All,
            EngineOf(p),
            p.GetRequiredService<TimeProvider>(),
            p.GetRequiredService<ILogger<DynamoReadiness>>(),
            BankTables.WriteProbe));
        services.AddSingleton<IDatabaseStartup>(p => new DatabaseStartup(
            OptionsOf(p),
            p.GetRequiredService<SchemaManager>(),
            p.GetRequiredService<DynamoReadiness>(),
            EngineOf(p),
            p.GetRequiredService<ILogger<DatabaseStartup>>(),
            p.GetServices<IDatabaseCheck>()));
        services.AddHealthChecks().AddCheck<DynamoHealthCheck>("database", tags: [ReadyTag]);
        return services;
    }

    private static DynamoOptions OptionsOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<DynamoOptions>>().Value;

    private static EmbeddedEngine? EngineOf(IServiceProvider provider) =>
        OptionsOf(provider).Mode == DynamoMode.Embedded ? provider.GetRequiredService<EmbeddedEngine>() : null;
}
