namespace BankPortal.Bench.Costs;

/// <summary>
/// A clock that begins at the same instant in every run and goes on a little each time it is asked: what a screen shows, and
/// so what it costs, depends on the day of the month, and must not depend on how busy the machine is.
/// </summary>
internal sealed class CostTime : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 11, 20, 15, 30, 0, TimeSpan.Zero);
    private long _asked;

    public override DateTimeOffset GetUtcNow() => Beginning + TimeSpan.FromMicroseconds(100 * Interlocked.Increment(ref _asked));
}
