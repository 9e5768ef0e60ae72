using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// The secret parts of one key of the key ring, as Data Protection stores them: readable and marked, or in an element that names the
/// type that decrypts it.
/// </summary>
internal static class WrappedKey
{
    private static readonly XNamespace DataProtection = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XName Mark = DataProtection + "requiresEncryption";
    private static readonly XName Secret = DataProtection + "encryptedSecret";
    private static readonly XName Decryptor = "decryptorType";

    /// <summary>The encrypted secrets in a key that one of our own decryptors opens, outside AWS.</summary>
    public static IEnumerable<(XElement Secret, Type Decryptor)> EncryptedSecrets(XElement key) =>
        key.DescendantsAndSelf(Secret)
            .Select(secret => (Secret: secret, Decryptor: DecryptorOf(secret)))
            .Where(secret => secret.Decryptor is not null && secret.Secret.Elements().Any())
            .Select(secret => (secret.Secret.Elements().First(), secret.Decryptor!));

    /// <summary>Whether a secret in a key is readable.</summary>
    public static bool IsReadable(XElement key) => ReadableSecrets(key).Any();

    /// <summary>Whether a secret in a key is encrypted with the key file of the embedded engine.</summary>
    public static bool IsLocal(XElement key) =>
        EncryptedSecrets(key).Any(secret => secret.Secret.Attribute("source")?.Value == nameof(PassphraseSource.Local));

    /// <summary>A copy of a key in which every readable secret is encrypted.</summary>
    public static XElement Encrypt(XElement key, IXmlEncryptor encryptor)
    {
        var copy = new XElement(key);
        foreach (var secret in ReadableSecrets(copy).ToList())
        {
            var encrypted = encryptor.Encrypt(new XElement(secret));
            secret.ReplaceWith(new XElement(
                Secret, new XAttribute(Decryptor, encrypted.DecryptorType.AssemblyQualifiedName!), encrypted.EncryptedElement));
        }

        return copy;
    }

    /// <summary>A copy of a key in which the secrets are readable that our own decryptors open.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A secret cannot be decrypted; the message says why.</exception>
    public static XElement Decrypt(XElement key, IServiceProvider services)
    {
        var copy = new XElement(key);
        foreach (var (secret, decryptor) in EncryptedSecrets(copy).ToList())
        {
            secret.Parent!.ReplaceWith(((IXmlDecryptor)Activator.CreateInstance(decryptor, services)!).Decrypt(secret));
        }

        return copy;
    }

    private static IEnumerable<XElement> ReadableSecrets(XElement key) =>
        key.DescendantsAndSelf().Where(element => (bool?)element.Attribute(Mark) == true);

    // By the name in front of the assembly's, which carries a version.
    private static Type? DecryptorOf(XElement secret) => secret.Attribute(Decryptor)?.Value.Split(',')[0] switch
    {
        var name when name == typeof(PassphraseXmlDecryptor).FullName => typeof(PassphraseXmlDecryptor),
        var name when name == typeof(KeyRingCertificateXmlDecryptor).FullName => typeof(KeyRingCertificateXmlDecryptor),
        _ => null,
    };
}
