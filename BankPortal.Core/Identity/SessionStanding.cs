namespace BankPortal.Core.Identity;

/// <summary>What a session's times mean at one moment.</summary>
/// <param name="Phase">Where in its life the session is.</param>
/// <param name="EndsAt">When it ends if nothing happens until then.</param>
/// <param name="At">The moment it was judged for.</param>
public sealed record SessionStanding(SessionPhase Phase, DateTimeOffset EndsAt, DateTimeOffset At)
{
    /// <summary>Whether the session is over.</summary>
    public bool IsOver => Phase is SessionPhase.IdleExpired or SessionPhase.AbsoluteExpired;

    /// <summary>How long is left, never less than zero.</summary>
    public TimeSpan Left => EndsAt > At ? EndsAt - At : TimeSpan.Zero;

    /// <summary>
    /// Judges a session. The ends are inclusive: at the very instant of a limit the session is over. When both ends
    /// have passed, the earlier one is named. Where the absolute end comes first, staying active would gain nothing, so
    /// there is no idle warning then.
    /// </summary>
    public static SessionStanding Of(SessionTimes times, DateTimeOffset lastActiveAt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(times);
        var idleEnd = lastActiveAt + times.Idle;
        var idleFirst = idleEnd < times.EndsAt;
        var end = idleFirst ? idleEnd : times.EndsAt;
        var phase =
            now >= end ? (idleFirst ? SessionPhase.IdleExpired : SessionPhase.AbsoluteExpired)
            : idleFirst && now >= idleEnd - times.IdleWarning ? SessionPhase.IdleWarning
            : now >= times.EndsAt - times.EndWarning ? SessionPhase.AbsoluteWarning
            : SessionPhase.Active;
        return new SessionStanding(phase, end, now);
    }
}
