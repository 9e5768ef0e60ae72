using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace BankPortal.Infrastructure.Security;

/// <summary>Encrypts an element with AES-256-GCM. The result is nonce, encrypted text and tag, one behind the other.</summary>
internal static class SealedXml
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Encrypts an element.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="element">The element.</param>
    public static byte[] Seal(byte[] key, XElement element)
    {
        var plain = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        try
        {
            var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
            var nonce = sealedBytes.AsSpan(0, NonceBytes);
            RandomNumberGenerator.Fill(nonce);
            using var aes = new AesGcm(key, TagBytes);
            aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length));
            return sealedBytes;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>Decrypts what <see cref="Seal"/> returned for the same key.</summary>
    /// <exception cref="CryptographicException">It was altered, is damaged, or belongs to another key.</exception>
    public static XElement Open(byte[] key, byte[] sealedBytes)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes)
        {
            throw Damaged();
        }

        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                sealedBytes.AsSpan(0, NonceBytes),
                sealedBytes.AsSpan(NonceBytes, plain.Length),
                sealedBytes.AsSpan(NonceBytes + plain.Length),
                plain);
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>The bytes in a child of an element.</summary>
    /// <exception cref="CryptographicException">There is no such child, or no bytes in it.</exception>
    public static byte[] Read(XElement element, string name)
    {
        try
        {
            return Convert.FromBase64String(element.Element(name)?.Value ?? throw Damaged());
        }
        catch (FormatException)
        {
            throw Damaged();
        }
    }

    private static CryptographicException Damaged() => new("The wrapped key is damaged.");
}
