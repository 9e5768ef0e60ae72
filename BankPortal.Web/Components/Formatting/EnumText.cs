using System.Text;

namespace BankPortal.Web.Components.Formatting;

/// <summary>The names of enumeration values as words, for kinds that need no text of their own.</summary>
public static class EnumText
{
    /// <summary>The words of a name: <c>SignIn</c> becomes "Sign in".</summary>
    public static string Words(Enum value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var text = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            _ = char.IsAsciiLetterUpper(letter) && text.Length > 0
                ? text.Append(' ').Append(char.ToLowerInvariant(letter))
                : text.Append(letter);
        }

        return text.ToString();
    }
}
