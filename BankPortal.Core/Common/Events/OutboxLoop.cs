using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Common.Events;

/// <summary>
/// The step of a job that empties a queue: at once when this node stored something, within a second for what other nodes store. Faults are
/// waited out here, with growing pauses. For one caller at a time.
/// </summary>
/// <param name="dispatch">Dispatches some of the queue and returns how many there were.</param>
/// <param name="signal">Raised when this process stores something.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where faults are logged.</param>
/// <param name="fault">What is logged about a fault.</param>
public sealed class OutboxLoop(
    Func<CancellationToken, Task<int>> dispatch, EventSignal signal, TimeProvider time, ILogger logger, string fault)
{
    /// <summary>How long what other nodes stored may wait for the next look.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // A step is stored when it ends: two writes a minute.
    private static readonly TimeSpan StepLength = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly FailureLog _failures = new(logger, time, fault);

    /// <summary>Dispatches for a minute.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        var pause = LookEvery;
        var end = time.GetUtcNow() + StepLength;
        while (time.GetUtcNow() < end)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                var count = await dispatch(ct);
                _failures.Succeeded();
                pause = LookEvery;
                if (count == 0)
                {
                    await signal.WaitAsync(LookEvery, time, ct);
                }
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                _failures.Failed(exception);
                await Task.Delay(pause, time, ct);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }
}
