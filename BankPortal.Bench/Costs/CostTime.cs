namespace BankPortal.Bench.Costs;

/// <summary>
/// A clock that always begins at the same instant and then goes on: what a screen shows, and so what it costs, depends on
/// the day of the month.
/// </summary>
internal sealed class CostTime : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 11, 20, 15, 30, 0, TimeSpan.Zero);
    private readonly long _startedAt = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => Beginning + System.GetElapsedTime(_startedAt);
}
