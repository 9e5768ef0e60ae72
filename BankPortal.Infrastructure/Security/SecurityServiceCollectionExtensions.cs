using Amazon;
using Amazon.KeyManagementService;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Security;

/// <summary>Registers the key ring and field encryption.</summary>
public static class SecurityServiceCollectionExtensions
{
    // Part of every key derivation: changing it makes all protected data unreadable.
    private const string ApplicationName = "BankPortal";

    /// <summary>
    /// Adds <see cref="IFieldProtector"/> and Data Protection with its key ring in the database, wrapped by KMS where a key is
    /// configured. Needs a <see cref="DynamoDatabase"/>. May be called more than once.
    /// </summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(IFieldProtector)))
        {
            return services;
        }

        services.AddValidatedOptions<SecurityOptions, SecurityOptionsValidator>(SecurityOptions.Section);
        services.AddDataProtection()
            .SetApplicationName(ApplicationName)
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration
            {
                // One pass and 32 bytes shorter than the default of CBC with HMAC, on every stored field.
                EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM,
            });
        services.AddOptions<KeyManagementOptions>().Configure<DynamoDatabase, IOptions<SecurityOptions>, IServiceProvider>(
            static (keys, database, security, provider) =>
            {
                keys.XmlRepository = new DynamoXmlRepository(database);
                if (security.Value.KmsKeyId is { Length: > 0 } keyId)
                {
                    keys.XmlEncryptor = new KmsXmlEncryptor(provider.GetRequiredService<IAmazonKeyManagementService>(), keyId);
                }
            });
        services.TryAddSingleton<IAmazonKeyManagementService>(static provider =>
            provider.GetRequiredService<IOptions<SecurityOptions>>().Value.KmsRegion is { Length: > 0 } region
                ? new AmazonKeyManagementServiceClient(RegionEndpoint.GetBySystemName(region))
                : new AmazonKeyManagementServiceClient());
        services.AddSingleton<IFieldProtector, FieldProtector>();
        services.AddSingleton<LookupHasher>();
        return services;
    }
}
