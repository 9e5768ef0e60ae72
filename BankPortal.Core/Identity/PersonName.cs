using System.Text;

namespace BankPortal.Core.Identity;

/// <summary>Validates a person's full name: letters of any script, with marks, spaces, hyphens, apostrophes, dots and commas.</summary>
public static class PersonName
{
    /// <summary>The minimum length in characters.</summary>
    public const int MinLength = 2;

    /// <summary>The maximum length in characters.</summary>
    public const int MaxLength = 100;

    /// <summary>
    /// Normalises a name: trims it, folds runs of spaces into one, and converts it to Unicode normal form C.
    /// </summary>
    /// <returns><see langword="false"/> when the name is empty, too long, has no letter, or contains characters that no name has (digits,
    /// angle brackets, line breaks, control and direction characters).</returns>
    public static bool TryNormalize(string? input, out string normalized)
    {
        normalized = string.Empty;
        if (input is null || input.Length > MaxLength * 4)
        {
            return false;
        }

        var text = new StringBuilder(input.Length);
        var letters = 0;
        string composed;
        try
        {
            composed = input.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return false; // a lone surrogate
        }

        foreach (var rune in composed.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                    or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter:
                    letters++;
                    text.Append(rune.ToString());
                    break;
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark:
                    text.Append(rune.ToString());
                    break;
                case UnicodeCategory.SpaceSeparator:
                    if (text.Length > 0 && text[^1] != ' ')
                    {
                        text.Append(' ');
                    }

                    break;
                default:
                    if (rune.Value is not ('-' or '\'' or '’' or '‐' or '‑' or '.' or ',' or '·'))
                    {
                        return false;
                    }

                    text.Append(rune.ToString());
                    break;
            }
        }

        normalized = text.ToString().TrimEnd();
        var valid = letters > 0 && normalized.Length is >= MinLength and <= MaxLength;
        if (!valid)
        {
            normalized = string.Empty;
        }

        return valid;
    }
}
