namespace BankPortal.Infrastructure.Accounts;

/// <summary>The rules for <see cref="AccountOptions"/>.</summary>
public sealed class AccountOptionsRules : IOptionsRules<AccountOptions>
{
    /// <inheritdoc/>
    public void Check(AccountOptions options, OptionsErrors mistakes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mistakes);

        mistakes.Require(Currency.TryParse(options.Currency, out _), nameof(options.Currency), "must be the ISO 4217 code of a currency the bank deals in, such as USD");
        mistakes.RequireRange(options.MaxPerCustomer, 1, 90, nameof(options.MaxPerCustomer));
    }
}
