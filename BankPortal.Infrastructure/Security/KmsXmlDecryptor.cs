using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BankPortal.Infrastructure.Security;

/// <summary>Decrypts what <see cref="KmsXmlEncryptor"/> encrypted. Data Protection creates it by its type name, so the name must not
/// change.</summary>
/// <param name="services">Provides the KMS client.</param>
public sealed class KmsXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var wrapped = Read(encryptedElement, "dataKey");
        var sealedBytes = Read(encryptedElement, "value");
        if (sealedBytes.Length < KmsXmlEncryptor.NonceBytes + KmsXmlEncryptor.TagBytes)
        {
            throw new CryptographicException("The wrapped key is damaged.");
        }

        var kms = services.GetRequiredService<IAmazonKeyManagementService>();
        var opened = Task.Run(() => kms.DecryptAsync(new DecryptRequest
        {
            CiphertextBlob = new MemoryStream(wrapped, writable: false),
            EncryptionContext = KmsXmlEncryptor.Context,
        })).GetAwaiter().GetResult();

        var key = opened.Plaintext.ToArray();
        var plain = new byte[sealedBytes.Length - KmsXmlEncryptor.NonceBytes - KmsXmlEncryptor.TagBytes];
        try
        {
            using var aes = new AesGcm(key, KmsXmlEncryptor.TagBytes);
            aes.Decrypt(
                sealedBytes.AsSpan(0, KmsXmlEncryptor.NonceBytes),
                sealedBytes.AsSpan(KmsXmlEncryptor.NonceBytes, plain.Length),
                sealedBytes.AsSpan(KmsXmlEncryptor.NonceBytes + plain.Length),
                plain);
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static byte[] Read(XElement element, string name) =>
        Convert.FromBase64String(element.Element(name)?.Value ?? throw new CryptographicException("The wrapped key is damaged."));
}
