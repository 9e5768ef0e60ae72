namespace BankPortal.Core.Fraud.Live;

/// <summary>One view of the live monitor. Dispose it to stop watching.</summary>
public sealed class LiveWatch : IDisposable
{
    private readonly Task<LiveFrame> _first;
    private readonly Func<LiveFrame?> _current;
    private Action? _end;

    internal LiveWatch(Task<LiveFrame> first, Func<LiveFrame?> current, Action end)
    {
        _first = first;
        _current = current;
        _end = end;
    }

    /// <summary>The latest frame; <see langword="null"/> before the first.</summary>
    public LiveFrame? Current => _current();

    /// <summary>Waits for the first frame that shows the last hour, or reports that it could not be read.</summary>
    public Task<LiveFrame> FirstAsync(CancellationToken ct = default) => _first.WaitAsync(ct);

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
