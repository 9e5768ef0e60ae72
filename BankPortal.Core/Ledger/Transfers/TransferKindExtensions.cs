namespace BankPortal.Core.Ledger.Transfers;

/// <summary>What can be said of kinds of transfers.</summary>
public static class TransferKindExtensions
{
    /// <summary>
    /// Whether it is a booking of the bank itself. Such bookings say nothing about what the account's owner does, so they are
    /// not assessed and do not count in the account's recent past.
    /// </summary>
    public static bool IsBooking(this TransferKind kind) =>
        kind is TransferKind.Opening or TransferKind.Reversal or TransferKind.Interest or TransferKind.Fee or TransferKind.Adjustment;
}
