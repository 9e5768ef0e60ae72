namespace BankPortal.Infrastructure.Accounts;

/// <summary>Checks <see cref="AccountOptions"/>.</summary>
public sealed class AccountOptionsValidator : IOptionsValidator<AccountOptions>
{
    /// <inheritdoc/>
    public void Check(AccountOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.Require(
            Currency.TryParse(options.Currency, out _),
            nameof(options.Currency),
            "must be the ISO 4217 code of a currency the bank deals in, such as USD");
        errors.RequireRange(options.MaxPerCustomer, 1, 90, nameof(options.MaxPerCustomer));
    }
}
