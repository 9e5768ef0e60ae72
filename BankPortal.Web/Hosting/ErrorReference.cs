using System.Security.Cryptography;

namespace BankPortal.Web.Hosting;

/// <summary>A short reference that a person can read out on the phone and that leads to one line of the log.</summary>
public static class ErrorReference
{
    // No letters or digits that are taken for each other.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A new reference, such as <c>K7MP-3XQ9</c>.</summary>
    public static string New()
    {
        var letters = RandomNumberGenerator.GetString(Alphabet, 8);
        return letters[..4] + "-" + letters[4..];
    }
}
