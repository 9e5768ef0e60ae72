using System.Text;

namespace BankPortal.Core.Identity;

/// <summary>A person's full name as written by the person: letters of any script, with marks, blanks, hyphens, apostrophes, dots and commas.</summary>
public static class PersonName
{
    /// <summary>The fewest characters.</summary>
    public const int MinLength = 2;

    /// <summary>The most characters.</summary>
    public const int MaxLength = 100;

    /// <summary>
    /// Trims the name, joins runs of blanks and puts it in Unicode normal form C; <see langword="false"/> when it is
    /// empty, too long, has no letter, or holds characters no name has (digits, angle brackets, line breaks, control
    /// and direction characters).
    /// </summary>
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
