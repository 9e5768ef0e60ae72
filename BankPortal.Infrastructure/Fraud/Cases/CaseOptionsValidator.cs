using BankPortal.Core.Fraud.Cases;

namespace BankPortal.Infrastructure.Fraud.Cases;

/// <summary>Checks <see cref="CaseOptions"/>.</summary>
public sealed class CaseOptionsValidator : IOptionsValidator<CaseOptions>
{
    /// <inheritdoc/>
    public void Check(CaseOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.RequireRange(options.FraudDueAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365), nameof(options.FraudDueAfter));
        errors.RequireRange(
            options.ComplianceDueAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(365), nameof(options.ComplianceDueAfter));
        errors.RequireRange(options.AlertSweepEvery, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), nameof(options.AlertSweepEvery));
    }
}
