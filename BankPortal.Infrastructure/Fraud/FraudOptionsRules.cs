using BankPortal.Core.Fraud;
using BankPortal.Infrastructure.Common;

namespace BankPortal.Infrastructure.Fraud;

/// <summary>The rules for <see cref="FraudOptions"/>.</summary>
public sealed class FraudOptionsRules : IOptionsRules<FraudOptions>
{
    /// <inheritdoc/>
    public void Check(FraudOptions options, OptionsMistakes mistakes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mistakes);

        mistakes.RequireRange(options.Budget, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30), nameof(options.Budget));
    }
}
