using Zxcvbn.Matcher;

namespace BankPortal.Core.Identity;

/// <summary>How hard a new password is to guess, by zxcvbn's estimate with the person's own name and address as extra words.</summary>
/// <param name="Score">From 0 (among the first guesses) to 4 (out of reach).</param>
/// <param name="Problem">Why the password is refused and what would help; <see langword="null"/> when it is accepted.</param>
/// <param name="Advice">What makes a refused password easy to guess and what would help, in sentences.</param>
public sealed record PasswordStrength(int Score, string? Problem, ImmutableArray<string> Advice)
{
    /// <summary>The least score of an accepted password: what zxcvbn calls safely unguessable, some ten billion guesses.</summary>
    public const int LeastScore = 3;

    // The estimate takes time that grows with the square of the length, and what is hard to guess is so after this many characters.
    private const int LongestPart = 40;

    // Shorter matches are chance: the estimate finds a word in nearly every letter.
    private const int ShortestNamed = 3;
    private const int MostReasons = 2;

    private const string UserWords = "user_inputs";

    // Everybody would think of them here.
    private static readonly string[] WordsOfTheBank = ["bankportal", "portal", "banking"];

    // Its word lists are loaded with the first estimate. Thread-safe.
    private static readonly Zxcvbn.Zxcvbn Estimator = new();

    /// <summary>Estimates a password. Takes milliseconds, the first time some hundred.</summary>
    /// <param name="password">The password; at most <see cref="PasswordRule.MaxLength"/> characters are expected.</param>
    /// <param name="email">The person's e-mail address, if known.</param>
    /// <param name="fullName">The person's name, if known.</param>
    public static PasswordStrength Of(string password, string? email, string? fullName)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (GuessablePassword.IsCommon(password))
        {
            return new PasswordStrength(0, "This password is common and easy to guess. Choose another one.", []);
        }

        var estimate = Estimate(password, [.. GuessablePassword.PersonalParts(email, fullName), .. WordsOfTheBank]);
        if (!PasswordRule.IsPassphrase(password) && GuessablePassword.ContainsPersonalPart(password, email, fullName))
        {
            return new PasswordStrength(
                Math.Min(estimate.Score, 1), "Do not use your name or e-mail address in the password.", AdviceOf(estimate));
        }

        if (estimate.Score >= LeastScore)
        {
            return new PasswordStrength(estimate.Score, Problem: null, []);
        }

        var advice = AdviceOf(estimate);
        return new PasswordStrength(estimate.Score, string.Join(' ', advice.Prepend("This password is easy to guess.")), advice);
    }

    // A long password is hard to guess if its beginning or its end is.
    private static Zxcvbn.Result Estimate(string password, string[] words)
    {
        if (password.Length <= LongestPart)
        {
            return Estimator.EvaluatePassword(password, words);
        }

        var beginning = Estimator.EvaluatePassword(password[..LongestPart], words);
        return beginning.Score >= LeastScore ? beginning : Estimator.EvaluatePassword(password[^LongestPart..], words);
    }

    private static ImmutableArray<string> AdviceOf(Zxcvbn.Result estimate) =>
    [
        .. estimate.MatchSequence
            .Where(match => match.Token.Length >= ShortestNamed)
            .OrderByDescending(match => match.Token.Length)
            .Select(ReasonOf)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Take(MostReasons),
        "Add another word or two that have nothing to do with each other.",
    ];

    private static string? ReasonOf(Zxcvbn.Match match) => match switch
    {
        DictionaryMatch { DictionaryName: UserWords } => "Your name, your e-mail address and the bank's name are among the first guesses.",
        L33tDictionaryMatch => "Signs in place of letters, such as @ for a, hardly help.",
        DictionaryMatch { DictionaryName: "passwords" } => "It is built on a common password.",
        DictionaryMatch { DictionaryName: "male_names" or "female_names" or "surnames" } => "Names are easy to guess.",
        DictionaryMatch => "Single words are easy to guess.",
        SpatialMatch { Graph: "keypad" or "mac_keypad" } or DateMatch => "Years, dates and rows of digits are easy to guess.",
        SpatialMatch => "Rows of keys are easy to guess.",
        SequenceMatch => "Sequences such as abc or 321 are easy to guess.",
        RepeatMatch => "Repeated characters are easy to guess.",
        { Pattern: "year" or "digits" } => "Years, dates and rows of digits are easy to guess.",
        _ => null,
    };
}
