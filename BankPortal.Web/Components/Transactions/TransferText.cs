namespace BankPortal.Web.Components.Transactions;

/// <summary>What a transfer and its state are called on screen.</summary>
public static class TransferText
{
    /// <summary>What became of it, as a heading.</summary>
    public static string Outcome(Transfer transfer) => (transfer.Status, transfer.Kind) switch
    {
        (TransferStatus.Held, TransferKind.Deposit) => "Your deposit is being reviewed",
        (TransferStatus.Held, _) => "Your transfer is being reviewed",
        (TransferStatus.Rejected or TransferStatus.Blocked, TransferKind.Deposit) => "This deposit was not carried out",
        (TransferStatus.Rejected or TransferStatus.Blocked, _) => "This transfer was not carried out",
        (_, TransferKind.Deposit) => "Money paid in",
        (_, TransferKind.Withdrawal) => "Money taken out",
        _ when IsOwn(transfer) => "Money moved",
        _ => "Money sent",
    };

    /// <summary>The state in one or two words.</summary>
    public static string Status(TransferStatus status) => status switch
    {
        TransferStatus.Held => "Pending",
        TransferStatus.Rejected or TransferStatus.Blocked => "Not carried out",
        _ => "Done",
    };

    /// <summary>The state as staff call it.</summary>
    public static string StaffStatus(Transfer transfer) => transfer switch
    {
        { Status: TransferStatus.Held } => "Held",
        { Status: TransferStatus.Rejected } => "Rejected",
        { Status: TransferStatus.Blocked } => "Blocked",
        { ReversedById: not null } => "Reversed",
        _ => "Posted",
    };

    /// <summary>The weight of <see cref="StaffStatus"/>.</summary>
    public static StatusTone StaffTone(Transfer transfer) => transfer switch
    {
        { Status: TransferStatus.Held } => StatusTone.Attention,
        { Status: TransferStatus.Blocked } => StatusTone.Negative,
        { Status: TransferStatus.Rejected } or { ReversedById: not null } => StatusTone.Neutral,
        _ => StatusTone.Positive,
    };

    /// <summary>What one of the bank's own accounts is called.</summary>
    public static string InternalName(string accountId)
    {
        var currency = accountId.Length > 3 ? accountId[^3..] : "";
        return accountId.Split('-').ElementAtOrDefault(1) switch
        {
            "cash" => $"Cash, {currency}",
            "clearing" => $"Clearing with other banks, {currency}",
            "opening" => $"Opening balances, {currency}",
            "income" => $"Interest and fees, {currency}",
            "suspense" => $"Unexplained differences, {currency}",
            _ => accountId,
        };
    }

    /// <summary>Whether both sides belong to the same customer.</summary>
    public static bool IsOwn(Transfer transfer) => transfer.DebitOwnerId is { } owner && owner == transfer.CreditOwnerId;
}
