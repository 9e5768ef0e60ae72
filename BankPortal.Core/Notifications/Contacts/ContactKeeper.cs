using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Core.Notifications.Contacts;

/// <summary>
/// Keeps the stored addresses in step with the notification service. A topic that was deleted there is made again: text messages go on,
/// an e-mail address has to be confirmed again. The person is told in the portal. Stateless, thread-safe: when two nodes do it at once,
/// both end with the same topic and subscriptions.
/// </summary>
public sealed class ContactKeeper(
    IContactStore store, IContactTopics topics, IInboxStore inbox, InboxFeed feed, IInboxNotices notices, TimeProvider time)
{
    // A subscription may not be listed at once.
    private static readonly TimeSpan ListedAfter = TimeSpan.FromMinutes(1);

    /// <summary>Compares a person's addresses with the service.</summary>
    /// <returns>The addresses as they are now.</returns>
    public async Task<ImmutableArray<ContactPoint>> RefreshAsync(string personId, CancellationToken ct = default)
    {
        var contacts = await store.ListAsync(personId, ct);
        if (contacts.FirstOrDefault(contact => contact.State != ContactState.Ended) is not { } current)
        {
            return contacts;
        }

        var states = await topics.ReadAsync(current.TopicId, contacts, ct);
        var now = new List<ContactPoint>();
        foreach (var contact in contacts)
        {
            now.Add(contact.State == ContactState.Ended ? contact
                : states is null ? await RestoreAsync(contact, ct)
                : await CompareAsync(contact, states.GetValueOrDefault(contact.Channel, ContactState.Ended), ct));
        }

        return [.. now];
    }

    private async Task<ContactPoint> CompareAsync(ContactPoint contact, ContactState state, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (state == ContactState.Ended && now - contact.SubscribedAt < ListedAfter)
        {
            return contact;
        }

        if (await store.TrySaveAsync(contact with { State = state, CheckedAt = now }, ct) is not { } saved)
        {
            // Another node was faster.
            return await store.FindAsync(contact.PersonId, contact.Channel, ct) ?? contact;
        }

        if (saved.State == ContactState.Ended)
        {
            await TellAsync(
                saved,
                $"Messages by {NameOf(saved.Channel)} have ended",
                $"Your messages no longer go to {saved.Masked}: it was unsubscribed, not confirmed in time, or does not accept messages. You find them here. You can add it again in the settings.",
                ct);
        }

        return saved;
    }

    private async Task<ContactPoint> RestoreAsync(ContactPoint contact, CancellationToken ct)
    {
        // Stored before the topic is there, so that no other node takes a topic that is still empty for an ended subscription.
        var now = time.GetUtcNow();
        if (await SaveAsync(contact, there => there with { SubscribedAt = now }, ct) is not { } current)
        {
            return contact;
        }

        var subscribed = await topics.SubscribeAsync(current.PersonId, current.Channel, current.Address, ct);
        var saved = await SaveAsync(
            current,
            there => there with
            {
                TopicId = subscribed?.TopicId ?? there.TopicId,
                State = subscribed?.State ?? ContactState.Ended,
                CheckedAt = now,
            },
            ct) ?? current;
        if (saved.State == ContactState.Pending)
        {
            await TellAsync(
                saved,
                "Confirm your e-mail address again",
                $"The connection to {saved.Masked} was lost. We have sent an e-mail with a link there: open it, and your messages go there again. Until then you find them here.",
                ct);
        }

        return saved;
    }

    // Changes the stored address, unless it was removed or replaced meanwhile.
    private async Task<ContactPoint?> SaveAsync(ContactPoint contact, Func<ContactPoint, ContactPoint> change, CancellationToken ct)
    {
        var current = contact;
        while (true)
        {
            if (await store.TrySaveAsync(change(current), ct) is { } saved)
            {
                return saved;
            }

            if (await store.FindAsync(contact.PersonId, contact.Channel, ct) is not { } there || there.Address != contact.Address)
            {
                return null;
            }

            current = there;
        }
    }

    private async Task TellAsync(ContactPoint contact, string title, string text, CancellationToken ct)
    {
        // The same id and time on the same day, so that two nodes tell once.
        var at = new DateTimeOffset(contact.CheckedAt.UtcDateTime.Date, TimeSpan.Zero);
        var message = new InboxMessage(
            contact.PersonId,
            DerivedId.From("contact", contact.PersonId, contact.Channel.ToString(), title, Day(at)),
            MessageTopic.Security,
            at,
            title,
            text,
            "",
            ContactService.Page)
        {
            Kind = AlertKind.Security,
        };
        if (await inbox.AddAsync(message, [], ct))
        {
            feed.Publish(contact.PersonId);
            await notices.AddAsync([contact.PersonId], ct);
        }
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string NameOf(DeliveryChannel channel) => channel == DeliveryChannel.Sms ? "text message" : "e-mail";
}
