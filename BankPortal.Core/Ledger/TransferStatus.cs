namespace BankPortal.Core.Ledger;

/// <summary>Where a transfer stands. Stored by name.</summary>
public enum TransferStatus
{
    /// <summary>Funds are reserved on the debited account; nothing is posted yet.</summary>
    Held,

    /// <summary>Posted: the entries exist. Final.</summary>
    Posted,

    /// <summary>Was held and has been voided; the reserved funds are free again. Final.</summary>
    Rejected,
}
