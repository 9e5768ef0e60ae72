namespace BankPortal.Web.Components.Pages;

/// <summary>
/// Turns any number of signals that something changed into calls one after the other, with a pause between them: the first
/// signal is answered at once, what comes meanwhile by one more call. Signals may come from any thread and never wait.
/// </summary>
public sealed class LiveRefresh(TimeSpan pause, Func<Task> refresh, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopped = new();
    private bool _isRunning;
    private bool _isPending;
    private bool _isUrgent;
    private TaskCompletionSource? _pauseEnd;

    /// <summary>Something changed. After <see cref="Dispose"/> nothing happens.</summary>
    public void Signal()
    {
        lock (_lock)
        {
            _isPending = true;
            if (_isRunning || _stopped.IsCancellationRequested)
            {
                return;
            }

            _isRunning = true;
        }

        _ = RunAsync();
    }

    /// <summary>Something changed that is not to wait for the pause to end.</summary>
    public void SignalNow()
    {
        lock (_lock)
        {
            _isUrgent = true;
        }

        Signal();
        lock (_lock)
        {
            _pauseEnd?.TrySetResult();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_stopped.IsCancellationRequested)
            {
                _stopped.Cancel();
                _stopped.Dispose();
            }
        }
    }

    private async Task RunAsync()
    {
        CancellationToken stopped;
        lock (_lock)
        {
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            stopped = _stopped.Token;
        }

        try
        {
            while (Take())
            {
                await refresh().ConfigureAwait(false);
                await PauseAsync(stopped).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
    }

    private async Task PauseAsync(CancellationToken stopped)
    {
        // What ends the pause early continues on another thread, so it may be set within the lock.
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_isUrgent)
            {
                return;
            }

            _pauseEnd = end;
        }

        await Task.WhenAny(Task.Delay(pause, time, stopped), end.Task).ConfigureAwait(false);
        stopped.ThrowIfCancellationRequested();
    }

    private bool Take()
    {
        lock (_lock)
        {
            _isRunning = _isPending && !_stopped.IsCancellationRequested;
            _isPending = _isUrgent = false;
            return _isRunning;
        }
    }
}
