using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Infrastructure.Ledger.Reconciliation;

/// <summary>Checks <see cref="ReconciliationOptions"/>.</summary>
public sealed class ReconciliationOptionsValidator : IOptionsValidator<ReconciliationOptions>
{
    /// <inheritdoc/>
    public void Check(ReconciliationOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.RequireRange(options.StepEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), nameof(options.StepEvery));
        errors.RequireRange(options.AccountsPerStep, 1, 100, nameof(options.AccountsPerStep));
        errors.RequireRange(options.EntriesPerAccount, 10, 1000, nameof(options.EntriesPerAccount));
        errors.RequireRange(options.PauseAfterCycle, TimeSpan.Zero, TimeSpan.FromDays(7), nameof(options.PauseAfterCycle));
        errors.RequireRange(options.LookAgainAfter, TimeSpan.Zero, TimeSpan.FromSeconds(30), nameof(options.LookAgainAfter));
        errors.RequireRange(options.LeaseFor, TimeSpan.FromSeconds(5), TimeSpan.FromHours(6), nameof(options.LeaseFor));
    }
}
