using System.Collections.Frozen;

namespace BankPortal.Core.Identity;

/// <summary>
/// Detects passwords an attacker tries first: common passwords and those that contain the person's name or address. Part of
/// <see cref="PasswordStrength"/>.
/// </summary>
public static class GuessablePassword
{
    // Shorter fragments of a name or address occur in harmless passwords.
    private const int ShortestPersonalPart = 3;

    // The most common leaked passwords that could pass the other rules in some spelling, and their stems. A password is refused when it
    // is one of these with nothing but digits and signs around it.
    private static readonly FrozenSet<string> CommonStems = new[]
    {
        "password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword", "qwerty", "qwertyuiop", "qwerty123", "qwertz", "azerty",
        "asdfgh", "asdfghjkl", "zxcvbn", "zxcvbnm", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "q1w2e3r4", "abc", "abcd", "abcde",
        "abcdef", "abcdefg", "abcdefgh", "letmein", "welcome", "iloveyou", "monkey", "dragon", "football", "baseball", "basketball",
        "princess", "sunshine", "shadow", "master", "superman", "batman", "michael", "jordan", "liverpool", "chelsea", "arsenal",
        "charlie", "ashley", "jennifer", "jessica", "daniel", "thomas", "hunter", "starwars", "whatever", "trustno", "computer",
        "internet", "samsung", "google", "pokemon", "cheese", "killer", "admin", "administrator", "login", "secret", "changeme",
        "default", "guest", "root", "test", "testing", "summer", "winter", "spring", "autumn", "january", "february", "march",
        "april", "august", "september", "october", "november", "december", "monday", "friday", "freedom", "money", "bank",
        "banking", "bankportal", "pa$$word", "pa$$w0rd", "passpass", "hello", "flower", "lovely", "cookie", "summertime", "soccer",
        "hockey", "ginger", "pepper", "purple", "orange", "banana", "nicole", "matthew", "andrew", "joshua", "robert", "william",
        "maggie", "buster",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns whether the password contains a part of the person's name or of the e-mail address before the at sign.</summary>
    public static bool ContainsPersonalPart(string password, string? email, string? fullName)
    {
        ArgumentNullException.ThrowIfNull(password);
        return PersonalParts(email, fullName).Any(part => password.Contains(part, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Returns the parts of the person's name and of the e-mail address before the at sign, each once.</summary>
    public static IEnumerable<string> PersonalParts(string? email, string? fullName)
    {
        var at = email?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        var local = at > 0 ? email![..at] : email;
        return (fullName ?? "").Split([' ', '-', '\'', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Append(local ?? "")
            .Concat((local ?? "").Split(['.', '_', '-', '+'], StringSplitOptions.RemoveEmptyEntries))
            .Where(part => part.Length >= ShortestPersonalPart)
            .Distinct(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Returns whether the password is a common one, alone or with digits and signs around it, or repeats one or two
    /// characters.</summary>
    public static bool IsCommon(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        var letters = password.AsSpan();
        if (CommonStems.Contains(password))
        {
            return true;
        }

        while (letters.Length > 0 && !char.IsLetter(letters[^1]))
        {
            letters = letters[..^1];
        }

        if (CommonStems.Contains(letters.ToString()))
        {
            return true;
        }

        while (letters.Length > 0 && !char.IsLetter(letters[0]))
        {
            letters = letters[1..];
        }

        return CommonStems.Contains(letters.ToString()) || password.Distinct().Count() <= 2;
    }
}
