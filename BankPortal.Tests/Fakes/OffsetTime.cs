namespace BankPortal.Tests.Fakes;

/// <summary>The real clock, moved ahead by as much as a test says; for a whole portal, whose own timers must keep running.</summary>
internal sealed class OffsetTime : TimeProvider
{
    private long _offset;

    public TimeSpan Offset
    {
        get => new(Interlocked.Read(ref _offset));
        set => Interlocked.Exchange(ref _offset, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Offset;
}
