using BankPortal.Core.Ledger;

namespace BankPortal.Web.Components.Ledger;

/// <summary>What a transfer and its state are called on screen.</summary>
public static class TransferWords
{
    /// <summary>What became of it, as a heading.</summary>
    public static string Outcome(Transfer transfer) => (transfer.Status, transfer.Kind) switch
    {
        (TransferStatus.Held, _) => "Your transfer is being reviewed",
        (TransferStatus.Rejected, _) => "This transfer was not carried out",
        (_, TransferKind.Deposit) => "Money paid in",
        (_, TransferKind.Withdrawal) => "Money taken out",
        _ when IsOwn(transfer) => "Money moved",
        _ => "Money sent",
    };

    /// <summary>The state in one or two words.</summary>
    public static string Status(TransferStatus status) => status switch
    {
        TransferStatus.Held => "Being reviewed",
        TransferStatus.Rejected => "Not carried out",
        _ => "Done",
    };

    /// <summary>Whether both sides belong to the same customer.</summary>
    public static bool IsOwn(Transfer transfer) => transfer.DebitOwnerId is { } owner && owner == transfer.CreditOwnerId;
}
