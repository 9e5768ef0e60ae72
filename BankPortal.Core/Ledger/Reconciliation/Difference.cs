namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>One contradiction that the reconciliation found within the ledger.</summary>
/// <param name="Kind">What contradicts what.</param>
/// <param name="AccountId">The account; for a closed day of the bank the currency.</param>
/// <param name="TransferId">The transfer, where it is about one.</param>
/// <param name="Sequence">The entry's number in the account; 0 where it is about the account as a whole. For a closed day the
/// number of the day.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
/// <param name="FirstSeenAt">When it was first seen.</param>
/// <param name="LastSeenAt">When it was last seen.</param>
/// <param name="GoneAt">When a check no longer found it; <see langword="null"/> while it is open.</param>
public sealed record Difference(
    DifferenceKind Kind,
    string AccountId,
    string? TransferId,
    long Sequence,
    string Expected,
    string Found,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? GoneAt = null)
{
    /// <summary>The same for the same difference each time it is seen.</summary>
    public string Id =>
        DerivedId.From("difference", Kind.ToString(), AccountId, TransferId ?? "", Sequence.ToString(CultureInfo.InvariantCulture));

    /// <summary>The closed day that differs from its entries; <see langword="null"/> for other kinds.</summary>
    public DateOnly? Day => Kind is DifferenceKind.BankDayDiffers or DifferenceKind.AccountDayDiffers
        ? DateOnly.FromDayNumber((int)Sequence)
        : null;

    /// <summary>The difference of a closed day.</summary>
    /// <param name="kind">Of the bank or of an account.</param>
    /// <param name="subject">The account; for the bank the currency and, unless it is a day, the period.</param>
    /// <param name="day">The first day of the period.</param>
    /// <param name="expected">What the entries say.</param>
    /// <param name="found">What is kept.</param>
    /// <param name="at">When it was found.</param>
    public static Difference OfDay(
        DifferenceKind kind, string subject, DateOnly day, string expected, string found, DateTimeOffset at) =>
        new(kind, subject, null, day.DayNumber, expected, found, at, at);
}

/// <summary>What contradicts what within the ledger. Stored by name: members may be added, never renamed.</summary>
public enum DifferenceKind
{
    /// <summary>The account's row differs from its last entry.</summary>
    RowAndEntry,

    /// <summary>The row has fewer entries than when it was last checked.</summary>
    RowWentBack,

    /// <summary>There is an entry that the row does not count.</summary>
    EntryNotCounted,

    /// <summary>An entry is missing in the account's numbers.</summary>
    EntryMissing,

    /// <summary>An entry was changed: its hash does not match its content, or differs from the one seen before.</summary>
    EntryChanged,

    /// <summary>An entry is not chained to the one before it.</summary>
    ChainBroken,

    /// <summary>An entry's balance is not the one before plus its amount.</summary>
    BalanceBroken,

    /// <summary>An entry has no transfer.</summary>
    TransferMissing,

    /// <summary>A transfer and its entry differ.</summary>
    TransferDiffers,

    /// <summary>The other leg of a transfer, on one of the bank's own accounts, is missing.</summary>
    OtherLegMissing,

    /// <summary>What the row holds is not the sum of the account's held transfers.</summary>
    HeldDiffers,

    /// <summary>Something stored cannot be read.</summary>
    Unreadable,

    /// <summary>A closed day, month or year of the bank is not the sum of its entries.</summary>
    BankDayDiffers,

    /// <summary>The closed day of an account is not the sum of its entries.</summary>
    AccountDayDiffers,
}

/// <summary>A difference of an account that existed when it was last checked.</summary>
/// <param name="Id">Its <see cref="Difference.Id"/>.</param>
/// <param name="Sequence">The entry it is at; 0 for the account as a whole.</param>
public sealed record OpenDifference(string Id, long Sequence);
