using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger;

/// <summary>
/// Tells the screens of this process that a transfer was committed. A notice says "something changed, read again"; it is
/// not the truth, the ledger is. Publishing never waits for a watcher and never fails because of one.
/// </summary>
public sealed class TransferFeed(ILogger<TransferFeed> logger)
{
    private readonly ConcurrentDictionary<string, ImmutableList<Action<Transfer>>> _byOwner = new(StringComparer.Ordinal);

    /// <summary>Calls back after each committed step of a transfer that concerns the user, on a thread of the pool.</summary>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Subscribe(string userId, Action<Transfer> callback)
    {
        _byOwner.AddOrUpdate(userId, [callback], (_, list) => list.Add(callback));
        return new Subscription(this, userId, callback);
    }

    /// <summary>Tells those whom the transfer concerns.</summary>
    public void Publish(Transfer transfer)
    {
        Tell(transfer.DebitOwnerId, transfer);
        if (transfer.CreditOwnerId != transfer.DebitOwnerId)
        {
            Tell(transfer.CreditOwnerId, transfer);
        }
    }

    private void Tell(string? ownerId, Transfer transfer)
    {
        if (ownerId is null || !_byOwner.TryGetValue(ownerId, out var callbacks))
        {
            return;
        }

        foreach (var callback in callbacks)
        {
            ThreadPool.QueueUserWorkItem(
                static state =>
                {
                    try
                    {
                        state.callback(state.transfer);
                    }
                    catch (Exception exception)
                    {
                        state.logger.LogWarning(exception, "A watcher of the transfer feed failed");
                    }
                },
                (callback, transfer, logger),
                preferLocal: false);
        }
    }

    private void Unsubscribe(string userId, Action<Transfer> callback)
    {
        while (_byOwner.TryGetValue(userId, out var list))
        {
            var rest = list.Remove(callback);
            if (rest.IsEmpty ? _byOwner.TryRemove(KeyValuePair.Create(userId, list)) : _byOwner.TryUpdate(userId, rest, list))
            {
                return;
            }
        }
    }

    private sealed class Subscription(TransferFeed feed, string userId, Action<Transfer> callback) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                feed.Unsubscribe(userId, callback);
            }
        }
    }
}
