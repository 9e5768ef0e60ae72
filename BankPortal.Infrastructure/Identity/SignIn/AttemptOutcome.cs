namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>What became of an attempt at a password or code.</summary>
internal enum AttemptOutcome
{
    /// <summary>It was right.</summary>
    Right,

    /// <summary>It was wrong, and counted.</summary>
    Wrong,

    /// <summary>The user is locked, by this attempt or before it.</summary>
    Locked,
}
