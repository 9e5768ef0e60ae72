namespace BankPortal.Core.Identity;

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
