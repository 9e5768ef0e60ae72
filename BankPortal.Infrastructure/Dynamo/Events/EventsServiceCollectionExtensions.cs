using BankPortal.Core.Common.Events;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Dynamo.Events;

/// <summary>Registers the event outbox.</summary>
public static class EventsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IBankEvents"/> and the outbox over DynamoDB. Needs a <see cref="DynamoDatabase"/> and an
    /// <see cref="IFieldProtector"/>. Every module that needs it may call this.
    /// </summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<EventSignal>();
        services.TryAddSingleton<DynamoEventOutbox>();
        services.TryAddSingleton<IBankEvents>(static provider => provider.GetRequiredService<DynamoEventOutbox>());
        services.TryAddSingleton<IEventOutbox>(static provider => provider.GetRequiredService<DynamoEventOutbox>());
        return services;
    }
}
