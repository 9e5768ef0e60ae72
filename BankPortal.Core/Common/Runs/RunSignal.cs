namespace BankPortal.Core.Common.Runs;

/// <summary>Tells the job on this node that a run was asked for, so that it need not wait for its next look. Thread-safe.</summary>
public sealed class RunSignal
{
    private TaskCompletionSource _asked = New();

    /// <summary>Says that a run was asked for. Returns at once.</summary>
    public void Ask() => Volatile.Read(ref _asked).TrySetResult();

    /// <summary>Waits until a run is asked for, or for a time.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await Volatile.Read(ref _asked).Task.WaitAsync(atMost, time, ct);
        }
        catch (TimeoutException)
        {
            return;
        }

        Volatile.Write(ref _asked, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
