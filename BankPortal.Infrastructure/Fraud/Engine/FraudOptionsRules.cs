namespace BankPortal.Infrastructure.Fraud.Engine;

/// <summary>The rules for <see cref="FraudOptions"/>.</summary>
public sealed class FraudOptionsRules : IOptionsRules<FraudOptions>
{
    /// <inheritdoc/>
    public void Check(FraudOptions options, OptionsErrors mistakes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mistakes);

        mistakes.RequireRange(options.Budget, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30), nameof(options.Budget));
    }
}
