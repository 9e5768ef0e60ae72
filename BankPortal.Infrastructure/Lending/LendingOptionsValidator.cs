using BankPortal.Core.Lending;
using BankPortal.Core.Lending.Book;

namespace BankPortal.Infrastructure.Lending;

/// <summary>Checks <see cref="LendingOptions"/>.</summary>
public sealed class LendingOptionsValidator : IOptionsValidator<LendingOptions>
{
    /// <inheritdoc/>
    public void Check(LendingOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        errors.RequireRange(options.RetryAt.Count, 0, 24, nameof(options.RetryAt));
        errors.RequireRange(options.RemindDays, 0, 30, nameof(options.RemindDays));
        errors.RequireRange(options.TwoPersonsFrom, 0m, 1_000_000_000m, nameof(options.TwoPersonsFrom));
        errors.RequireRange(options.DecideWithinDays, 1, 365, nameof(options.DecideWithinDays));
        errors.RequireRange(options.MaxLoansPerCustomer, 1, 50, nameof(options.MaxLoansPerCustomer));
        errors.RequireRange(options.MaxHolidayMonths, 1, 12, nameof(options.MaxHolidayMonths));
        errors.RequireRange(options.MaxHolidayMonthsInAll, 1, 36, nameof(options.MaxHolidayMonthsInAll));
        errors.RequireRange(options.MaxDebtToIncome, 1m, 100m, nameof(options.MaxDebtToIncome));
        foreach (var bucket in DelinquencyBuckets.All)
        {
            errors.RequireRange(options.Provision.Of(bucket), 0m, 100m, $"{nameof(options.Provision)}:{bucket}");
        }
    }
}
