using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Live;

/// <summary>
/// Shows fraud analysts what happens in the bank as it happens. One aggregation serves all viewers in this process. Commits of this
/// process arrive at once; those of other nodes are read from the ledger's feed, only while somebody watches. Each read overlaps the one
/// before, so that a missed notification does no lasting harm. Thread-safe.
/// </summary>
public sealed partial class LiveMonitor(
    ITransferFeedReader reader,
    ILedgerStore ledger,
    IAccountStore accounts,
    TransferFeed feed,
    MonitorOptions options,
    AccountOptions accountOptions,
    TimeProvider time,
    ILogger<LiveMonitor> logger
) : IDisposable
{
    private readonly Lock _lock = new();
    private ImmutableList<Action<LiveFrame>> _watchers = [];
    private LiveRun? _run;
    private ITimer? _lingering;
    private bool _disposed;

    /// <summary>The number of viewers.</summary>
    public int WatcherCount => _watchers.Count;

    /// <summary>Whether the monitor currently follows the feed.</summary>
    public bool IsRunning => _run is not null;

    /// <summary>Starts a view. For fraud analysts and administrators.</summary>
    /// <param name="actor">The viewer.</param>
    /// <param name="onFrame">Called with each new frame on a thread-pool thread. It must return at once and never wait.</param>
    /// <returns>The view, to be disposed; or <see cref="NotAllowedError"/>.</returns>
    public Result<LiveWatch> Watch(Actor actor, Action<LiveFrame> onFrame)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _watchers = _watchers.Add(onFrame);
            _lingering?.Dispose();
            _lingering = null;
            var run = _run ??= LiveRun.Start(reader, ledger, feed, options, Currency.Of(accountOptions.Currency), time, logger, Tell);
            return new LiveWatch(run.First, () => run.Current, () => End(onFrame));
        }
    }

    /// <summary>
    /// Reads the newest matching transfers of the last hour, latest change first, to fill a new view or a gap. Reads at most
    /// <see cref="MonitorOptions.MostFill"/> transfers.
    /// </summary>
    /// <returns>The transfers; or <see cref="NotAllowedError"/>.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<Result<ImmutableArray<Transfer>>> FindAsync(Actor actor, LiveFilter filter, int limit, CancellationToken ct = default)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        var now = time.GetUtcNow();
        var read = await reader.ReadNewestAsync(
            filter.IsEmpty ? limit : options.MostFill, now - LiveAggregate.Window, now + LiveRun.ClocksDiffer, ct);
        return read.Where(filter.Matches).Take(limit).ToImmutableArray();
    }

    /// <summary>Finds an account by its number or id.</summary>
    /// <returns>The account's id; or <see cref="NotAllowedError"/>, <see cref="NotFoundError"/>.</returns>
    public async Task<Result<string>> FindAccountAsync(Actor actor, string text, CancellationToken ct = default)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        var account = AccountNumber.TryParse(text, out var number)
            ? await accounts.FindByNumberAsync(number, ct)
            : text.Length <= 40 && await accounts.FindAsync(text, ct) is { } found ? found : null;
        return account is null ? new NotFoundError("account") : account.Id;
    }

    /// <summary>
    /// Reads again at once, because the database answers since <paramref name="since"/>: a reading that began before gets no answer any
    /// more and is given up. Any number of views may say so. Never waits.
    /// </summary>
    public void ReadAgain(DateTimeOffset since)
    {
        lock (_lock)
        {
            _run?.ReadAgain(since);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _watchers = [];
            _lingering?.Dispose();
            _run?.Dispose();
            _run = null;
        }
    }

    private void Tell(LiveFrame frame)
    {
        foreach (var watcher in _watchers)
        {
            try
            {
                watcher(frame);
            }
            catch (Exception exception)
            {
                WatcherFailed(logger, exception);
            }
        }
    }

    private void End(Action<LiveFrame> onFrame)
    {
        lock (_lock)
        {
            _watchers = _watchers.Remove(onFrame);
            if (_watchers.IsEmpty && _run is not null)
            {
                _lingering?.Dispose();
                _lingering = time.CreateTimer(_ => StopIfAlone(), null, options.Linger, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void StopIfAlone()
    {
        lock (_lock)
        {
            if (_watchers.IsEmpty)
            {
                _run?.Dispose();
                _run = null;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A subscriber of the live monitor failed")]
    private static partial void WatcherFailed(ILogger logger, Exception exception);
}
