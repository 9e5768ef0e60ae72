using System.Threading.Channels;
using BankPortal.Core.Ledger.Holds;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Fraud.Live;

/// <summary>One run of the live monitor: from the first viewer until the last one has left.</summary>
internal sealed partial class LiveRun : IDisposable
{
    /// <summary>How far the clocks of other nodes may be ahead.</summary>
    public static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    // Even without new events, a frame is sent this often to show how old the data is.
    private static readonly TimeSpan QuietFrame = TimeSpan.FromSeconds(1);

    // The monitor counts as behind when this many polls brought nothing and a request had time to fail on top.
    private const int PollsUntilBehind = 3;
    private static readonly TimeSpan RequestPatience = TimeSpan.FromSeconds(2);

    // Transfers read from the ledger are taken in batches, so that one lock covers many of them.
    private const int BatchSize = 256;

    // Local transfers that wait to be shown. More are dropped: the next poll reads them from the ledger.
    private const int MostWaiting = 10_000;

    private readonly ITransferFeedReader _reader;
    private readonly ILedgerStore _ledger;
    private readonly MonitorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FailureLog _failures;
    private readonly Action<LiveFrame> _tell;
    private readonly Lock _lock = new();
    private readonly LiveAggregate _aggregate;
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource<LiveFrame> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<Transfer> _local;
    private readonly IDisposable _subscription;
    private readonly ITimer _quiet;
    private DateTimeOffset _cursor;
    private DateTimeOffset _sweptAt;
    private DateTimeOffset _countedAt = DateTimeOffset.MinValue;
    private volatile bool _isFilled;
    private volatile bool _hasFailed;
    private volatile bool _sweepNext;
    private volatile bool _queueChanged;
    private LiveHeld? _queue;
    private Attempt? _attempt;
    private volatile LiveFrame? _current;

