using System.Text;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>Text in SWIFT's character set x: letters without accents, digits, space and a few signs.</summary>
internal static class SwiftText
{
    private const string Signs = "/-?:().,'+ ";
    private const char Unknown = '.';

    /// <summary>Returns the text in the set: letters lose their accents, some characters become several, and what has no likeness becomes
    /// a point. When it would get longer than <paramref name="most"/>, every character becomes one.</summary>
    public static string Of(string text, int most)
    {
        var full = Convert(text, single: false);
        return full.Length <= most ? full : Convert(text, single: true);
    }

    /// <summary>Whether a line may start with it: a colon begins a field and a hyphen ends the message.</summary>
    public static bool MayStart(char c) => c is not (':' or '-');

    private static string Convert(string text, bool single)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            var c = rune.IsAscii ? (char)rune.Value : '\0';
            if (char.IsAsciiLetterOrDigit(c) || (c != '\0' && Signs.Contains(c, StringComparison.Ordinal)))
            {
                result.Append(c);
                continue;
            }

            var likeness = LikenessOf(rune.Value);
            result.Append(likeness.Length > 1 && single ? likeness[..1] : likeness);
        }

        return result.ToString();
    }

    private static string LikenessOf(int rune) => rune switch
    {
        'ß' => "ss",
        'Æ' => "AE",
        'æ' => "ae",
        'Œ' => "OE",
        'œ' => "oe",
        'Ø' => "O",
        'ø' => "o",
        'Ł' => "L",
        'ł' => "l",
        'Đ' or 'Ð' => "D",
        'đ' or 'ð' => "d",
        'ı' => "i",
        'Þ' => "TH",
        'þ' => "th",
        '€' => "EUR",
        '£' => "GBP",
        '$' => "USD",
        '¥' => "JPY",
        '&' => "+",
        '@' => "(at)",
        '_' or '–' or '—' or '−' or '~' => "-",
        '‘' or '’' or '“' or '”' or '"' or '`' or '´' => "'",
        '[' or '{' or '<' => "(",
        ']' or '}' or '>' => ")",
        ';' => ",",
        '!' => ".",
        '\\' or '|' => "/",
        '·' or '•' => ".",
        '×' => "x",
        _ => Unknown.ToString(),
    };
}
