namespace BankPortal.Web.Components.Pages;

/// <summary>
/// Watches whether the database answers, once for all live pages of this process: one small read a second, only while such a page is
/// open. Pages learn from it that what they show may be out of date, and read again as soon as the database answers again, instead of each
/// page trying on its own. Thread-safe.
/// </summary>
internal sealed partial class DataWatch(Func<CancellationToken, Task> ask, TimeProvider time, ILogger<DataWatch> logger) : IDisposable
{
    /// <summary>How often the database is asked while it answers.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long until it is asked again after it did not answer.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A single slow answer is not worth a note on every page.
    private const int MissesUntilSilent = 2;

    private readonly Lock _gate = new();
    private ImmutableList<Action<bool>> _watchers = [];
    private ITimer? _timer;
    private int _missed;
    private bool _answers = true;
    private bool _isDisposed;

    /// <summary>Whether the database answered lately; <see langword="true"/> while nobody watches.</summary>
    public bool Answers => Volatile.Read(ref _answers);

    /// <summary>Since when it answers again, after it did not.</summary>
    public DateTimeOffset AnswersSince { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>The time that pages go by.</summary>
    public TimeProvider Time => time;

    /// <summary>Watches from now on.</summary>
    /// <param name="changed">Called on any thread with whether the database answers, whenever that changes. It must return at
    /// once.</param>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Watch(Action<bool> changed)
    {
        lock (_gate)
        {
            // While the portal stops there is nothing to watch any more.
            _watchers = _isDisposed ? [] : _watchers.Add(changed);
            if (_timer is null && !_isDisposed)
            {
                // The timer must not keep the culture and the trace of the first reader.
                using (ExecutionContext.SuppressFlow())
                {
                    _timer = time.CreateTimer(_ => _ = AskAsync(), null, AskAgain, Timeout.InfiniteTimeSpan);
                }
            }
        }

        return new Subscription(this, changed);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _watchers = [];
            Rest();
        }
    }

    private void Forget(Action<bool> changed)
    {
        lock (_gate)
        {
            _watchers = _watchers.Remove(changed);
            if (_watchers.IsEmpty)
            {
                Rest();
            }
        }
    }

    private void Rest()
    {
        _timer?.Dispose();
        _timer = null;
        _missed = 0;
        Volatile.Write(ref _answers, true);
    }

    private async Task AskAsync()
    {
        var fault = await FindFaultAsync();
        ImmutableList<Action<bool>> told = [];
        bool answers;
        lock (_gate)
        {
            if (_timer is null)
            {
                return;
            }

            _missed = fault is null ? 0 : _missed + 1;
            answers = _missed < MissesUntilSilent;
            if (answers != _answers)
            {
                told = _watchers;
                Volatile.Write(ref _answers, answers);
                AnswersSince = answers ? time.GetUtcNow() : AnswersSince;
            }

            _timer.Change(fault is null ? AskEvery : AskAgain, Timeout.InfiniteTimeSpan);
        }

        if (told.IsEmpty)
        {
            return;
        }

        if (answers)
        {
            AnswersAgain(logger);
        }
        else
        {
            Silent(logger, fault);
        }

        foreach (var watcher in told)
        {
            Tell(watcher, answers);
        }
    }

    private async Task<Exception?> FindFaultAsync()
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await ask(limit.Token).WaitAsync(limit.Token).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // Whatever the reason: the database does not answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private void Tell(Action<bool> watcher, bool answers)
    {
        try
        {
            watcher(answers);
        }
#pragma warning disable CA1031 // One page must not keep the others from being told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WatcherFailed(logger, exception);
        }
    }

    private sealed class Subscription(DataWatch owner, Action<bool> changed) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                owner.Forget(changed);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database does not answer; live pages say how old they are until it does")]
    private static partial void Silent(ILogger logger, Exception? exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database answers again; live pages are read again")]
    private static partial void AnswersAgain(ILogger logger);

    [LoggerMessage(Level = LogLevel.Error, Message = "A live page could not be told about the database")]
    private static partial void WatcherFailed(ILogger logger, Exception exception);
}
