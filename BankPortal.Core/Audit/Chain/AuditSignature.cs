using System.Security.Cryptography;

namespace BankPortal.Core.Audit.Chain;

/// <summary>Verifies signatures of <see cref="IAuditSigner"/>; needs the public key alone.</summary>
public static class AuditSignature
{
    /// <summary>Whether the signature is that of the key over the data. What is no key or no signature does not fit.</summary>
    public static bool Fits(string publicKey, byte[] data, string signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
            return key.VerifyData(data, Convert.FromBase64String(signature), HashAlgorithmName.SHA256);
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    /// <summary>The fingerprint of a public key, to compare with what the bank has published: SHA-256 in groups of four digits.</summary>
    public static string Fingerprint(string publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        try
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(publicKey)));
            return string.Join(' ', hash.Chunk(4).Select(digits => new string(digits)));
        }
        catch (FormatException)
        {
            return "";
        }
    }
}
