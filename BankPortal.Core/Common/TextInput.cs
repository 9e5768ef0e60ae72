using System.Text;

namespace BankPortal.Core.Common;

/// <summary>Cleans text that people type.</summary>
public static class TextInput
{
    /// <summary>
    /// Returns the text on one line in Unicode normal form C: control characters, direction characters and noncharacters are removed,
    /// runs of white space become one space, and the ends are trimmed. Never returns <see langword="null"/>.
    /// </summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (rune != Rune.ReplacementChar
                && !IsNoncharacter(rune)
                && Rune.GetUnicodeCategory(rune)
                    is not (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim().Normalize(NormalizationForm.FormC);
    }

    /// <summary>
    /// Returns text of several lines: each is cleaned as by <see cref="Clean"/>, whatever kind of line break the text has; empty lines at
    /// the ends go, and of several empty lines in a row one stays. Lines are joined by a line feed. Never returns <see langword="null"/>.
    /// </summary>
    public static string CleanLines(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }

        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n', '\v'))
        {
            var clean = Clean(line);
            if (clean.Length > 0 || (lines.Count > 0 && lines[^1].Length > 0))
            {
                lines.Add(clean);
            }
        }

        return string.Join('\n', lines).TrimEnd('\n');
    }

    // Code points that are never characters (U+FFFE and similar). Normalization throws on some of them.
    private static bool IsNoncharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;
}
