namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Encrypts single fields before they are stored: names, addresses, telephone numbers, secrets, free text. Authenticated encryption under
/// the bank's key ring; adds about 115 characters and takes a few microseconds. Two encryptions of the same text differ, so an encrypted
/// value can be neither searched nor compared. Implementations are thread-safe.
/// </summary>
public interface IFieldProtector
{
    /// <summary>Encrypts a text.</summary>
    /// <param name="purpose">
    /// The kind of field, such as <c>ledger.description</c>. Must be a constant: a value encrypted for one purpose cannot be decrypted
    /// for another, and every purpose stays in memory.
    /// </param>
    /// <param name="plain">The text; may be empty.</param>
    /// <returns>The encrypted text in URL-safe characters.</returns>
    string Protect(string purpose, string plain);

    /// <summary>Decrypts what <see cref="Protect"/> returned for the same purpose.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The value was altered, or encrypted for another purpose or
    /// with another key ring.</exception>
    string Unprotect(string purpose, string protectedText);

    /// <summary>Encrypts bytes, such as a part of a document; adds about 90 bytes.</summary>
    /// <param name="purpose">As for <see cref="Protect"/>.</param>
    /// <param name="plain">The bytes; may be empty.</param>
    byte[] ProtectBytes(string purpose, byte[] plain);

    /// <summary>Decrypts what <see cref="ProtectBytes"/> returned for the same purpose.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">As for <see cref="Unprotect"/>.</exception>
    byte[] UnprotectBytes(string purpose, byte[] protectedBytes);
}
