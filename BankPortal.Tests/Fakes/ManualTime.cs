using Microsoft.Extensions.Time.Testing;

namespace BankPortal.Tests.Fakes;

/// <summary>A clock that stands still until a test moves it; its timers fire while it moves. It also counts its timers.</summary>
public sealed class ManualTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _timerCount;

    public ManualTime()
        : this(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>How many timers were created and not yet disposed.</summary>
    public int TimerCount => Volatile.Read(ref _timerCount);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timerCount);
        return new CountedTimer(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class CountedTimer(ManualTime owner, ITimer inner) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
            {
                Interlocked.Decrement(ref owner._timerCount);
            }

            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
