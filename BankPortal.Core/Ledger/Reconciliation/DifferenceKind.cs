namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>In what the books disagree with themselves. Stored by name: members may be added, never renamed.</summary>
public enum DifferenceKind
{
    /// <summary>The account's row does not say what its last entry says.</summary>
    RowAndEntry,

    /// <summary>The row has fewer entries than it had when it was last looked at.</summary>
    RowWentBack,

    /// <summary>There is an entry that the row does not count.</summary>
    EntryNotCounted,

    /// <summary>An entry is missing in the account's numbers.</summary>
    EntryMissing,

    /// <summary>An entry is not what it was: its hash does not fit, or is another one than before.</summary>
    EntryChanged,

    /// <summary>An entry is not chained to the one before it.</summary>
    ChainBroken,

    /// <summary>An entry's balance is not the one before plus its amount.</summary>
    BalanceBroken,

    /// <summary>An entry has no transfer.</summary>
    TransferMissing,

    /// <summary>A transfer and its entry say different things.</summary>
    TransferDiffers,

    /// <summary>The other leg of a transfer, on one of the bank's own accounts, is missing.</summary>
    OtherLegMissing,

    /// <summary>What the row holds is not the sum of the account's held transfers.</summary>
    HeldDiffers,

    /// <summary>Something stored cannot be read.</summary>
    Unreadable,
}
