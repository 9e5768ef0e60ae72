namespace BankPortal.Core.Ledger.Transfers;

/// <summary>Where a transfer stands. Stored by name.</summary>
public enum TransferStatus
{
    /// <summary>Funds are reserved on the debited account; nothing is posted yet.</summary>
    Held,

    /// <summary>Posted: the entries exist. Final.</summary>
    Posted,

    /// <summary>Was held and has been voided; the reserved funds are free again. Final.</summary>
    Rejected,

    /// <summary>Refused by its assessment: nothing was moved or reserved. The row is kept as the record of the attempt. Final.</summary>
    Blocked,
}
