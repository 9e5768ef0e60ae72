namespace BankPortal.Core.Identity;

/// <summary>Why a session ended. Shown on the sign-in page and stored in the audit trail.</summary>
public enum SessionEndReason
{
    /// <summary>The person signed out.</summary>
    SignedOut,

    /// <summary>The session was idle for too long.</summary>
    Idle,

    /// <summary>The session reached its maximum lifetime.</summary>
    TooLong,

    /// <summary>The person ended it from another device, or the bank ended it.</summary>
    Ended,

    /// <summary>The password or another security setting changed.</summary>
    SecurityChanged,
}
