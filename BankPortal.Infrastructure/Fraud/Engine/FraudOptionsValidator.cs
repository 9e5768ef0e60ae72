namespace BankPortal.Infrastructure.Fraud.Engine;

/// <summary>Checks <see cref="FraudOptions"/>.</summary>
public sealed class FraudOptionsValidator : IOptionsValidator<FraudOptions>
{
    /// <inheritdoc/>
    public void Check(FraudOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.RequireRange(options.Budget, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30), nameof(options.Budget));
    }
}
