namespace BankPortal.Core.Identity;

/// <summary>
/// One rule that a password must meet. The form shows and the server checks the same list. How hard a password is to guess is checked
/// besides, see <see cref="PasswordStrength"/>.
/// </summary>
/// <param name="Code">A short stable name, used by the script of the form.</param>
/// <param name="Sentence">The text in the list of rules.</param>
/// <param name="IsMet">Returns whether a password meets the rule.</param>
public sealed record PasswordRule(string Code, string Sentence, Func<string, bool> IsMet)
{
    /// <summary>The minimum length in characters.</summary>
    public const int MinLength = 8;

    /// <summary>The length in characters from which on any passphrase is fine: no upper-case letter and no digit is needed.</summary>
    public const int PassphraseLength = 15;

    /// <summary>The maximum length in characters; hashing takes time, so endless input is refused.</summary>
    public const int MaxLength = 128;

    /// <summary>All rules in display order.</summary>
    public static ImmutableArray<PasswordRule> All { get; } =
    [
        new("length", $"At least {MinLength} characters", static password => password.Length >= MinLength),
        new("upper", $"An upper-case letter, or {PassphraseLength} characters", static password =>
            IsPassphrase(password) || password.Any(char.IsUpper)),
        new("digit", $"A digit, or {PassphraseLength} characters", static password =>
            IsPassphrase(password) || password.Any(char.IsAsciiDigit)),
    ];

    /// <summary>Returns whether the password is long enough to need no upper-case letter and no digit.</summary>
    public static bool IsPassphrase(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return password.Length >= PassphraseLength;
    }

    /// <summary>Returns the sentence for what a password is missing; <see langword="null"/> when it meets every rule.</summary>
    public static string? FirstProblem(string? password)
    {
        if (string.IsNullOrEmpty(password))
        {
            return "Enter a password.";
        }

        if (password.Length > MaxLength)
        {
            return $"Use at most {MaxLength} characters.";
        }

        var broken = All.Where(rule => !rule.IsMet(password)).Select(rule => rule.Code).ToArray();
        return broken switch
        {
            [] => null,
            ["length"] => $"Use at least {MinLength} characters.",
            ["upper"] => "Add an upper-case letter.",
            ["digit"] => "Add a digit.",
            ["upper", "digit"] => "Add an upper-case letter and a digit.",
            ["length", "upper"] => $"Use at least {MinLength} characters, with an upper-case letter.",
            ["length", "digit"] => $"Use at least {MinLength} characters, with a digit.",
            _ => $"Use at least {MinLength} characters, with an upper-case letter and a digit.",
        };
    }
}
