using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Transfers;

/// <summary>
/// Tells the screens of this process that a transfer was committed. A notice says "something changed, read again"; it is
/// not the truth, the ledger is. Publishing never waits for a watcher and never fails because of one.
/// </summary>
public sealed partial class TransferFeed(ILogger<TransferFeed> logger)
{
    private readonly ConcurrentDictionary<string, ImmutableList<Action<Transfer>>> _byOwner = new(StringComparer.Ordinal);
    private ImmutableList<Action<Transfer>> _forAll = [];

    /// <summary>Calls back after each committed step of a transfer that concerns the user, on a thread of the pool.</summary>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Subscribe(string userId, Action<Transfer> callback)
    {
        _byOwner.AddOrUpdate(userId, [callback], (_, list) => list.Add(callback));
        return new Subscription(() => Unsubscribe(userId, callback));
    }

    /// <summary>
    /// Calls back after each committed step of any transfer, also one that was refused by its assessment. For what serves
    /// staff. The callback runs where the transfer was committed: it must only note the transfer, and never wait.
    /// </summary>
    /// <returns>Dispose to stop.</returns>
    public IDisposable SubscribeAll(Action<Transfer> callback)
    {
        ImmutableInterlocked.Update(ref _forAll, static (list, added) => list.Add(added), callback);
        return new Subscription(() => ImmutableInterlocked.Update(ref _forAll, static (list, removed) => list.Remove(removed), callback));
    }

    /// <summary>Tells those whom the transfer concerns.</summary>
    public void Publish(Transfer transfer)
    {
        foreach (var callback in _forAll)
        {
            Call(callback, transfer);
        }

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
                static state => state.feed.Call(state.callback, state.transfer),
                (feed: this, callback, transfer),
                preferLocal: false);
        }
    }

    private void Call(Action<Transfer> callback, Transfer transfer)
    {
        try
        {
            callback(transfer);
        }
        catch (Exception exception)
        {
            LogWatcherFailed(logger, exception);
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "A subscriber of the transfer feed failed")]
    private static partial void LogWatcherFailed(ILogger logger, Exception exception);

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
