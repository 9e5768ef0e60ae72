using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using BankPortal.Infrastructure.Dynamo;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Encrypts the keys of the key ring with another certificate or passphrase. The keys themselves stay, so everything that was encrypted
/// with them stays readable, the look-up key among it. Safe to repeat: keys that the new secret opens already are left alone.
/// </summary>
public sealed class KeyRingRotation
{
    // A node that still runs with the old secret may add a key meanwhile; one pass more takes it along.
    private const int MostPasses = 5;

    private readonly DynamoXmlRepository _repository;
    private readonly SecurityOptions _security;
    private readonly DynamoOptions _database;
    private readonly IServiceProvider _services;

    internal KeyRingRotation(DynamoXmlRepository repository, SecurityOptions security, DynamoOptions database, IServiceProvider services)
    {
        _repository = repository;
        _security = security;
        _database = database;
        _services = services;
    }

    /// <summary>Does it, for all keys in one transaction.</summary>
    /// <param name="certificate">The file of the new certificate; or <see langword="null"/>.</param>
    /// <param name="password">The password of <paramref name="certificate"/>.</param>
    /// <param name="passphraseFile">The file of the new passphrase, where there is no certificate.</param>
    /// <param name="dryRun">Whether to try everything and store nothing.</param>
    /// <param name="ct">Cancels it; nothing is stored then, or everything.</param>
    /// <returns>How many keys the new secret opens, and how many of them it did not open before.</returns>
    /// <exception cref="StartRefusedException">A secret cannot be used, or does not open a key; the message says which.</exception>
    public async Task<(int Keys, int Changed)> RotateAsync(
        string? certificate, string? password, string? passphraseFile, bool dryRun, CancellationToken ct = default)
    {
        if (!string.IsNullOrWhiteSpace(_security.KmsKeyId))
        {
            throw new StartRefusedException(
                "The key ring is encrypted by KMS, which rotates its own keys. To use another key of KMS, set Security:KmsKeyId: older keys stay readable.");
        }

        using var secrets = new KeyRingSecrets(
            new SecurityOptions
            {
                KeyRingCertificate = certificate, KeyRingCertificatePassword = password, KeyRingPassphraseFile = passphraseFile,
            },
            _database);
        IXmlEncryptor encryptor = Load("--to-certificate", () => secrets.Certificate) is not null
            ? new KeyRingCertificateXmlEncryptor(secrets)
            : Load("--to-passphrase-file", () => secrets.Passphrase) is not null
                ? new PassphraseXmlEncryptor(secrets, PassphraseSource.Configured)
                : throw new ArgumentException("A certificate or a passphrase is needed.", nameof(certificate));
        var target = new Provider(secrets);
        var changed = 0;
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var rows = await _repository.ReadRowsAsync(ct);
            var changes = rows
                .Select(row => (row.Id, Old: row.Xml, New: Rewrap(row.Id, row.Xml, encryptor, target)))
                .Where(row => row.New is not null)
                .Select(row => (row.Id, row.Old, row.New!))
                .ToList();
            if (changes.Count == 0 || dryRun)
            {
                return (rows.Count, changed + changes.Count);
            }

            if (await _repository.ReplaceAllAsync(changes, ct))
            {
                changed += changes.Count;
            }
        }

        throw new StartRefusedException("The key ring changes all the time. Stop the portal on every node and try again.");
    }

    private static T? Load<T>(string option, Func<T?> load)
    {
        try
        {
            return load();
        }
        catch (StartRefusedException e)
        {
            throw new StartRefusedException($"{option} {e.Message}", e);
        }
    }

    private static XElement? TryDecrypt(XElement key, IServiceProvider services, out CryptographicException? error)
    {
        try
        {
            error = null;
            return WrappedKey.Decrypt(key, services);
        }
        catch (CryptographicException e)
        {
            error = e;
            return null;
        }
    }

    // The key with the new secret; null when that opens it already.
    private string? Rewrap(string id, string xml, IXmlEncryptor encryptor, IServiceProvider target)
    {
        XElement key;
        try
        {
            key = XElement.Parse(xml);
        }
        catch (XmlException e)
        {
            throw new StartRefusedException($"The key {id} of the key ring is damaged: {e.Message} Restore the table BankingKeys from a backup.", e);
        }

        if (!WrappedKey.IsReadable(key) && !WrappedKey.IsLocal(key) && TryDecrypt(key, target, out _) is not null)
        {
            return null;
        }

        var readable = TryDecrypt(key, _services, out var error)
            ?? throw new StartRefusedException($"The key {id} cannot be decrypted, so nothing was changed. {error!.Message}", error);
        var wrapped = WrappedKey.Encrypt(readable, encryptor);
        return XNode.DeepEquals(TryDecrypt(wrapped, target, out error), readable)
            ? wrapped.ToString(SaveOptions.DisableFormatting)
            : throw new StartRefusedException($"The new secret does not open what it encrypted, so nothing was changed. {error?.Message}", error);
    }

    // What the decryptors ask for: the new secret.
    private sealed class Provider(KeyRingSecrets secrets) : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(KeyRingSecrets) ? secrets : null;
    }
}
