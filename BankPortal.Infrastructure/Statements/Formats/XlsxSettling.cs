using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>Takes chance out of workbooks of MiniExcel, so that the same content gives the same bytes.</summary>
internal static partial class XlsxSettling
{
    // The earliest time that the archive's format knows.
    private static readonly DateTimeOffset ArchiveTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Replaces the library's chance ids and the archive's times by fixed ones.</summary>
    public static byte[] Settle(Stream workbook)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        using var settled = new MemoryStream();
        using (var from = new ZipArchive(workbook, ZipArchiveMode.Read, leaveOpen: true))
        using (var to = new ZipArchive(settled, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
                var text = reader.ReadToEnd();
                if (entry.FullName.Contains("workbook.xml", StringComparison.Ordinal))
                {
                    text = ChanceId().Replace(text, match => ids.TryGetValue(match.Value, out var known)
                        ? known
                        : ids[match.Value] = "sheet" + (ids.Count + 1).ToString(CultureInfo.InvariantCulture));
                }

                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = ArchiveTime;
                using var writer = new StreamWriter(copy.Open(), new UTF8Encoding(false));
                writer.Write(text);
            }
        }

        return settled.ToArray();
    }

    [GeneratedRegex("R[0-9a-f]{32}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ChanceId();
}
