using System.Security.Cryptography;
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
        var wrapped = SealedXml.Read(encryptedElement, "dataKey");
        var sealedBytes = SealedXml.Read(encryptedElement, "value");
        var kms = services.GetRequiredService<IAmazonKeyManagementService>();
        var opened = Task.Run(() => kms.DecryptAsync(new DecryptRequest
        {
            CiphertextBlob = new MemoryStream(wrapped, writable: false),
            EncryptionContext = KmsXmlEncryptor.Context,
        })).GetAwaiter().GetResult();

        var key = opened.Plaintext.ToArray();
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
