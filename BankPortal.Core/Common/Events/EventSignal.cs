namespace BankPortal.Core.Common.Events;

/// <summary>Tells the dispatcher of this process that events were stored, so that it need not wait for its next look.
/// Thread-safe.</summary>
public sealed class EventSignal
{
    private TaskCompletionSource _raised = New();

    /// <summary>Events were stored. Returns at once.</summary>
    public void Raise() => Volatile.Read(ref _raised).TrySetResult();

    /// <summary>Waits for the next <see cref="Raise"/>, or one since the last wait ended, or for the time to pass.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken ct)
    {
        try
        {
            await Volatile.Read(ref _raised).Task.WaitAsync(longest, time, ct);
        }
        catch (TimeoutException)
        {
            return;
        }

        Volatile.Write(ref _raised, New());
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
