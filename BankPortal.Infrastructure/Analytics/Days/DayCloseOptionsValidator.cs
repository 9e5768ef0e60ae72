using BankPortal.Core.Analytics.Days;

namespace BankPortal.Infrastructure.Analytics.Days;

/// <summary>Checks <see cref="DayCloseOptions"/>.</summary>
public sealed class DayCloseOptionsValidator : IOptionsValidator<DayCloseOptions>
{
    /// <inheritdoc/>
    public void Check(DayCloseOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.RequireRange(options.At, TimeSpan.FromMinutes(10), TimeSpan.FromHours(23), nameof(options.At));
        errors.RequireRange(options.LookBackDays, 1, 3_660, nameof(options.LookBackDays));
        errors.RequireRange(options.Share, 0.01, 1.0, nameof(options.Share));
        errors.RequireRange(options.VerifyWithinNights, 1, 366, nameof(options.VerifyWithinNights));
    }
}
