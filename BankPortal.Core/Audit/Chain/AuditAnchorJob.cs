using BankPortal.Core.Common.Jobs;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Audit.Chain;

/// <summary>
/// Once a day verifies what was added to the audit log since the last anchor, and signs the heads of all chains. A repeated run of a day
/// changes nothing: the first anchor of a day stands. An anchor is made even when the log is broken: it fixes what is there, and the fault
/// stays visible before it.
/// </summary>
public sealed partial class AuditAnchorJob(
    AuditVerifier verifier, IAuditChainStore store, IAuditSigner signer, TimeProvider time, ILogger<AuditAnchorJob> logger) : IBankJob
{
    /// <summary>The job's name.</summary>
    public const string JobName = "audit-anchor";

    private static readonly TimeOnly At = new(0, 20);

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule Schedule => JobSchedule.DailyAt(At);

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        var day = DateOnly.FromDateTime(context.Due.UtcDateTime);
        var found = await verifier.VerifyAsync(day, ct: ct);
        if (!found.IsClean)
        {
            Broken(logger, found.FindingCount, found.Findings[0].Sentence);
        }

        var heads = ImmutableArray.CreateBuilder<AuditHead>();
        for (var shard = 0; shard < AuditLink.Shards; shard++)
        {
            if (await store.FindLastAsync(shard, ct) is { } last)
            {
                heads.Add(new AuditHead(shard, last.Number, last.Hash));
            }
        }

        var before = await store.FindAnchorBeforeAsync(day, ct);
        var anchor = new AuditAnchor(
            day, time.GetUtcNow(), before is null ? AuditHash.None : AuditHash.Of(before), heads.ToImmutable(), "");
        anchor = anchor with { Signature = await signer.SignAsync(AuditHash.Text(anchor), ct) };
        var isNew = await store.AddAnchorAsync(anchor, ct);
        return JobStep.Done(string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Rows} rows verified, {(found.IsClean ? "none is wrong" : $"{found.FindingCount} faults")}; {(isNew ? "heads signed" : "the day has its anchor already")}."));
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The audit log was tampered with or damaged: {Count} faults. The first: {Sentence}")]
    private static partial void Broken(ILogger logger, long count, string sentence);
}
