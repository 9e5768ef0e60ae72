using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Infrastructure.Ledger.Reconciliation;

/// <summary>The rules for <see cref="ReconciliationOptions"/>.</summary>
public sealed class ReconciliationOptionsRules : IOptionsRules<ReconciliationOptions>
{
    /// <inheritdoc/>
    public void Check(ReconciliationOptions options, OptionsErrors mistakes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mistakes);

        mistakes.RequireRange(options.StepEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), nameof(options.StepEvery));
        mistakes.RequireRange(options.AccountsPerStep, 1, 100, nameof(options.AccountsPerStep));
        mistakes.RequireRange(options.EntriesPerAccount, 10, 1000, nameof(options.EntriesPerAccount));
        mistakes.RequireRange(options.PauseAfterCycle, TimeSpan.Zero, TimeSpan.FromDays(7), nameof(options.PauseAfterCycle));
        mistakes.RequireRange(options.LookAgainAfter, TimeSpan.Zero, TimeSpan.FromSeconds(30), nameof(options.LookAgainAfter));
        mistakes.RequireRange(options.LeaseFor, TimeSpan.FromSeconds(5), TimeSpan.FromHours(6), nameof(options.LeaseFor));

        // A node that only rests between two steps must not lose its place to another.
        mistakes.Require(
            options.LeaseFor >= (options.StepEvery * 2) + options.LookAgainAfter,
            nameof(options.LeaseFor),
            $"must be at least twice {nameof(options.StepEvery)} and {nameof(options.LookAgainAfter)} on top");
    }
}
