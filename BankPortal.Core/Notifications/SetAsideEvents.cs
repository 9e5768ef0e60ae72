using BankPortal.Core.Audit;
using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Core.Notifications;

/// <summary>The events that could not be turned into messages and the messages that could not be sent, for administrators: list
/// them and send them again. Stateless, thread-safe.</summary>
public sealed class SetAsideEvents(IEventOutbox outbox, IDeliveryOutbox deliveries, IAuditTrail audit)
{
    /// <summary>The most events that are listed.</summary>
    public const int MostListed = 100;

    /// <summary>Lists them, oldest first.</summary>
    public async Task<Result<ImmutableArray<AsideEvent>>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(BankRoles.Admin))
        {
            return new NotAllowedError();
        }

        var (events, messages) = (outbox.ListAsideAsync(MostListed, ct), deliveries.ListAsideAsync(MostListed, ct));
        return ImmutableArray.CreateRange((await messages).Select(one => one with { IsDelivery = true }).Concat(await events)
            .OrderBy(one => one.SetAsideAt).Take(MostListed));
    }

    /// <summary>Puts an event or a message back into its queue. It is recorded in the audit trail.</summary>
    public Task<Result<string>> ResendAsync(Actor actor, AsideEvent aside, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(aside);
        IEventOutbox queue = aside.IsDelivery ? deliveries : outbox;
        return actor.Is(BankRoles.Admin)
            ? audit.RunAsync(
                actor,
                "event.resend",
                new AuditSubject(AuditSubjectKind.Event, aside.Key),
                null,
                async token => await queue.ResendAsync(aside.Key, token) ? (Result<string>)aside.Key : new NotFoundError("event"),
                ct: ct)
            : Task.FromResult<Result<string>>(new NotAllowedError());
    }
}
