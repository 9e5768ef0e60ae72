namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// Verifies the audit log in the database: every link of the range, the rows they cover, rows that no link covers, and the anchors. In
/// bounded memory, whatever the size of the range. Stateless, thread-safe.
/// </summary>
public sealed class AuditVerifier(IAuditChainStore store, IAuditSigner signer, TimeProvider time)
{
    private const int PageSize = 100;

    // The index by day may lack what has just been written, and a link may be newer than the page that was read.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>Verifies the log from a day on; all of it without one.</summary>
    /// <param name="from">The first day (UTC); the chains are followed from the last anchor before it.</param>
    /// <param name="progress">Told the number of rows.</param>
    /// <param name="ct">Cancels the verification.</param>
    public async Task<AuditVerification> VerifyAsync(
        DateOnly? from = null, IProgress<long>? progress = null, CancellationToken ct = default)
    {
        var findings = new AuditFindings();
        var before = from is { } day ? await store.FindAnchorBeforeAsync(day, ct) : null;
        var anchors = await store.ListAnchorsAsync(before?.Day.AddDays(1) ?? DateOnly.MinValue, ct);
        ChainCheck.Anchors(before, anchors, await signer.PublicKeyAsync(ct), findings);
        DateTimeOffset? began = null;
        for (var shard = 0; shard < AuditLink.Shards; shard++)
        {
            var check = new ChainCheck(shard, before, anchors, findings);
            while (await store.ListLinksAsync(shard, check.Last, PageSize, ct) is { Count: > 0 } links)
            {
                foreach (var link in links)
                {
                    check.Take(link);
                    began = began is null || link.At < began ? link.At : began;
                }

                await CompareAsync(links, findings, ct);
                progress?.Report(findings.Rows);
            }

            check.End();
        }

        // Only rows of whole days behind an anchor could be from before its day's end; they were verified with it.
        if ((before is null ? began : await BeganAsync(ct)) is { } start)
        {
            var first = before is null ? start : Later(before.At, start);
            await FindLooseAsync(DateOnly.FromDateTime(first.UtcDateTime), start, findings, ct);
        }

        return findings.Result();
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private async Task CompareAsync(IReadOnlyList<AuditLink> links, AuditFindings findings, CancellationToken ct)
    {
        foreach (var some in links.SelectMany(link => link.Rows).Chunk(PageSize))
        {
            var rows = await store.FindRowsAsync([.. some.Select(row => row.Key)], ct);
            foreach (var linked in some)
            {
                ChainCheck.Compare(linked, rows.GetValueOrDefault(linked.Key), findings);
            }
        }
    }

    // When the first link was written.
    private async Task<DateTimeOffset?> BeganAsync(CancellationToken ct)
    {
        DateTimeOffset? began = null;
        for (var shard = 0; shard < AuditLink.Shards; shard++)
        {
            if (await store.ListLinksAsync(shard, 0, 1, ct) is [var first, ..] && (began is null || first.At < began))
            {
                began = first.At;
            }
        }

        return began;
    }

    // Rows that were slipped in: no link covers them.
    private async Task FindLooseAsync(DateOnly from, DateTimeOffset began, AuditFindings findings, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        for (var day = from; day <= DateOnly.FromDateTime(now.UtcDateTime); day = day.AddDays(1))
        {
            await foreach (var page in store.ListRowsAsync(day, ct).WithCancellation(ct))
            {
                foreach (var some in page.Chunk(PageSize))
                {
                    await FindLooseAsync(some, began, now, findings, ct);
                }
            }
        }
    }

    private async Task FindLooseAsync(
        AuditRow[] rows, DateTimeOffset began, DateTimeOffset now, AuditFindings findings, CancellationToken ct)
    {
        var named = rows.Select(row => AuditLink.Parse(row.Find(AuditRowNames.Link)))
            .OfType<(int Shard, long Number)>()
            .Distinct()
            .ToList();
        var links = (await store.FindLinksAsync(named, ct)).ToDictionary(link => (link.Shard, link.Number));
        foreach (var row in rows)
        {
            var name = AuditLink.Parse(row.Find(AuditRowNames.Link));
            if (name is { } at && links.TryGetValue(at, out var link) && link.Rows.Any(linked => linked.Key == row.Key))
            {
                continue;
            }

            var written = AuditRowNames.TimeOf(row.Key);
            if (name is null && written < began)
            {
                findings.Older++;
            }
            else if (written is null || written < now - Fresh)
            {
                findings.Add(AuditFault.RowNotLinked, ChainCheck.NameOf(row.Key));
            }
        }
    }
}
