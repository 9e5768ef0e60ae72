using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using PdfSharp.Pdf;

namespace BankPortal.Infrastructure.Statements.Pdf;

/// <summary>Takes chance out of files of PDFsharp, so that the same document gives the same bytes.</summary>
internal static partial class PdfSettling
{
    /// <summary>
    /// Compresses the pages' content. The library's own way leaves the end of each stream out, which readers forgive and checkers report.
    /// </summary>
    public static void Compress(PdfDocument document)
    {
        document.Options.CompressContentStreams = false;
        foreach (var page in document.Pages)
        {
            foreach (var item in page.Contents)
            {
                if (item is not PdfDictionary { Stream: { } stream } content)
                {
                    continue;
                }

                using var bytes = new MemoryStream();
                using (var zlib = new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
                {
                    zlib.Write(stream.Value);
                }

                stream.Value = bytes.ToArray();
                content.Elements["/Filter"] = new PdfName("/FlateDecode");
            }
        }
    }

    /// <summary>
    /// Replaces what the library draws by chance (the ids in the metadata and the prefixes of embedded fonts) by what follows from
    /// <paramref name="seed"/>. Each has the same length, so that no place in the file moves.
    /// </summary>
    public static byte[] Settle(byte[] file, string seed)
    {
        // Every byte is one character, and back.
        var text = Encoding.Latin1.GetString(file);
        var fonts = new Dictionary<string, string>(StringComparer.Ordinal);
        text = FontPrefix().Replace(text, match => fonts.TryGetValue(match.Value, out var known)
            ? known
            : fonts[match.Value] = "/" + Letters($"{seed} font {fonts.Count}") + "+");
        var ids = 0;
        text = MetadataId().Replace(text, _ => "uuid:" + Uuid($"{seed} id {ids++}"));
        return Encoding.Latin1.GetBytes(text);
    }

    private static string Letters(string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return string.Concat(hash.Take(6).Select(b => (char)('A' + (b % 26))));
    }

    private static string Uuid(string seed) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(seed)).AsSpan(0, 16)).ToString();

    [GeneratedRegex(@"(?<=/(FontName|BaseFont))/[A-Z]{6}\+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FontPrefix();

    [GeneratedRegex(
        "uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        10_000)]
    private static partial Regex MetadataId();
}
