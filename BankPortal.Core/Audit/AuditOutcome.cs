namespace BankPortal.Core.Audit;

/// <summary>What became of a recorded act.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>
    /// It was begun, and nobody has recorded how it ended: it is under way, or the process stopped in between, or its
    /// outcome could not be written. The subject itself tells whether it was done.
    /// </summary>
    Begun,

    /// <summary>It was refused by a rule of the bank; nothing was done.</summary>
    Refused,
}
