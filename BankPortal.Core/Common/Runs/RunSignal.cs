namespace BankPortal.Core.Common.Runs;

/// <summary>Tells the job on this node that a run was asked for, and open pages that one has changed. Thread-safe.</summary>
public sealed class RunSignal
{
    private readonly SemaphoreSlim _asked = new(0, 1);

    /// <summary>Raised when a run of this process has changed, with its id; on any thread.</summary>
    public event Action<string>? Changed;

    /// <summary>Says that a run was asked for.</summary>
    public void Ask()
    {
        try
        {
            _asked.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has asked already.
        }
    }

    /// <summary>Waits until a run is asked for, or for a time.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _asked.WaitAsync(atMost, ct);

    /// <summary>Says that a run has changed.</summary>
    internal void Tell(string id) => Changed?.Invoke(id);
}
