using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Notifications;

/// <summary>
/// Tells the bells and lists of this process that a person's messages have changed. A notice says "read again"; the table is the truth.
/// Publishing never waits and never fails because of a watcher. Thread-safe.
/// </summary>
public sealed partial class InboxFeed(ILogger<InboxFeed> logger)
{
    private readonly ConcurrentDictionary<string, ImmutableList<Action>> _watchers = new(StringComparer.Ordinal);

    /// <summary>Whether anybody watches.</summary>
    public bool HasWatchers => !_watchers.IsEmpty;

    /// <summary>Calls back on each change of the person's messages, on a thread of the pool.</summary>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Subscribe(string personId, Action changed)
    {
        _watchers.AddOrUpdate(personId, [changed], (_, list) => list.Add(changed));
        return new Subscription(() => Unsubscribe(personId, changed));
    }

    /// <summary>The person's messages have changed.</summary>
    public void Publish(string personId)
    {
        if (_watchers.TryGetValue(personId, out var watchers))
        {
            foreach (var watcher in watchers)
            {
                ThreadPool.QueueUserWorkItem(static state => state.feed.Call(state.watcher), (feed: this, watcher), preferLocal: false);
            }
        }
    }

    private void Call(Action watcher)
    {
        try
        {
            watcher();
        }
        catch (Exception exception)
        {
            WatcherFailed(logger, exception);
        }
    }

    private void Unsubscribe(string personId, Action changed)
    {
        while (_watchers.TryGetValue(personId, out var list))
        {
            var rest = list.Remove(changed);
            if (rest.IsEmpty
                ? _watchers.TryRemove(KeyValuePair.Create(personId, list))
                : _watchers.TryUpdate(personId, rest, list))
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A watcher of messages failed")]
    private static partial void WatcherFailed(ILogger logger, Exception exception);

    private sealed class Subscription(Action end) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                end();
            }
        }
    }
}
