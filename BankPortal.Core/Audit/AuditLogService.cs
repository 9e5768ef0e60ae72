using BankPortal.Core.Audit.Chain;

namespace BankPortal.Core.Audit;

/// <summary>The audit log for compliance officers and administrators: read it, verify it, export it. Verifications and exports are recorded
/// in it. Stateless, thread-safe.</summary>
public sealed class AuditLogService(
    IAuditStore store,
    ISecurityEventStore events,
    IAuditChainStore chain,
    IAuditSigner signer,
    AuditVerifier verifier,
    AuditExport export,
    IAuditTrail trail,
    IStaffDirectory staff)
{
    /// <summary>The records on a page.</summary>
    public const int PageSize = 50;

    // Records read for one page while a filter lets few through.
    private const int MostRead = 2_000;

    /// <summary>Whether somebody may read the log.</summary>
    public static bool MayRead(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(BankRoles.Compliance) || actor.Is(BankRoles.Admin);
    }

    /// <summary>Lists staff actions of a day (UTC) or of a subject, newest first.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="query">Which.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<Result<AuditPage<AuditRecord>>> ListAsync(Actor actor, AuditQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        var after = query.After is { } key ? CursorRecord(key) : null;
        if (query.After is not null && after is null)
        {
            return new NotFoundError("page of the audit log");
        }

        var found = new List<AuditRecord>();
        for (var read = 0; read < MostRead;)
        {
            var some = await store.ListDayAsync(query.Day, PageSize, after, ct);
            read += some.Count;
            foreach (var record in some.Where(query.Fits))
            {
                if (found.Count == PageSize)
                {
                    return new AuditPage<AuditRecord>([.. found], CursorOf(found[^1].At, found[^1].Id));
                }

                found.Add(record);
            }

            if (some.Count < PageSize)
            {
                return new AuditPage<AuditRecord>([.. found], null);
            }

            after = some[^1];
        }

        return new AuditPage<AuditRecord>([.. found], CursorOf(after!.At, after.Id));
    }

    /// <summary>Lists security events of a day (UTC), newest first.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="day">The day.</param>
    /// <param name="cursor">Where the page begins; <see langword="null"/> for the first.</param>
    /// <param name="ct">Cancels the reading.</param>
    public async Task<Result<AuditPage<SecurityRecord>>> ListEventsAsync(
        Actor actor, DateOnly day, string? cursor, CancellationToken ct = default)
    {
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        var after = cursor is not null && CursorRecord(cursor) is { } record
            ? new SecurityRecord(record.Id, record.At, new SecurityEvent(default, default), 1, record.At)
            : null;
        if (cursor is not null && after is null)
        {
            return new NotFoundError("page of the audit log");
        }

        var found = await events.ListDayAsync(day, PageSize + 1, after, ct);
        return found.Count > PageSize
            ? new AuditPage<SecurityRecord>([.. found.Take(PageSize)], CursorOf(found[PageSize - 1].At, found[PageSize - 1].Id))
            : new AuditPage<SecurityRecord>([.. found], null);
    }

    /// <summary>The members of staff by user id, for names beside records.</summary>
    public async Task<Result<ImmutableDictionary<string, string>>> NamesAsync(Actor actor, CancellationToken ct = default) =>
        MayRead(actor)
            ? (await staff.ListAsync(BankRoles.Staff, ct)).ToImmutableDictionary(
                member => member.UserId, member => member.Name, StringComparer.Ordinal)
            : new NotAllowedError();

    /// <summary>The last anchor and the fingerprint of the key that signs anchors and exports.</summary>
    public async Task<Result<AuditStanding>> StandingAsync(Actor actor, CancellationToken ct = default) =>
        MayRead(actor)
            ? new AuditStanding(
                await chain.FindAnchorBeforeAsync(DateOnly.MaxValue, ct), AuditSignature.Fingerprint(await signer.PublicKeyAsync(ct)))
            : new NotAllowedError();

    /// <summary>Verifies the log from a day on (UTC); see <see cref="AuditVerifier"/>. The verification is recorded.</summary>
    public async Task<Result<AuditVerification>> VerifyAsync(
        Actor actor, DateOnly? from, IProgress<long>? progress = null, CancellationToken ct = default)
    {
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        var found = await verifier.VerifyAsync(from, progress, ct);
        await trail.RecordAsync(
            actor,
            "audit.verify",
            AuditSubject.Log,
            null,
            string.Create(CultureInfo.InvariantCulture, $"{found.Rows} rows, {found.FindingCount} faults"),
            CancellationToken.None);
        return found;
    }

    /// <summary>Exports the log from a day on (UTC); see <see cref="AuditExport"/>. The export is recorded before its first byte.</summary>
    public async Task<Result<IAsyncEnumerable<ReadOnlyMemory<byte>>>> ExportAsync(
        Actor actor, DateOnly? from, CancellationToken ct = default)
    {
        if (!MayRead(actor))
        {
            return new NotAllowedError();
        }

        await trail.RecordAsync(
            actor, "audit.export", AuditSubject.Log, null, from?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ct);
        return Result<IAsyncEnumerable<ReadOnlyMemory<byte>>>.From(export.WriteAsync(from, ct));
    }

    private static string CursorOf(DateTimeOffset at, string id) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcTicks}-{id}");

    // The stores need the key alone, which is made of moment and id.
    private static AuditRecord? CursorRecord(string cursor) =>
        cursor.Split('-', 2) is [var ticks, { Length: > 0 } id]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= DateTime.MaxValue.Ticks
            ? new AuditRecord(id, new DateTimeOffset(number, TimeSpan.Zero), "", "", AuditSubject.Log, null, null)
            : null;
}

/// <summary>Which staff actions to list.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="ActorId">Only those of this person.</param>
/// <param name="Action">Only those whose name begins so, such as <c>account.</c>.</param>
/// <param name="Subject">Only those about the object with this id.</param>
/// <param name="Outcome">Only those that ended so.</param>
/// <param name="After">Where the page begins, as the page before said; <see langword="null"/> for the first.</param>
public sealed record AuditQuery(
    DateOnly Day,
    string? ActorId = null,
    string? Action = null,
    string? Subject = null,
    AuditOutcome? Outcome = null,
    string? After = null)
{
    /// <summary>Whether a record is one of them.</summary>
    internal bool Fits(AuditRecord record) =>
        (ActorId is null || record.ActorId == ActorId)
        && (Action is null || record.Action.StartsWith(Action, StringComparison.OrdinalIgnoreCase))
        && (Subject is null || string.Equals(record.Subject.Id, Subject, StringComparison.OrdinalIgnoreCase))
        && (Outcome is null || record.Outcome == Outcome);
}

/// <summary>A page of the audit log.</summary>
/// <param name="Records">The records.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> when this is the last.</param>
public sealed record AuditPage<T>(ImmutableArray<T> Records, string? Next);

/// <summary>What is known about the chain.</summary>
/// <param name="Anchor">The last anchor; <see langword="null"/> when none was made yet.</param>
/// <param name="Fingerprint">The fingerprint of the key that signs.</param>
public sealed record AuditStanding(AuditAnchor? Anchor, string Fingerprint);
