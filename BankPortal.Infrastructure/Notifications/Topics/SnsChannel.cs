using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Infrastructure.Notifications.Sns;

namespace BankPortal.Infrastructure.Notifications.Topics;

/// <summary>Sends messages to a person's own topic, for e-mail or for text messages. Thread-safe.</summary>
/// <param name="channel">The channel.</param>
/// <param name="topics">The topics.</param>
/// <param name="store">Has the addresses.</param>
/// <param name="keeper">Compares them with SNS.</param>
/// <param name="time">The clock.</param>
internal sealed class SnsChannel(
    DeliveryChannel channel, SnsTopics topics, IContactStore store, ContactKeeper keeper, TimeProvider time) : IDeliveryChannel
{
    // An unsubscribed person is noticed on the settings page at once, and by the next message after this time.
    private static readonly TimeSpan CheckedFor = TimeSpan.FromDays(1);

    public DeliveryChannel Channel => channel;

    public bool IsAvailable => topics.Offered.Contains(channel);

    public async Task<DeliveryOutcome> SendAsync(Delivery delivery, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        if (delivery.To is not null)
        {
            // A topic has the person's confirmed addresses only.
            return DeliveryOutcome.NoAddress;
        }

        var contact = await store.FindAsync(delivery.RecipientId, channel, ct);
        if (contact is { State: ContactState.Pending }
            || (contact is { State: ContactState.Confirmed } && time.GetUtcNow() - contact.CheckedAt > CheckedFor))
        {
            contact = await RefreshAsync(delivery.RecipientId, ct);
        }

        if (contact is not { State: ContactState.Confirmed })
        {
            return DeliveryOutcome.NoAddress;
        }

        try
        {
            return Outcome(await topics.PublishAsync(contact.TopicId, delivery, ct));
        }
        catch (NotFoundException)
        {
            // The topic was deleted at SNS, and is made again.
            return await RefreshAsync(delivery.RecipientId, ct) is { State: ContactState.Confirmed } restored
                ? Outcome(await topics.PublishAsync(restored.TopicId, delivery, ct))
                : DeliveryOutcome.NoAddress;
        }
    }

    private static DeliveryOutcome Outcome(bool isTaken) => isTaken ? DeliveryOutcome.Sent : DeliveryOutcome.Refused;

    private async Task<ContactPoint?> RefreshAsync(string personId, CancellationToken ct) =>
        (await keeper.RefreshAsync(personId, ct)).FirstOrDefault(contact => contact.Channel == channel);
}
