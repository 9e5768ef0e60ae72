namespace BankPortal.Core.Notifications;

/// <summary>The notification centre of the person who is signed in: nobody reads or changes another person's messages. Stateless,
/// thread-safe.</summary>
public sealed class InboxService(IInboxStore store, InboxFeed feed)
{
    /// <summary>The messages on a page of the list.</summary>
    public const int PageSize = 25;

    /// <summary>The largest number of unread messages that is counted; more are shown as "99+".</summary>
    public const int MostCounted = 100;

    private const int MarkedAtOnce = 100;

    /// <summary>Lists the actor's messages, newest first; one more than a page when there are more.</summary>
    public Task<IReadOnlyList<InboxMessage>> ListAsync(
        Actor actor,
        bool onlyUnread = false,
        MessageTopic? topic = null,
        (DateTimeOffset At, string Id)? after = null,
        CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var query = new InboxQuery(actor.UserId, PageSize + 1) { OnlyUnread = onlyUnread, Topic = topic, After = after };
        return store.ListAsync(query, ct);
    }

    /// <summary>Counts the actor's unread messages, up to <see cref="MostCounted"/>.</summary>
    public Task<int> CountUnreadAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return store.CountUnreadAsync(actor.UserId, MostCounted, ct);
    }

    /// <summary>Marks one of the actor's messages as read.</summary>
    public async Task MarkReadAsync(Actor actor, InboxMessage message, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(message);
        await store.MarkReadAsync(actor.UserId, [(message.At, message.Id)], ct);
        feed.Publish(actor.UserId);
    }

    /// <summary>Marks all messages of the actor as read that are stored now.</summary>
    public async Task MarkAllReadAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var before = new HashSet<string>(StringComparer.Ordinal);
        while (await store.ListUnreadAsync(actor.UserId, MarkedAtOnce, ct) is { Count: > 0 } unread)
        {
            // The index may still list what has just been marked.
            var fresh = unread.Where(message => before.Add(message.Id)).ToList();
            if (fresh.Count == 0)
            {
                break;
            }

            await store.MarkReadAsync(actor.UserId, fresh, ct);
        }

        feed.Publish(actor.UserId);
    }
}
