namespace BankPortal.Core.Analytics.Categories;

/// <summary>What rules look at: what an entry says about itself, without its amount and time.</summary>
/// <param name="Kind">The kind of transfer.</param>
/// <param name="IsIn">Whether the account was credited.</param>
/// <param name="IsOwn">Whether the other side is the owner's own account.</param>
/// <param name="Counterparty">The other side (a merchant, a person), or empty.</param>
/// <param name="Description">The description, or empty.</param>
public readonly record struct EntryTraits(TransferKind Kind, bool IsIn, bool IsOwn, string Counterparty, string Description)
{
    /// <summary>Returns the traits of an entry.</summary>
    public static EntryTraits Of(Entry entry) =>
        new(entry.Kind, entry.Amount.IsPositive, entry.IsOwnTransfer, entry.Counterparty, entry.Description);

    /// <summary>The other side, or else the description: what people recognise it by.</summary>
    public string Title => Counterparty.Length > 0 ? Counterparty : Description;

    /// <summary>Whether it counts as income or spending. Money between own accounts, opening balances and corrections do not.</summary>
    public bool Counts => !IsOwn && Kind is not (TransferKind.Opening or TransferKind.Adjustment or TransferKind.LoanPayout);

    /// <summary>Whether it takes back an earlier movement: it lowers the other side's sum instead of being money of its own.</summary>
    public bool TakesBack => Kind == TransferKind.Reversal;

    /// <summary>Whether its amount belongs to the income. A reversal belongs to the side that it takes back.</summary>
    public bool IsIncome => IsIn != TakesBack;
}
