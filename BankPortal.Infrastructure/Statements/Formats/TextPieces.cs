namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>Cuts text into pieces for formats with short fields, so that the pieces one after another are the text again.</summary>
internal static class TextPieces
{
    // How far before the limit a cut may be made for a better place.
    private const int Slack = 20;

    /// <summary>
    /// Cuts a text. A cut does not part the two halves of a character, and, where there is a place within reach, has no space at either
    /// side, because programs trim the pieces.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="size">The most UTF-16 units of a piece; at least 2.</param>
    /// <param name="mayStart">Whether a piece may start with this; all may by default.</param>
    public static IEnumerable<string> Of(string text, int size, Func<char, bool>? mayStart = null)
    {
        while (text.Length > size)
        {
            var cut = size;
            while (cut > 1 && cut > size - Slack && !IsGood(text, cut, mayStart))
            {
                cut--;
            }

            if (!IsGood(text, cut, mayStart))
            {
                cut = char.IsLowSurrogate(text[size]) ? size - 1 : size;
            }

            yield return text[..cut];
            text = text[cut..];
        }

        yield return text;
    }

    private static bool IsGood(string text, int cut, Func<char, bool>? mayStart) =>
        !char.IsLowSurrogate(text[cut]) && text[cut] != ' ' && text[cut - 1] != ' ' && mayStart?.Invoke(text[cut]) != false;
}
