namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Encrypts single fields before they are stored: names, addresses, telephone numbers, secrets, free text. Authenticated
/// encryption under the bank's key ring; about 115 characters more than the text itself, a few microseconds each. Two encryptions of the same
/// text differ, so a protected value can be neither searched nor compared.
/// </summary>
public interface IFieldProtector
{
    /// <summary>Encrypts a text.</summary>
    /// <param name="purpose">
    /// What the field is, such as <c>ledger.description</c>. A constant: a value protected for one purpose cannot be read under
    /// another, and every purpose is kept in memory for ever.
    /// </param>
    /// <param name="plain">The text; may be empty.</param>
    /// <returns>The protected text in URL-safe characters.</returns>
    string Protect(string purpose, string plain);

    /// <summary>Decrypts what <see cref="Protect"/> returned for the same purpose.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The value was altered, or protected for another purpose or by another key ring.</exception>
    string Unprotect(string purpose, string protectedText);
}
