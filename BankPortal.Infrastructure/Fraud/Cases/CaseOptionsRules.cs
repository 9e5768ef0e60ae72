using BankPortal.Core.Fraud.Cases;

namespace BankPortal.Infrastructure.Fraud.Cases;

/// <summary>The rules for <see cref="CaseOptions"/>.</summary>
public sealed class CaseOptionsRules : IOptionsRules<CaseOptions>
{
    /// <inheritdoc/>
    public void Check(CaseOptions options, OptionsErrors mistakes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mistakes);

        mistakes.RequireRange(options.FraudDueAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365), nameof(options.FraudDueAfter));
        mistakes.RequireRange(options.ComplianceDueAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365), nameof(options.ComplianceDueAfter));
        mistakes.RequireRange(options.AlertSweepEvery, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.AlertSweepEvery));
    }
}
