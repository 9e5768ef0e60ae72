namespace BankPortal.Core.Analytics.Days;

/// <summary>The way by which money moves. Stored by name: members may be added, never renamed.</summary>
public enum BankChannel
{
    /// <summary>Cash and cheques at the counter.</summary>
    Counter,

    /// <summary>From one account of this bank to another.</summary>
    Internal,

    /// <summary>Payments by card.</summary>
    Card,

    /// <summary>To and from other banks.</summary>
    Clearing,

    /// <summary>Bookings of the bank itself.</summary>
    Bank,
}

/// <summary>Channels of kinds of transfers.</summary>
public static class BankChannelExtensions
{
    /// <summary>The channel of a kind.</summary>
    public static BankChannel Channel(this TransferKind kind) => kind switch
    {
        TransferKind.Deposit or TransferKind.Withdrawal => BankChannel.Counter,
        TransferKind.Transfer => BankChannel.Internal,
        TransferKind.Purchase => BankChannel.Card,
        TransferKind.Payment or TransferKind.Salary => BankChannel.Clearing,
        _ => BankChannel.Bank,
    };
}
