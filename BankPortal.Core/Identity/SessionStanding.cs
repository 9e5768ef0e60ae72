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

/// <summary>Where in its life a session is.</summary>
public enum SessionPhase
{
    /// <summary>In use, with no end in sight.</summary>
    Active,

    /// <summary>Near its absolute end, which nothing can move; the person is told.</summary>
    AbsoluteWarning,

    /// <summary>Near its idle end; the person can stay by saying so.</summary>
    IdleWarning,

    /// <summary>Over: nothing was done for too long.</summary>
    IdleExpired,

    /// <summary>Over: too long since signing in.</summary>
    AbsoluteExpired,
}

/// <summary>When a session ends, and when the person hears of it before.</summary>
/// <param name="Idle">The longest pause between two acts of the person.</param>
/// <param name="EndsAt">When the session ends whatever the person does.</param>
/// <param name="IdleWarning">How long before the idle end the person is asked whether to stay.</param>
/// <param name="EndWarning">How long before <paramref name="EndsAt"/> the person is told of it.</param>
public sealed record SessionTimes(TimeSpan Idle, DateTimeOffset EndsAt, TimeSpan IdleWarning, TimeSpan EndWarning);
