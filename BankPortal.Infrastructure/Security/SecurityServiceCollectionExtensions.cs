using Amazon;
using Amazon.KeyManagementService;
using BankPortal.Infrastructure.Dynamo;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Infrastructure.Security;

/// <summary>Registers the key ring and field encryption.</summary>
public static class SecurityServiceCollectionExtensions
{
    // Part of every key derivation: changing it makes all protected data unreadable.
    private const string ApplicationName = "BankPortal";

    /// <summary>
    /// Adds <see cref="IFieldProtector"/> and Data Protection with its key ring in the database, encrypted as the section
    /// <c>Security</c> says. Needs a <see cref="DynamoDatabase"/>; await <see cref="KeyRingStartup.EnsureReadableAsync"/> before
    /// anything is encrypted. May be called more than once.
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
                keys.XmlEncryptor = EncryptorOf(security.Value, provider);
            });
        services.TryAddSingleton<IAmazonKeyManagementService>(static provider =>
            provider.GetRequiredService<IOptions<SecurityOptions>>().Value.KmsRegion is { Length: > 0 } region
                ? new AmazonKeyManagementServiceClient(RegionEndpoint.GetBySystemName(region))
                : new AmazonKeyManagementServiceClient());
        services.AddSingleton(static provider => new KeyRingSecrets(
            provider.GetRequiredService<IOptions<SecurityOptions>>().Value, provider.GetRequiredService<IOptions<DynamoOptions>>().Value));
        services.AddSingleton(static provider => new KeyRingStartup(
            new DynamoXmlRepository(provider.GetRequiredService<DynamoDatabase>()),
            provider.GetRequiredService<KeyRingSecrets>(),
            provider.GetRequiredService<IOptions<SecurityOptions>>().Value,
            provider));
        services.AddSingleton(static provider => new KeyRingRotation(
            new DynamoXmlRepository(provider.GetRequiredService<DynamoDatabase>()),
            provider.GetRequiredService<IOptions<SecurityOptions>>().Value,
            provider.GetRequiredService<IOptions<DynamoOptions>>().Value,
            provider));
        services.AddSingleton<IFieldProtector, FieldProtector>();
        services.AddSingleton<LookupHasher>();
        return services;
    }

    private static IXmlEncryptor? EncryptorOf(SecurityOptions security, IServiceProvider provider)
    {
        if (security.KmsKeyId is { Length: > 0 } keyId)
        {
            return new KmsXmlEncryptor(provider.GetRequiredService<IAmazonKeyManagementService>(), keyId);
        }

        var secrets = provider.GetRequiredService<KeyRingSecrets>();
        return secrets switch
        {
            { Certificate: not null } => new KeyRingCertificateXmlEncryptor(secrets),
            { Passphrase: not null } => new PassphraseXmlEncryptor(secrets, PassphraseSource.Configured),
            { LocalKeyFile: not null } => new PassphraseXmlEncryptor(secrets, PassphraseSource.Local),
            _ => null,
        };
    }
}
