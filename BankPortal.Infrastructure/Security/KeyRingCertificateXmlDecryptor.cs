using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Decrypts what <see cref="KeyRingCertificateXmlEncryptor"/> encrypted. Data Protection creates it by its type name, so the name must
/// not change.
/// </summary>
/// <param name="services">Provides the certificate.</param>
public sealed class KeyRingCertificateXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var wrapped = SealedXml.Read(encryptedElement, "dataKey");
        var sealedBytes = SealedXml.Read(encryptedElement, "value");
        var certificate = services.GetRequiredService<KeyRingSecrets>().Certificate
            ?? throw new CryptographicException("The key ring is encrypted with a certificate. Name its file in Security:KeyRingCertificate.");
        var name = encryptedElement.Attribute("certificate")?.Value;
        if (name != KeyRingCertificateXmlEncryptor.Name(certificate))
        {
            throw new CryptographicException(
                $"Security:KeyRingCertificate names another certificate than the one that the key ring was encrypted with, {name}.");
        }

        using var rsa = certificate.GetRSAPrivateKey()!;
        var key = rsa.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256);
        try
        {
            return SealedXml.Open(key, sealedBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
