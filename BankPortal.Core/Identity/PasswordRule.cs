namespace BankPortal.Core.Identity;

/// <summary>One rule a password must keep. The same list is shown on the form and checked on the server.</summary>
/// <param name="Code">A short stable name, used by the form's script.</param>
/// <param name="Sentence">What the person reads in the list of rules.</param>
/// <param name="IsMet">Whether a password keeps the rule.</param>
public sealed record PasswordRule(string Code, string Sentence, Func<string, bool> IsMet)
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 8;

    /// <summary>The most characters; hashing costs time, so endless input is refused.</summary>
    public const int MaxLength = 128;

    /// <summary>The rules, in the order they are shown.</summary>
    public static ImmutableArray<PasswordRule> All { get; } =
    [
        new("length", $"At least {MinLength} characters", static password => password.Length >= MinLength),
        new("upper", "An upper-case letter", static password => password.Any(char.IsUpper)),
        new("digit", "A digit", static password => password.Any(char.IsAsciiDigit)),
    ];

    /// <summary>The sentence for the first rule a password breaks, or <see langword="null"/> when it keeps them all.</summary>
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
