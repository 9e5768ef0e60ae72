namespace BankPortal.Infrastructure.Ledger;

/// <summary>The rules for <see cref="LedgerOptions"/>.</summary>
public sealed class LedgerOptionsRules : IOptionsRules<LedgerOptions>
{
    private const decimal Most = 1_000_000_000m;

    /// <inheritdoc/>
    public void Check(LedgerOptions options, OptionsErrors mistakes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mistakes);

        mistakes.Require(TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _), nameof(options.TimeZone), "must be the name of a time zone, such as America/New_York");
        CheckLimits(options.Checking, nameof(options.Checking), mistakes);
        CheckLimits(options.Savings, nameof(options.Savings), mistakes);
        mistakes.RequireRange(options.SecondFactorFrom, 0m, Most, nameof(options.SecondFactorFrom));
        mistakes.RequireRange(options.MaxTries, 1, 200, nameof(options.MaxTries));
        mistakes.RequireRange(options.RememberRowsFor, TimeSpan.Zero, TimeSpan.FromMinutes(5), nameof(options.RememberRowsFor));
        mistakes.RequireRange(options.HoldsExpireAfter, TimeSpan.FromMinutes(1), TimeSpan.FromDays(90), nameof(options.HoldsExpireAfter));
        mistakes.RequireRange(options.MaxPayeeLookupsPerHour, 1, 10_000, nameof(options.MaxPayeeLookupsPerHour));
    }

    private static void CheckLimits(AccountLimits limits, string section, OptionsErrors mistakes)
    {
        mistakes.RequireRange(limits.PerTransfer, 1m, Most, $"{section}:{nameof(limits.PerTransfer)}");
        mistakes.RequireRange(limits.PerDay, limits.PerTransfer, Most, $"{section}:{nameof(limits.PerDay)}");
        mistakes.RequireRange(limits.PerDeposit, 1m, Most, $"{section}:{nameof(limits.PerDeposit)}");
    }
}
