namespace BankPortal.Core.Identity;

/// <summary>Why a session is over; the person reads it on the sign-in page, and the audit trail keeps it.</summary>
public enum SessionEndReason
{
    /// <summary>The person signed out.</summary>
    SignedOut,

    /// <summary>Nothing was done for too long.</summary>
    Idle,

    /// <summary>Too long since signing in.</summary>
    TooLong,

    /// <summary>Ended by the person from another device, or by the bank.</summary>
    Ended,

    /// <summary>The password or another security setting was changed.</summary>
    SecurityChanged,
}
