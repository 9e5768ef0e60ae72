using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>
/// Tells the screens of this process that a case or an alert changed. A notice says "read again"; it is not the truth.
/// Publishing never waits for a watcher and never fails because of one.
/// </summary>
public sealed partial class CaseFeed(ILogger<CaseFeed> logger)
{
    private ImmutableList<Action<string?>> _watchers = [];

    /// <summary>Calls back after each change, on a thread of the pool, with the case's id; without one for alerts in no case.</summary>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Subscribe(Action<string?> callback)
    {
        ImmutableInterlocked.Update(ref _watchers, static (list, one) => list.Add(one), callback);
        return new Subscription(this, callback);
    }

    /// <summary>Tells whoever watches.</summary>
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
