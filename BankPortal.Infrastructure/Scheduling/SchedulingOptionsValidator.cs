using BankPortal.Core.Scheduling;

namespace BankPortal.Infrastructure.Scheduling;

/// <summary>Checks <see cref="SchedulingOptions"/>.</summary>
public sealed class SchedulingOptionsValidator : IOptionsValidator<SchedulingOptions>
{
    /// <inheritdoc/>
    public void Check(SchedulingOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);
        errors.RequireRange(options.PauseAfterFailures, 1, 100, nameof(options.PauseAfterFailures));
        errors.RequireRange(options.CatchUpDays, 0, 365, nameof(options.CatchUpDays));
        errors.RequireRange(options.MaxStandingOrders, 1, 500, nameof(options.MaxStandingOrders));
        errors.RequireRange(options.MaxOpenRequests, 1, 200, nameof(options.MaxOpenRequests));
        errors.RequireRange(options.MaxOpenRequestsToOne, 1, 50, nameof(options.MaxOpenRequestsToOne));
        errors.RequireRange(options.MaxRequestsPerDay, 1, 200, nameof(options.MaxRequestsPerDay));
        errors.RequireRange(options.MaxRequestDays, 1, 365, nameof(options.MaxRequestDays));
        errors.RequireRange(options.RetryAt.Count, 0, 24, nameof(options.RetryAt));
    }
}
