using BankPortal.Core.Common.Documents;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Dynamo.Documents;

/// <summary>Registers the store of kept documents.</summary>
public static class DocumentsServiceCollectionExtensions
{
    /// <summary>Adds the store, once for all modules that keep documents.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.TryAddSingleton<IDocumentStore>(provider => new DynamoDocumentStore(
            provider.GetRequiredService<DynamoDatabase>(), provider.GetRequiredService<IFieldProtector>()));
        return services;
    }
}
