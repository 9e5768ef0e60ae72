namespace BankPortal.Web.Components.Pages;

/// <summary>
/// Remembers that something changed from the moment a page began to read, and passes it on as soon as somebody takes it. A page
/// rendered on the server hands its watch over with its content, so that no change is lost before the circuit is up.
/// Thread-safe.
/// </summary>
internal sealed class ChangeWatch : IDisposable
{
    private readonly Lock _gate = new();
    private Action? _taker;
    private IDisposable? _subscription;
    private bool _hasChanged;
    private bool _isDisposed;

    /// <summary>Keeps a subscription until the watch is disposed.</summary>
    public void Keep(IDisposable? subscription)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _subscription = subscription;
                return;
            }
        }

        subscription?.Dispose();
    }

    /// <summary>Something changed. May be called on any thread.</summary>
    public void Signal()
    {
        Action? taker;
        lock (_gate)
        {
            taker = _taker;
            _hasChanged |= taker is null;
        }

        taker?.Invoke();
    }

    /// <summary>Calls <paramref name="taker"/> for every change from now on, and at once if there has been one.</summary>
    public void PassTo(Action taker)
    {
        bool hasChanged;
        lock (_gate)
        {
            _taker = taker;
            hasChanged = _hasChanged;
            _hasChanged = false;
        }

        if (hasChanged)
        {
            taker();
        }
    }

    public void Dispose()
    {
        IDisposable? subscription;
        lock (_gate)
        {
            subscription = _isDisposed ? null : _subscription;
            _isDisposed = true;
            _taker = static () => { };
        }

        subscription?.Dispose();
    }
}
