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
                await Task.Delay(pause, time, stopped).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Nobody watches any more.
        }
    }

    private bool Take()
    {
        lock (_lock)
        {
            _isRunning = _isPending && !_stopped.IsCancellationRequested;
            _isPending = false;
            return _isRunning;
        }
    }
}
