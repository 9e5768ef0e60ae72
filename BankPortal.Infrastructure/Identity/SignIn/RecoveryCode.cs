using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Generates and normalises recovery codes: 60 random bits in three groups of four characters, in an alphabet without look-alikes
/// (Crockford's Base32), for example <c>7KQ2-9XWD-H4MT</c>. Case and hyphens are ignored, and O, I and L are read as digits.
/// </summary>
internal static class RecoveryCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int GroupLength = 4;
    private const int Groups = 3;
    private const int LongestInput = 64;

    internal static string New()
    {
        var characters = RandomNumberGenerator.GetItems<char>(Alphabet, GroupLength * Groups);
        return string.Join('-', characters.Chunk(GroupLength).Select(group => new string(group)));
    }

    internal static string Normalize(string typed)
    {
        var text = new StringBuilder(GroupLength * Groups);
        foreach (var c in typed.AsSpan(0, Math.Min(typed.Length, LongestInput)))
        {
            var upper = char.ToUpperInvariant(c);
            if (char.IsAsciiLetterOrDigit(upper))
            {
                text.Append(upper switch { 'O' => '0', 'I' or 'L' => '1', _ => upper });
            }
        }

        return text.ToString();
    }
}
