namespace BankPortal.Infrastructure.Ledger;

/// <summary>Checks <see cref="LedgerOptions"/>.</summary>
public sealed class LedgerOptionsValidator : IOptionsValidator<LedgerOptions>
{
    private const decimal Most = 1_000_000_000m;

    /// <inheritdoc/>
    public void Check(LedgerOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.Require(
            TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _),
            nameof(options.TimeZone),
            "must be the name of a time zone, such as America/New_York");
        CheckLimits(options.Checking, nameof(options.Checking), errors);
        CheckLimits(options.Savings, nameof(options.Savings), errors);
        errors.RequireRange(options.SecondFactorFrom, 0m, Most, nameof(options.SecondFactorFrom));
        errors.RequireRange(options.MaxTries, 1, 200, nameof(options.MaxTries));
        errors.RequireRange(options.RememberRowsFor, TimeSpan.Zero, TimeSpan.FromMinutes(5), nameof(options.RememberRowsFor));
        errors.RequireRange(options.HoldsExpireAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(90), nameof(options.HoldsExpireAfter));
        errors.RequireRange(options.MaxPayeeLookupsPerHour, 1, 10_000, nameof(options.MaxPayeeLookupsPerHour));
    }

    private static void CheckLimits(AccountLimits limits, string section, OptionsErrors errors)
    {
        errors.RequireRange(limits.PerTransfer, 1m, Most, $"{section}:{nameof(limits.PerTransfer)}");
        errors.RequireRange(limits.PerDay, limits.PerTransfer, Most, $"{section}:{nameof(limits.PerDay)}");
        errors.RequireRange(limits.PerDeposit, 1m, Most, $"{section}:{nameof(limits.PerDeposit)}");
    }
}
