using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Decrypts what <see cref="PassphraseXmlEncryptor"/> encrypted. Data Protection creates it by its type name, so the name must not
/// change.
/// </summary>
/// <param name="services">Provides the passphrase.</param>
public sealed class PassphraseXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    // A stored number decides how long the derivation takes.
    private const int MostIterations = 10_000_000;

    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        var salt = SealedXml.Read(encryptedElement, "salt");
        var sealedBytes = SealedXml.Read(encryptedElement, "value");
        if (!Enum.TryParse<PassphraseSource>(encryptedElement.Attribute("source")?.Value, out var source)
            || !int.TryParse(
                encryptedElement.Attribute("iterations")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > MostIterations)
        {
            throw new CryptographicException("The wrapped key is damaged.");
        }

        var key = PassphraseXmlEncryptor.DeriveKey(services.GetRequiredService<KeyRingSecrets>(), source, salt, iterations);
        try
        {
            return SealedXml.Open(key, sealedBytes);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new CryptographicException(
                source == PassphraseSource.Local
                    ? "The key file bankportal.db.key belongs to another database. Restore the one that was copied with this database."
                    : "Security:KeyRingPassphraseFile has another passphrase than the one that the key ring was encrypted with.",
                e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
