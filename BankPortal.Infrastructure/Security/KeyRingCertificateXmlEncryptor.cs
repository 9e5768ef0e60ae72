using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Encrypts each key of the key ring with AES-256-GCM under a random data key, which is encrypted for the configured certificate
/// (RSA-OAEP-SHA256). The framework's own encryptor needs the certificate while services are registered.
/// </summary>
internal sealed class KeyRingCertificateXmlEncryptor(KeyRingSecrets secrets) : IXmlEncryptor
{
    private const int KeyBytes = 32;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var certificate = secrets.Certificate ?? throw new InvalidOperationException("No certificate is configured.");
        using var rsa = certificate.GetRSAPublicKey()!;
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        try
        {
            return new EncryptedXmlInfo(
                new XElement(
                    "certificateEncryptedKey",
                    new XAttribute("certificate", Name(certificate)),
                    new XElement("dataKey", Convert.ToBase64String(rsa.Encrypt(key, RSAEncryptionPadding.OaepSHA256))),
                    new XElement("value", Convert.ToBase64String(SealedXml.Seal(key, plaintextElement)))),
                typeof(KeyRingCertificateXmlDecryptor));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The SHA-256 fingerprint, by which a key names its certificate.</summary>
    public static string Name(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
