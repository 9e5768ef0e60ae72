using System.Text;

namespace BankPortal.Core.Common;

/// <summary>
/// Matches texts against search terms. Case, accents and letter width are ignored; every term must occur, in any order, and may be part
/// of a longer word. Immutable, thread-safe.
/// </summary>
public sealed class SearchText
{
    /// <summary>The longest text that can be searched for, in characters.</summary>
    public const int MaxLength = 100;

    private readonly string[] _words;

    /// <summary>Searches for the terms in <paramref name="text"/>, separated by white space; an empty text matches everything.</summary>
    public SearchText(string? text) => _words = Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether there are no search terms, so that everything matches.</summary>
    public bool IsEmpty => _words.Length == 0;

    /// <summary>Returns whether every term occurs in at least one of the texts.</summary>
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
    /// Folds a text for comparison: lower case, no accents, each run of white space as one space. Letters that Unicode does not
    /// decompose, such as ø and ß, become the letters people type for them.
    /// </summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        // A lone surrogate cannot be normalised. Removing it costs a pass that hardly any text needs.
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
