using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>
/// Notifies the pages of this process that a case or an alert changed. A notification means "read again" and carries no data. Publishing
/// never waits for a subscriber and never fails because of one. Thread-safe.
/// </summary>
public sealed partial class CaseFeed(ILogger<CaseFeed> logger)
{
    private ImmutableList<Action<string?>> _watchers = [];

    /// <summary>Calls back after each change, on a thread-pool thread, with the case id; <see langword="null"/> for alerts in no
    /// case.</summary>
    /// <returns>The subscription; dispose it to stop.</returns>
    public IDisposable Subscribe(Action<string?> callback)
    {
        ImmutableInterlocked.Update(ref _watchers, static (list, one) => list.Add(one), callback);
        return new Subscription(this, callback);
    }

    /// <summary>Notifies all subscribers of a change.</summary>
    public void Publish(string? caseId)
    {
        foreach (var watcher in _watchers)
        {
            ThreadPool.QueueUserWorkItem(
                static state =>
                {
                    try
                    {
                        state.watcher(state.caseId);
                    }
                    catch (Exception exception)
                    {
                        WatcherFailed(state.logger, exception);
                    }
                },
                (watcher, caseId, logger),
                preferLocal: false);
        }
    }

    private sealed class Subscription(CaseFeed feed, Action<string?> callback) : IDisposable
    {
        private Action<string?>? _callback = callback;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _callback, null) is { } mine)
            {
                ImmutableInterlocked.Update(ref feed._watchers, static (list, one) => list.Remove(one), mine);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A subscriber of the case feed failed")]
    private static partial void WatcherFailed(ILogger logger, Exception exception);
}
