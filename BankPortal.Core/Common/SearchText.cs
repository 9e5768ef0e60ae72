using System.Text;

namespace BankPortal.Core.Common;

/// <summary>
/// Finds words in texts the way people expect of a search box: case, accents and width of the letters do not matter, and
/// every word must occur, in any order and also inside a longer word.
/// </summary>
public sealed class SearchText
{
    /// <summary>The longest text that can be searched for, in characters.</summary>
    public const int MaxLength = 100;

    private readonly string[] _words;

    /// <summary>Searches for the words of <paramref name="text"/>; nothing or white space matches everything.</summary>
    public SearchText(string? text) => _words = Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether there is nothing to search for.</summary>
    public bool IsEmpty => _words.Length == 0;

    /// <summary>Whether every word occurs in one of the texts.</summary>
    public bool Matches(params ReadOnlySpan<string> texts)
    {
        if (IsEmpty)
        {
            return true;
        }

        var hay = Fold(string.Join('\n', texts));
        return Array.TrueForAll(_words, word => hay.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>
    /// The text in small letters without accents, each white space as one blank. Letters that Unicode does not take
    /// apart, such as ø and ß, become what people type for them.
    /// </summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        // Half a surrogate pair cannot be normalised; taking it out costs a pass that hardly any text needs.
        text = text.Any(char.IsSurrogate) ? TextInput.Clean(text) : text;
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            {
                continue;
            }

            _ = char.ToLowerInvariant(c) switch
            {
                'ß' => folded.Append("ss"),
                'æ' => folded.Append("ae"),
                'œ' => folded.Append("oe"),
                'ø' => folded.Append('o'),
                'ł' => folded.Append('l'),
                'đ' or 'ð' => folded.Append('d'),
                'þ' => folded.Append("th"),
                'ı' => folded.Append('i'),
                '\u2019' => folded.Append('\''),
                var small => folded.Append(char.IsWhiteSpace(small) ? ' ' : small),
            };
        }

        return folded.ToString();
    }
}
