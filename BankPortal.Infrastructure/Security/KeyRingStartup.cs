using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Hosting;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Makes sure, before anything is read or written, that the key ring can be decrypted: Data Protection alone would take a key that
/// it cannot decrypt for none, make another, and leave all personal data unreadable. Encrypts keys that earlier versions stored
/// readable.
/// </summary>
public sealed partial class KeyRingStartup
{
    private readonly DynamoXmlRepository _repository;
    private readonly KeyRingSecrets _secrets;
    private readonly SecurityOptions _security;
    private readonly IServiceProvider _services;
    private readonly IHostEnvironment? _environment;
    private readonly ILogger<KeyRingStartup> _logger;

    internal KeyRingStartup(DynamoXmlRepository repository, KeyRingSecrets secrets, SecurityOptions security, IServiceProvider services)
    {
        _repository = repository;
        _secrets = secrets;
        _security = security;
        _services = services;
        _environment = services.GetService<IHostEnvironment>();
        _logger = services.GetRequiredService<ILogger<KeyRingStartup>>();
    }

    // The embedded engine's key ring never lies unprotected in the file of what it protects.
    private bool UsesLocalKey =>
        _secrets.LocalKeyFile is not null
        && string.IsNullOrWhiteSpace(_security.KmsKeyId)
        && string.IsNullOrWhiteSpace(_security.KeyRingCertificate)
        && string.IsNullOrWhiteSpace(_security.KeyRingPassphraseFile);

    /// <summary>Does it. Needs the tables.</summary>
    /// <exception cref="StartRefusedException">The key ring cannot be decrypted; the message says why.</exception>
    /// <exception cref="DatabaseUnavailableException">The database does not answer.</exception>
    public async Task EnsureReadableAsync(CancellationToken ct = default)
    {
        try
        {
            var keys = (await _repository.ReadRowsAsync(ct)).ConvertAll(row => (row.Id, row.Xml, Key: XElement.Parse(row.Xml)));
            if (UsesLocalKey && _secrets.LocalKey is null && !keys.Exists(key => WrappedKey.IsLocal(key.Key)))
            {
                _secrets.MakeLocalKey();
            }

            foreach (var (id, xml, key) in keys)
            {
                await CheckAsync(id, xml, key, ct);
            }
        }
        catch (CryptographicException e)
        {
            throw new StartRefusedException($"{e.Message} Without it names, addresses and secrets cannot be read.", e);
        }
        catch (XmlException e)
        {
            throw new StartRefusedException($"A key of the key ring is damaged: {e.Message} Restore the table BankingKeys from a backup.", e);
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or TimeoutException)
        {
            throw new DatabaseUnavailableException($"The key ring cannot be read from the database: {e.Message}", e);
        }

        if (_security.AllowUnprotectedKeyRing && _environment?.IsDevelopment() != true)
        {
            Unprotected(_logger, _secrets.LocalKeyFile ?? "the table BankingKeys");
        }
    }

    private async Task CheckAsync(string id, string xml, XElement key, CancellationToken ct)
    {
        var readable = WrappedKey.Decrypt(key, _services);
        var encryptor = _services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlEncryptor;
        if (encryptor is null || !(WrappedKey.IsReadable(key) || (WrappedKey.IsLocal(key) && !UsesLocalKey)))
        {
            return;
        }

        // Another node may have done it in the meantime; the condition on the old text sees to that.
        var wrapped = WrappedKey.Encrypt(readable, encryptor).ToString(SaveOptions.DisableFormatting);
        if (await _repository.ReplaceAsync(id, xml, wrapped, ct))
        {
            Wrapped(_logger, id);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Security:AllowUnprotectedKeyRing is set: whoever can read {Where} can read all personal data. Configure "
            + "Security:KeyRingCertificate or Security:KeyRingPassphraseFile")]
    private static partial void Unprotected(ILogger logger, string where);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The key {KeyId} of the key ring is encrypted now as configured. Backups from before still have it as it was")]
    private static partial void Wrapped(ILogger logger, string keyId);
}
