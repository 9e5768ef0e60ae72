namespace BankPortal.Tests.Fakes;

/// <summary>A clock that stands still until it is moved. Timers run on it too.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
