using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Audit;

/// <inheritdoc cref="IAuditTrail"/>
public sealed partial class AuditTrail(IAuditStore store, TimeProvider time, ILogger<AuditTrail> logger) : IAuditTrail
{
    /// <inheritdoc/>
    public async Task<Result<T>> RunAsync<T>(
        Actor actor,
        string action,
        AuditSubject subject,
        string? reason,
        Func<CancellationToken, Task<Result<T>>> run,
        string? detail = null,
        CancellationToken ct = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(run);
        var record = NewRecord(actor, action, subject, reason, detail) with { Outcome = AuditOutcome.Begun };
        await store.AppendAsync(record, ct);
        var result = await run(ct);
        try
        {
            // The action is done. Cancelling now, because somebody closed a page, would leave its record without an outcome.
            await store.CompleteAsync(
                record,
                result.IsSuccess ? AuditOutcome.Done : AuditOutcome.Refused,
                result.Error?.Code,
                time.GetUtcNow(),
                CancellationToken.None);
        }
        catch (Exception exception)
        {
            OutcomeLost(logger, record.Id, action, exception);
        }

        return result;
    }

    /// <inheritdoc/>
    public Task RecordAsync(
        Actor actor, string action, AuditSubject subject, string? reason, string? detail = null, CancellationToken ct = default) =>
        store.AppendAsync(NewRecord(actor, action, subject, reason, detail), ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRecord>> ListAsync(AuditSubject subject, int limit, CancellationToken ct = default) =>
        store.ListAsync(subject, limit, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRecord>> ListDayAsync(
        DateOnly day, int limit, AuditRecord? after = null, CancellationToken ct = default) =>
        store.ListDayAsync(day, limit, after, ct);

    private AuditRecord NewRecord(Actor actor, string action, AuditSubject subject, string? reason, string? detail)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentException.ThrowIfNullOrEmpty(action);
        return new AuditRecord(DerivedId.Random(), time.GetUtcNow(), actor.UserId, action, subject, Text(reason), Text(detail))
        {
            SessionId = actor.SessionId,
        };
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The outcome of audit record {RecordId} ({Action}) could not be kept; it stays begun")]
    private static partial void OutcomeLost(ILogger logger, string recordId, string action, Exception exception);
}
