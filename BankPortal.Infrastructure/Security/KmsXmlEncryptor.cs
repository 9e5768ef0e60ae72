using System.Security.Cryptography;
using System.Xml.Linq;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Encrypts each key of the key ring with AES-256-GCM under a data key that only AWS KMS can decrypt, and only for this purpose (KMS
/// authenticates the encryption context).
/// </summary>
/// <param name="kms">The KMS client.</param>
/// <param name="keyId">The id, ARN or alias of the KMS key.</param>
public sealed class KmsXmlEncryptor(IAmazonKeyManagementService kms, string keyId) : IXmlEncryptor
{
    internal static Dictionary<string, string> Context => new(StringComparer.Ordinal)
    {
        ["application"] = "BankPortal",
        ["purpose"] = "data-protection-key-ring",
    };

    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var dataKey = Task.Run(() => kms.GenerateDataKeyAsync(new GenerateDataKeyRequest
        {
            KeyId = keyId,
            KeySpec = DataKeySpec.AES_256,
            EncryptionContext = Context,
        })).GetAwaiter().GetResult();

        var key = dataKey.Plaintext.ToArray();
        try
        {
            var element = new XElement(
                "kmsEncryptedKey",
                new XElement("dataKey", Convert.ToBase64String(dataKey.CiphertextBlob.ToArray())),
                new XElement("value", Convert.ToBase64String(SealedXml.Seal(key, plaintextElement))));
            return new EncryptedXmlInfo(element, typeof(KmsXmlDecryptor));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
