using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Encrypts each key of the key ring with AES-256-GCM under a key that is derived from a passphrase (PBKDF2-HMAC-SHA512, a salt for
/// each).
/// </summary>
internal sealed class PassphraseXmlEncryptor(KeyRingSecrets secrets, PassphraseSource source) : IXmlEncryptor
{
    private const int KeyBytes = 32;
    private const int SaltBytes = 16;

    // As for passwords. The key beside the database is random in all its bits, and needs no stretching.
    private const int Iterations = 210_000;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var iterations = source == PassphraseSource.Local ? 1 : Iterations;
        var key = DeriveKey(secrets, source, salt, iterations);
        try
        {
            return new EncryptedXmlInfo(
                new XElement(
                    "passphraseEncryptedKey",
                    new XAttribute("source", source),
                    new XAttribute("iterations", iterations),
                    new XElement("salt", Convert.ToBase64String(salt)),
                    new XElement("value", Convert.ToBase64String(SealedXml.Seal(key, plaintextElement)))),
                typeof(PassphraseXmlDecryptor));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Derives the key.</summary>
    /// <exception cref="CryptographicException">There is no passphrase; the message says where it should be.</exception>
    public static byte[] DeriveKey(KeyRingSecrets secrets, PassphraseSource source, byte[] salt, int iterations)
    {
        var passphrase = source == PassphraseSource.Local
            ? secrets.LocalKey ?? throw new CryptographicException(secrets.LocalKeyFile is { } file
                ? $"The key of the database, {file}, is missing. Restore it from a backup of the data folder."
                : "The key ring is encrypted with the key file of an embedded database. Start the portal with Dynamo:Mode=Embedded.")
            : secrets.Passphrase ?? throw new CryptographicException(
                "The key ring is encrypted with a passphrase. Name its file in Security:KeyRingPassphraseFile.");
        return Rfc2898DeriveBytes.Pbkdf2(passphrase, salt, iterations, HashAlgorithmName.SHA512, KeyBytes);
    }
}
