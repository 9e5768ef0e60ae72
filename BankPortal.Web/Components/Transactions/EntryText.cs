namespace BankPortal.Web.Components.Transactions;

/// <summary>What entries and kinds of movement are called on screen, seen from the customer.</summary>
public static class EntryText
{
    /// <summary>The kinds in the order in which they are offered.</summary>
    public static IReadOnlyList<TransferKind> Kinds { get; } =
    [
        TransferKind.Transfer, TransferKind.Deposit, TransferKind.Withdrawal, TransferKind.Purchase, TransferKind.Payment,
        TransferKind.Salary, TransferKind.Interest, TransferKind.Fee, TransferKind.Reversal, TransferKind.Opening, TransferKind.Adjustment,
        TransferKind.LoanPayout, TransferKind.LoanPayment,
    ];

    /// <summary>The kind, as a name.</summary>
    public static string Name(TransferKind kind) => kind switch
    {
        TransferKind.Purchase => "Card purchase",
        TransferKind.Opening => "Opening balance",
        TransferKind.Withdrawal => "Cash withdrawal",
        TransferKind.Deposit => "Cash deposit",
        TransferKind.LoanPayout => "Loan paid out",
        TransferKind.LoanPayment => "Loan payment",
        _ => kind.ToString(),
    };

    /// <summary>Spending of that kind, as a name.</summary>
    public static string Spending(TransferKind kind) => kind switch
    {
        TransferKind.Purchase => "Card purchases",
        TransferKind.Payment => "Bills and payments",
        TransferKind.Transfer => "Transfers to others",
        TransferKind.Withdrawal => "Cash withdrawals",
        TransferKind.Fee => "Fees",
        TransferKind.Interest => "Interest",
        TransferKind.LoanPayment => "Loan payments",
        _ => Name(kind),
    };

    /// <summary>The entry's first line: who is on the other side, or else what was written, or else what it is.</summary>
    public static string Title(Entry entry) =>
        entry.Counterparty.Length > 0 ? entry.Counterparty
        : entry.Description.Length > 0 ? entry.Description
        : Name(entry.Kind);

    /// <summary>The entry's second line: what was written, if the first line is not that already.</summary>
    public static string Note(Entry entry) => entry.Counterparty.Length > 0 ? entry.Description : "";

    /// <summary>The kind, more exactly: money between own accounts is its own kind to people.</summary>
    public static string Kind(Entry entry) =>
        entry.IsOwnTransfer && entry.Kind == TransferKind.Transfer ? "Own transfer" : Name(entry.Kind);

    /// <summary>A sign for the entry.</summary>
    public static IconName Icon(Entry entry) => entry.Kind switch
    {
        TransferKind.Deposit or TransferKind.Salary or TransferKind.Opening => IconName.Deposit,
        TransferKind.Withdrawal => IconName.Withdraw,
        TransferKind.Purchase => IconName.Wallet,
        TransferKind.Payment or TransferKind.Fee or TransferKind.Interest or TransferKind.LoanPayout or TransferKind.LoanPayment
            => IconName.Bank,
        TransferKind.Reversal or TransferKind.Adjustment => IconName.Refresh,
        _ => IconName.Transfer,
    };
}