    private LiveRun(
        ITransferFeedReader reader,
        ILedgerStore ledger,
        TransferFeed feed,
        MonitorOptions options,
        Currency currency,
        TimeProvider time,
        ILogger logger,
        Action<LiveFrame> tell)
    {
        (_reader, _ledger, _options, _time, _logger, _tell) = (reader, ledger, options, time, logger, tell);
        _failures = new FailureLog(logger, time, "The live monitor cannot read the ledger; it goes on trying");
        _cursor = _sweptAt = time.GetUtcNow();
        _aggregate = new LiveAggregate(options, currency, _cursor);

        // Transfers that do not fit are read from the feed with the next sweep.
        _local = Channel.CreateBounded<Transfer>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => _sweepNext = true);
        _subscription = feed.SubscribeAll(transfer =>
        {
            _local.Writer.TryWrite(transfer);
            _wake.Writer.TryWrite(true);
        });
        _quiet = time.CreateTimer(_ => _wake.Writer.TryWrite(true), null, QuietFrame, QuietFrame);
    }

    /// <summary>Completes with the first frame that has the last hour in it, or reports that it could not be read.</summary>
    public Task<LiveFrame> First => _first.Task;

    /// <summary>The latest frame; <see langword="null"/> before the first.</summary>
    public LiveFrame? Current => _current;

    /// <summary>Starts to follow the ledger.</summary>
    public static LiveRun Start(
        ITransferFeedReader reader,
        ILedgerStore ledger,
        TransferFeed feed,
        MonitorOptions options,
        Currency currency,
        TimeProvider time,
        ILogger logger,
        Action<LiveFrame> tell)
    {
        var run = new LiveRun(reader, ledger, feed, options, currency, time, logger, tell);

        // The background work must not inherit the execution context (culture, trace) of the first viewer.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(run.ReadOnAsync);
            _ = Task.Run(run.ShowAsync);
        }

        return run;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription.Dispose();
        _quiet.Dispose();
        _stopped.Cancel();
        _first.TrySetCanceled();
    }

    /// <summary>Reads at once, unless the latest reading began at <paramref name="since"/> or later.</summary>
    public void ReadAgain(DateTimeOffset since)
    {
        lock (_lock)
        {
            if (_attempt is { } attempt && attempt.BegunAt < since)
            {
                // What waits continues on other threads, so both may be done within the lock.
                attempt.Next.TrySetResult();
                _ = attempt.Limit.CancelAsync();
            }
        }
    }

    // Makes frames: the first event after a quiet time is shown at once, later ones are batched.
    private async Task ShowAsync()
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(_stopped.Token))
            {
                while (_wake.Reader.TryRead(out _))
                {
                }

                Show();
                await Task.Delay(_options.FrameEvery, _time, _stopped.Token);
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The last viewer has left.
        }
        catch (Exception exception)
        {
            Ended(_logger, exception);
        }
    }

    private void Show()
    {
        LiveFrame frame;
        var now = _time.GetUtcNow();
        lock (_lock)
        {
            while (_local.Reader.TryRead(out var transfer))
            {
                Take(transfer, now);
            }

            if (!_isFilled && !_hasFailed)
            {
                // The hour could not be read completely; partial figures would mislead.
                return;
            }

            var limit = (_options.PollEvery * PollsUntilBehind) + RequestPatience;
            var state = !_isFilled ? LiveState.Starting : now - _cursor > limit ? LiveState.Behind : LiveState.Live;
            frame = _aggregate.Frame(now, state, _cursor, _queue);
            _current = frame;
        }

        _first.TrySetResult(frame);
        _tell(frame);
    }

    private async Task ReadOnAsync()
    {
        try
        {
            while (true)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
                var attempt = Begin(limit);
                try
                {
                    await ReadAsync(limit.Token);
                    await CountQueueAsync(limit.Token);
                    _hasFailed = false;
                    _failures.Succeeded();
                }
                catch (Exception exception) when (!_stopped.IsCancellationRequested)
                {
                    _queueChanged = true;
                    _hasFailed = true;
                    _failures.Failed(exception);
                }

                _wake.Writer.TryWrite(true);
                await Task.WhenAny(Task.Delay(_options.PollEvery, _time, _stopped.Token), attempt.Next.Task);
                End();
                _stopped.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The last viewer has left.
        }
    }

    private Attempt Begin(CancellationTokenSource limit)
    {
        var attempt = new Attempt(
            _time.GetUtcNow(), limit, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            _attempt = attempt;
        }

        return attempt;
    }

    private void End()
    {
        lock (_lock)
        {
            _attempt = null;
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var started = _time.GetUtcNow();
        if (!_isFilled)
        {
            var since = started - LiveAggregate.Window;
            var newest = await _reader.ReadNewestAsync(_options.MostFill, since, started + ClocksDiffer, ct);
            lock (_lock)
            {
                _aggregate.CoverSince(newest.Count < _options.MostFill ? since : newest[^1].ChangedAt);
                TakeAll(newest.Reverse(), started);
                _isFilled = true;
            }
        }
        else
        {
            var sweeps = _sweepNext || started - _sweptAt >= _options.SweepEvery;
            if (sweeps)
            {
                (_sweepNext, _sweptAt) = (false, started);
            }

            await FollowAsync(_cursor - (sweeps ? _options.SweepBack : _options.Overlap), started, ct);
        }

        _cursor = started;
        lock (_lock)
        {
            _aggregate.Forget(started - _options.SweepBack - _options.Overlap);
        }
    }

    private async Task FollowAsync(DateTimeOffset from, DateTimeOffset now, CancellationToken ct)
    {
        var batch = new List<Transfer>(BatchSize);
        await foreach (var transfer in _reader.ReadPeriodAsync(from, now + ClocksDiffer, ct).WithCancellation(ct))
        {
            batch.Add(transfer);
            if (batch.Count == BatchSize)
            {
                Flush();
            }
        }

        Flush();

        void Flush()
        {
            lock (_lock)
            {
                TakeAll(batch, now);
            }

            batch.Clear();
        }
    }

    private async Task CountQueueAsync(CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        if (!_queueChanged && now - _countedAt < _options.HeldEvery)
        {
            return;
        }

        _queueChanged = false;
        var held = await _ledger.ListHeldAsync(new HeldQuery(_options.MostHeld + 1), ct);
        _queue = new LiveHeld(
            Math.Min(held.Count, _options.MostHeld),
            held.Count > _options.MostHeld,
            held.Count == 0 ? null : held[0].CreatedAt);
        _countedAt = now;
    }

    private void TakeAll(IEnumerable<Transfer> transfers, DateTimeOffset now)
    {
        foreach (var transfer in transfers)
        {
            Take(transfer, now);
        }
    }

    private void Take(Transfer transfer, DateTimeOffset now)
    {
        if (_aggregate.Add(transfer, now) && (transfer.Status == TransferStatus.Held || transfer.SettledAt is not null))
        {
            _queueChanged = true;
        }
    }

    /// <summary>One reading and the pause after it.</summary>
    /// <param name="BegunAt">When it began.</param>
    /// <param name="Limit">Gives the reading up.</param>
    /// <param name="Next">Ends the pause.</param>
    private sealed record Attempt(DateTimeOffset BegunAt, CancellationTokenSource Limit, TaskCompletionSource Next);

    [LoggerMessage(Level = LogLevel.Error, Message = "The live monitor ended")]
    private static partial void Ended(ILogger logger, Exception exception);
}
