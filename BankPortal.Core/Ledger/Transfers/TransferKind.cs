namespace BankPortal.Core.Ledger.Transfers;

/// <summary>Why money moves. Stored by name: members may be added, never renamed.</summary>
public enum TransferKind
{
    /// <summary>Cash or a cheque paid in by the customer.</summary>
    Deposit,

    /// <summary>Cash taken out by the customer.</summary>
    Withdrawal,

    /// <summary>From one account of this bank to another.</summary>
    Transfer,

    /// <summary>A purchase paid by card.</summary>
    Purchase,

    /// <summary>A bill or another payment to a party outside the bank.</summary>
    Payment,

    /// <summary>Wages paid in by an employer outside the bank.</summary>
    Salary,

    /// <summary>The balance an account starts with when it is opened or imported.</summary>
    Opening,

    /// <summary>Undoes another transfer, which it names.</summary>
    Reversal,

    /// <summary>Interest paid by the bank.</summary>
    Interest,

    /// <summary>A fee charged by the bank.</summary>
    Fee,

    /// <summary>Brings a balance in line with another ledger, against the bank's suspense account, until the cause is found.</summary>
    Adjustment,

    /// <summary>A loan that is paid out.</summary>
    LoanPayout,

    /// <summary>Principal or interest of a loan that is repaid.</summary>
    LoanPayment,
}

/// <summary>Properties of kinds of transfers.</summary>
public static class TransferKindExtensions
{
    /// <summary>
    /// Whether it is a booking of the bank itself. Such bookings say nothing about what the account's owner does, so they are
    /// not assessed and do not count in the account's recent past.
    /// </summary>
    public static bool IsBooking(this TransferKind kind) =>
        kind is TransferKind.Opening or TransferKind.Reversal or TransferKind.Interest or TransferKind.Fee or TransferKind.Adjustment
            or TransferKind.LoanPayout or TransferKind.LoanPayment;
}
