namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// Which key of the session a tab has proven to have, and which is the newest. A tab with an older one may do nothing until it has proven
/// the newest, and is over if it does not do so in time. Thread-safe.
/// </summary>
internal sealed class SessionKeyWatch(SessionProofs proofs, Action changed, Action tooLate) : IDisposable
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<bool>? _proof;
    private ITimer? _deadline;
    private long _proven;
    private long _newest;

    /// <summary>The newest key if the tab must still prove that it has it.</summary>
    public long? Missing
    {
        get
        {
            lock (_gate)
            {
                return _proven < _newest ? _newest : null;
            }
        }
    }

    /// <summary>Begins with the key that the circuit was opened with.</summary>
    public void Begin(long keyNumber)
    {
        lock (_gate)
        {
            _proven = keyNumber;
            _newest = Math.Max(_newest, keyNumber);
        }
    }

    /// <summary>The session has this key now, or had it.</summary>
    public void Renewed(long keyNumber)
    {
        lock (_gate)
        {
            if (keyNumber <= _newest)
            {
                return;
            }

            _newest = keyNumber;
            if (_proof is null)
            {
                _proof = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                _deadline = proofs.Time.CreateTimer(_ => End(), null, SessionProofs.Patience, Timeout.InfiniteTimeSpan);
            }
        }

        changed();
    }

    /// <summary>Waits until the tab has proven that it has the key; <see langword="false"/> when it does not in time.</summary>
    public Task<bool> HasAsync(long keyNumber, CancellationToken ct)
    {
        Renewed(keyNumber);
        lock (_gate)
        {
            return _proof is { } proof ? proof.Task.WaitAsync(ct) : Task.FromResult(_proven >= keyNumber);
        }
    }

    /// <summary>The tab proves that it has a key.</summary>
    public void Prove(long keyNumber)
    {
        TaskCompletionSource<bool>? proof;
        lock (_gate)
        {
            _proven = Math.Max(_proven, Math.Min(keyNumber, _newest));
            if (_proven < _newest)
            {
                return;
            }

            proof = _proof;
            _proof = null;
            _deadline?.Dispose();
            _deadline = null;
        }

        proof?.TrySetResult(true);
        changed();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _deadline?.Dispose();
            _deadline = null;
            _proof?.TrySetResult(false);
        }
    }

    private void End()
    {
        TaskCompletionSource<bool>? proof;
        lock (_gate)
        {
            if (_proven >= _newest)
            {
                return;
            }

            proof = _proof;
        }

        tooLate();
        proof?.TrySetResult(false);
    }
}
