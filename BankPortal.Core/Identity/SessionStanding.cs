namespace BankPortal.Core.Identity;

/// <summary>What a session's times mean at one moment.</summary>
/// <param name="Phase">Where in its life the session is.</param>
/// <param name="EndsAt">When it ends if nothing happens until then.</param>
public sealed record SessionStanding(SessionPhase Phase, DateTimeOffset EndsAt)
{
    /// <summary>Whether the session is over.</summary>
    public bool IsOver => Phase is SessionPhase.IdleExpired or SessionPhase.AbsoluteExpired;

    /// <summary>
    /// Judges a session. The ends are inclusive: at the very instant of a limit the session is over. When both ends
    /// have passed, the earlier one is named. Inside the idle warning of a session that ends absolutely first, staying
    /// would gain nothing, so the absolute warning stands.
    /// </summary>
    public static SessionStanding Of(SessionLimits limits, DateTimeOffset signedInAt, DateTimeOffset lastActiveAt, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var idleEnd = lastActiveAt + limits.Idle;
        var absoluteEnd = signedInAt + limits.Absolute;
        var idleFirst = idleEnd < absoluteEnd;
        var end = idleFirst ? idleEnd : absoluteEnd;
        if (now >= end)
        {
            return new SessionStanding(idleFirst ? SessionPhase.IdleExpired : SessionPhase.AbsoluteExpired, end);
        }

        if (idleFirst && now >= idleEnd - limits.IdleWarning)
        {
            return new SessionStanding(SessionPhase.IdleWarning, end);
        }

        return new SessionStanding(now >= absoluteEnd - limits.AbsoluteWarning ? SessionPhase.AbsoluteWarning : SessionPhase.Active, end);
    }
}
