using System.Text;
using System.Text.Unicode;

namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>Decodes import files strictly: a byte that stands for no character is refused with its place, and never dropped.</summary>
public static class ImportText
{
    private const string OtherEncoding =
        "If the file comes from an older program, say which encoding it has: --encoding windows-1252 or --encoding latin-1.";

    // What Windows-1252 leaves undefined.
    private static readonly byte[] NotInWindows1252 = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
    ];

    /// <summary>Gives the content of a file as UTF-8, without a byte order mark.</summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <exception cref="FormatException">A byte stands for no character; the message has line, column and a hint.</exception>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> content, ImportEncoding encoding)
    {
        var bytes = content.Span;
        var (mark, marked) = (0, (Encoding?)null);
        foreach (var (start, its) in Marks)
        {
            if (bytes.StartsWith(start))
            {
                (mark, marked) = (start.Length, its);
            }
        }

        if (encoding != ImportEncoding.Unicode)
        {
            return marked is null
                ? FromSingleBytes(bytes, encoding)
                : throw new FormatException("The file begins with a byte order mark, so it is Unicode. Leave out --encoding.");
        }

        var text = content[mark..];
        var utf8 = marked is UnicodeEncoding ? FromUtf16(text.Span, marked) : text;
        if (!Utf8.IsValid(utf8.Span))
        {
            var at = FirstInvalid(utf8.Span);
            throw new FormatException(
                $"{Place(Encoding.UTF8.GetString(utf8.Span[..at]))}: the byte 0x{utf8.Span[at]:X2} is not UTF-8. {OtherEncoding}");
        }

        return utf8.Span.IndexOf((byte)0) is >= 0 and var nul
            ? throw new FormatException(
                $"{Place(Encoding.UTF8.GetString(utf8.Span[..nul]))}: there is a NUL, which no text has. The file may be UTF-16 without a byte order mark: save it as UTF-8.")
            : utf8;
    }

    private static byte[] FromSingleBytes(ReadOnlySpan<byte> bytes, ImportEncoding encoding)
    {
        var isWindows = encoding == ImportEncoding.Windows1252;
        var its = isWindows ? CodePagesEncodingProvider.Instance.GetEncoding(1252)! : Encoding.Latin1;
        var bad = isWindows ? bytes.IndexOfAny(NotInWindows1252) : bytes.IndexOfAnyInRange((byte)0x80, (byte)0x9F);
        if (bad >= 0)
        {
            throw new FormatException(
                $"{Place(its.GetString(bytes[..bad]))}: the byte 0x{bytes[bad]:X2} is no character in {(isWindows ? "Windows-1252" : "Latin-1. Try --encoding windows-1252")}.");
        }

        return Encoding.UTF8.GetBytes(its.GetString(bytes));
    }

    private static byte[] FromUtf16(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return Encoding.UTF8.GetBytes(encoding.GetString(bytes));
        }
        catch (DecoderFallbackException exception)
        {
            // Half of a pair, or half of a character at the end: the longest beginning that can be decoded ends before it.
            var good = bytes.Length / 2;
            var units = new char[good];
            for (var i = 0; i < good; i++)
            {
                var isBigEndian = encoding.CodePage == Encoding.BigEndianUnicode.CodePage;
                units[i] = (char)(isBigEndian ? (bytes[2 * i] << 8) | bytes[(2 * i) + 1] : (bytes[(2 * i) + 1] << 8) | bytes[2 * i]);
            }

            for (var i = 0; i < good; i += char.IsSurrogate(units[i]) ? 2 : 1)
            {
                if (char.IsSurrogate(units[i]) && !(i + 1 < units.Length && char.IsSurrogatePair(units[i], units[i + 1])))
                {
                    good = i;
                }
            }

            throw new FormatException($"{Place(new string(units, 0, good))}: there is half of a character; the file is damaged.", exception);
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }

    // Where the character after the text stands. Columns count characters, not bytes.
    private static string Place(string before)
    {
        var lines = before.ReplaceLineEndings("\n").Split('\n');
        var column = lines[^1].EnumerateRunes().Count() + 1;
        return string.Create(CultureInfo.InvariantCulture, $"line {lines.Length}, column {column}");
    }
}
