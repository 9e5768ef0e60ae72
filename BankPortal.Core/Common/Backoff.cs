namespace BankPortal.Core.Common;

/// <summary>Delays between retries: exponential backoff with full jitter, so that colliding callers spread out. Stateless,
/// thread-safe.</summary>
public static class Backoff
{
    // The first pause is at most this; about the time of one write.
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits before retry number <paramref name="attempt"/> + 1 (counted from zero).</summary>
    public static Task DelayAsync(int attempt, CancellationToken ct)
    {
        var ceiling = Math.Min(First.TotalMilliseconds * Math.Pow(2, attempt), Longest.TotalMilliseconds);
#pragma warning disable CA5394 // Jitter needs no cryptographic randomness; nor is it time of the bank, so it takes the real clock.
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling), ct);
#pragma warning restore CA5394
    }
}
