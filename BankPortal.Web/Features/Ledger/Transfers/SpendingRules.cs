namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>What a form checks while it is typed, with the messages of the ledger.</summary>
public static class SpendingRules
{
    /// <summary>The rule against taking that much out of the account, or null.</summary>
    /// <param name="amount">The amount; in the account's currency.</param>
    /// <param name="account">The account as last read.</param>
    /// <param name="limits">Its limits; null where none apply, as between own accounts.</param>
    public static Error? Against(Money amount, Account account, RemainingLimits? limits) =>
        amount.Currency != account.Currency ? new CurrencyMismatchError()
        : amount > account.Spendable ? new InsufficientFundsError(Money.Max(account.Spendable, Money.Zero(account.Currency)))
        : limits is null ? null
        : amount > limits.PerTransfer ? new OverTransferLimitError(limits.PerTransfer)
        : amount > limits.LeftToday ? new OverDailyLimitError(limits.PerDay, limits.LeftToday)
        : null;

    /// <summary>What is wrong with a description, or null.</summary>
    public static string? DescriptionError(string text) =>
        TextInput.Clean(text).Length > LedgerRules.MaxDescriptionLength
            ? $"Use {LedgerRules.MaxDescriptionLength.ToString(CultureInfo.InvariantCulture)} characters at most."
            : null;
}
