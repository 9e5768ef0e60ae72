namespace BankPortal.Core.Identity;

/// <summary>The state of a session at one moment.</summary>
/// <param name="Phase">The phase of the session.</param>
/// <param name="EndsAt">When the session ends if the person does nothing more.</param>
/// <param name="At">The moment this state applies to.</param>
public sealed record SessionStanding(SessionPhase Phase, DateTimeOffset EndsAt, DateTimeOffset At)
{
    /// <summary>Whether the session has ended.</summary>
    public bool IsOver => Phase is SessionPhase.IdleExpired or SessionPhase.AbsoluteExpired;

    /// <summary>The time left; never negative.</summary>
    public TimeSpan Left => EndsAt > At ? EndsAt - At : TimeSpan.Zero;

    /// <summary>
    /// Determines the state of a session. The limits are inclusive: at the exact instant of a limit the session has ended. When both
    /// limits have passed, the earlier one is reported. When the absolute limit comes first, activity would not extend the session, so
    /// there is no idle warning.
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

/// <summary>The phases of a session.</summary>
public enum SessionPhase
{
    /// <summary>In use; no limit is near.</summary>
    Active,

    /// <summary>Close to the absolute limit, which cannot be extended; the person is warned.</summary>
    AbsoluteWarning,

    /// <summary>Close to the idle limit; the person can choose to stay signed in.</summary>
    IdleWarning,

    /// <summary>Ended: idle for too long.</summary>
    IdleExpired,

    /// <summary>Ended: reached the maximum lifetime.</summary>
    AbsoluteExpired,
}

/// <summary>The limits of a session and when to warn before them.</summary>
/// <param name="Idle">The longest time between two actions of the person.</param>
/// <param name="EndsAt">The absolute limit: when the session ends whatever the person does.</param>
/// <param name="IdleWarning">How long before the idle limit the person is asked whether to stay signed in.</param>
/// <param name="EndWarning">How long before <paramref name="EndsAt"/> the person is warned.</param>
public sealed record SessionTimes(TimeSpan Idle, DateTimeOffset EndsAt, TimeSpan IdleWarning, TimeSpan EndWarning);
