using BankPortal.Core.Audit;
using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Notifications;

/// <summary>The events that could not be turned into messages, for administrators: list them and send them again. Stateless,
/// thread-safe.</summary>
public sealed class SetAsideEvents(IEventOutbox outbox, IAuditTrail audit)
{
    /// <summary>The most events that are listed.</summary>
    public const int MostListed = 100;

    /// <summary>Lists the events, oldest first.</summary>
    public async Task<Result<ImmutableArray<AsideEvent>>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(BankRoles.Admin)
            ? ImmutableArray.CreateRange(await outbox.ListAsideAsync(MostListed, ct))
            : new NotAllowedError();
    }

    /// <summary>Puts an event back into the outbox. It is recorded in the audit trail.</summary>
    public Task<Result<string>> ResendAsync(Actor actor, string key, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.Is(BankRoles.Admin)
            ? audit.RunAsync(
                actor,
                "event.resend",
                new AuditSubject(AuditSubjectKind.Event, key),
                null,
                async token => await outbox.ResendAsync(key, token) ? (Result<string>)key : new NotFoundError("event"),
                ct: ct)
            : Task.FromResult<Result<string>>(new NotAllowedError());
    }
}
