using System.Text;

namespace BankPortal.Infrastructure.Statements.Pdf;

/// <summary>
/// Prepares text for drawing by a library that shows one typeface and one glyph for each character, from left to right: the forms of
/// Arabic letters, the order of text that runs from right to left, marks that are not drawn, and the typeface of each piece. Pure.
/// </summary>
internal static class PrintedText
{
    /// <summary>Begins what stands for characters that no typeface has: their Unicode numbers, such as <c>[U+D55C]</c>.</summary>
    public const string Missing = "[U+";

    private static readonly Dictionary<char, char[]> Forms = ArabicForms();

    /// <summary>Divides text into pieces of one typeface each, in the order in which they are drawn.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fonts">The typefaces; the first that has a character is taken.</param>
    /// <returns>The pieces with the number of the typeface.</returns>
    public static List<(string Text, int Font)> Divide(string text, IReadOnlyList<Lazy<FontCoverage>> fonts)
    {
        ArgumentNullException.ThrowIfNull(text);
        var pieces = new List<(string Text, int Font)>();
        if (Ascii.IsValid(text))
        {
            pieces.Add((text, 0));
            return pieces;
        }

        var piece = new StringBuilder();
        var current = -1;
        var isMissing = false;
        foreach (var rune in Visual(text).EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                continue;
            }

            var font = IndexOf(rune);
            EndMissing(font < 0);
            var wasMissing = isMissing;
            isMissing = font < 0;
            font = Math.Max(0, font);
            if (font != current)
            {
                Take();
                current = font;
            }

            piece.Append(isMissing ? (wasMissing ? " U+" : Missing) + rune.Value.ToString("X4", CultureInfo.InvariantCulture) : rune.ToString());
        }

        EndMissing(isStill: false);
        Take();
        return pieces;

        int IndexOf(Rune rune)
        {
            for (var i = 0; i < fonts.Count; i++)
            {
                if (fonts[i].Value.Has(rune))
                {
                    return i;
                }
            }

            return -1;
        }

        void EndMissing(bool isStill)
        {
            if (isMissing && !isStill)
            {
                piece.Append(']');
            }
        }

        void Take()
        {
            if (piece.Length > 0)
            {
                pieces.Add((piece.ToString(), current));
                piece.Clear();
            }
        }
    }

    /// <summary>The text in the order in which it is drawn, with the forms of its Arabic letters.</summary>
    internal static string Visual(string text)
    {
        if (!text.Any(IsRightToLeft))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (!IsRightToLeft(text[i]))
            {
                result.Append(text[i++]);
                continue;
            }

            // Up to the last letter or number of this direction before a letter of the other.
            var end = i + 1;
            for (var j = end; j < text.Length && !IsLeftToRight(text, j); j++)
            {
                end = IsRightToLeft(text[j]) || char.IsDigit(text[j]) ? j + 1 : end;
            }

            while (end < text.Length && Opening(text[end]) is { } open
                && text[i..end].Count(c => c == open) > text[i..end].Count(c => c == text[end]))
            {
                end++;
            }

            AppendReversed(result, Shape(text[i..end]));
            i = end;
        }

        return result.ToString();
    }

    private static bool IsRightToLeft(char c) =>
        c is (>= '\u0590' and <= '\u08FF' and not (>= '\u0660' and <= '\u0669'))
            or (>= '\uFB1D' and <= '\uFDFF')
            or (>= '\uFE70' and <= '\uFEFE');

    private static bool IsLeftToRight(string text, int at) =>
        !IsRightToLeft(text[at]) && Rune.TryGetRuneAt(text, at, out var rune) && Rune.IsLetter(rune);

    // Numbers keep their order; a mark above a letter stays behind it.
    private static void AppendReversed(StringBuilder result, string text)
    {
        var elements = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, i);
            if (char.IsDigit(text[i]))
            {
                while (i + length < text.Length && (char.IsDigit(text[i + length])
                    || (text[i + length] is '.' or ',' or ':' or '/'
                        && i + length + 1 < text.Length
                        && char.IsDigit(text[i + length + 1]))))
                {
                    length++;
                }
            }

            elements.Add(text.Substring(i, length));
            i += length;
        }

        elements.Reverse();
        result.AppendJoin("", elements);
    }

    // Each letter in the form that its neighbours ask for.
    private static string Shape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var before = JoinsForward(Neighbour(text, i, -1));
            if (text[i] == '\u0644' && i + 1 < text.Length && LamAlef(text[i + 1]) is { } ligature)
            {
                result.Append((char)(ligature + (before ? 1 : 0)));
                i++;
                continue;
            }

            if (!Forms.TryGetValue(text[i], out var forms))
            {
                result.Append(Mirrored(text[i]));
                continue;
            }

            var after = forms.Length == 4 && Joins(Neighbour(text, i, 1));
            var form = (before && forms.Length > 1 ? 1 : 0) + (after ? 2 : 0);
            result.Append(forms[form]);
        }

        return result.ToString();
    }

    // Lam and alef are written as one; alone, and the final form after it.
    private static char? LamAlef(char alef) => alef switch
    {
        '\u0622' => '\uFEF5',
        '\u0623' => '\uFEF7',
        '\u0625' => '\uFEF9',
        '\u0627' => '\uFEFB',
        _ => null,
    };

    // A bracket opens towards the text that it holds.
    private static char Mirrored(char c) => c switch
    {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        _ => c,
    };

    private static char? Opening(char c) => c is ')' or ']' ? Mirrored(c) : null;

    private static char Neighbour(string text, int at, int step)
    {
        do
        {
            at += step;
        }
        while (at >= 0 && at < text.Length && char.GetUnicodeCategory(text[at]) == UnicodeCategory.NonSpacingMark);
        return at >= 0 && at < text.Length ? text[at] : ' ';
    }

    // Whether it joins the letter after it: those that do have four forms, and the stretched line joins everything.
    private static bool JoinsForward(char c) => c == '\u0640' || (Forms.TryGetValue(c, out var forms) && forms.Length == 4);

    private static bool Joins(char c) => c == '\u0640' || (Forms.TryGetValue(c, out var forms) && forms.Length > 1);

    // Marks of direction and joining, selectors of a variant, and tones of skin: nothing is drawn for them.
    private static bool IsInvisible(Rune rune) => rune.Value is 0x200B or 0x200C or 0x200D or 0x200E or 0x200F or 0xFEFF
        or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x2069) or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF)
        or (>= 0xE0000 and <= 0xE007F);

    // Unicode lists the forms of each letter in this order: alone, final, initial, medial. Some letters join only the one before them.
    private static Dictionary<char, char[]> ArabicForms()
    {
        var forms = new Dictionary<char, List<char>>();
        for (var form = '\uFE80'; form <= '\uFEF4'; form++)
        {
            var letter = form.ToString().Normalize(NormalizationForm.FormKC)[0];
            (forms.TryGetValue(letter, out var known) ? known : forms[letter] = []).Add(form);
        }

        return forms.ToDictionary(letter => letter.Key, letter => letter.Value.ToArray());
    }
}
