using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// Exports the audit log as a file that <see cref="AuditFileCheck"/> verifies without the portal and its database: JSON, one object a line.
/// First the head with the public key, then the anchors, then chain by chain each link with its rows, at last the end with the number of
/// lines, their SHA-256 hash and a signature of it. Rows are as stored, so their hashes can be computed again; what the portal read in
/// their encrypted texts stands beside them and is vouched for by the signature at the end. Stateless, thread-safe.
/// </summary>
public sealed class AuditExport(IAuditChainStore store, IAuditSigner signer, IAuditTexts texts, TimeProvider time)
{
    /// <summary>The name of the format.</summary>
    public const string Format = "bankportal-audit";

    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    private const int PageSize = 100;

    /// <summary>Writes the export from a day on, a page at a time. The chains are complete from the last anchor before that day.</summary>
    /// <param name="from">The first day (UTC); <see langword="null"/> for all.</param>
    /// <param name="ct">Cancels the export.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> WriteAsync(DateOnly? from, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = 0L;
        var before = from is { } day ? await store.FindAnchorBeforeAsync(day, ct) : null;
        var anchors = await store.ListAnchorsAsync(before?.Day.AddDays(1) ?? DateOnly.MinValue, ct);
        var key = await signer.PublicKeyAsync(ct);
        yield return Line(new AuditLine { Head = new(Format, Version, time.GetUtcNow(), key, before?.Day) });
        foreach (var anchor in before is null ? anchors : [before, .. anchors])
        {
            yield return Line(new AuditLine { Anchor = anchor });
        }

        for (var shard = 0; shard < AuditLink.Shards; shard++)
        {
            var last = before?.HeadOf(shard)?.Number ?? 0;
            while (await store.ListLinksAsync(shard, last, PageSize, ct) is { Count: > 0 } links)
            {
                var rows = await store.FindRowsAsync([.. links.SelectMany(link => link.Rows).Select(row => row.Key)], ct);
                foreach (var link in links)
                {
                    yield return Line(new AuditLine { Link = link });
                    foreach (var row in link.Rows.Select(linked => rows.GetValueOrDefault(linked.Key)).OfType<AuditRow>())
                    {
                        yield return Line(new AuditLine { Row = row, Texts = texts.Read(row) });
                    }
                }

                last = links[^1].Number;
            }
        }

        var sum = hash.GetHashAndReset();
        var end = new AuditFileEnd(lines, Convert.ToHexStringLower(sum), await signer.SignAsync(sum, ct));
        yield return JsonSerializer.SerializeToUtf8Bytes(new AuditLine { End = end }, AuditLine.Json);
        yield return "\n"u8.ToArray();

        byte[] Line(AuditLine line)
        {
            byte[] text = [.. JsonSerializer.SerializeToUtf8Bytes(line, AuditLine.Json), (byte)'\n'];
            hash.AppendData(text);
            lines++;
            return text;
        }
    }
}
