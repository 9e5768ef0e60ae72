using BankPortal.Core.Common.Jobs;

namespace BankPortal.Infrastructure.Dynamo.Jobs;

/// <summary>Checks <see cref="JobOptions"/>.</summary>
public sealed class JobOptionsValidator : IOptionsValidator<JobOptions>
{
    /// <inheritdoc/>
    public void Check(JobOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.RequireRange(options.LeaseFor, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1), nameof(options.LeaseFor));
        errors.RequireRange(options.LookEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), nameof(options.LookEvery));
        errors.RequireRange(options.LookAtLeastEvery, options.LookEvery, TimeSpan.FromDays(1), nameof(options.LookAtLeastEvery));
        errors.RequireRange(
            options.FirstRetryAfter, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1), nameof(options.FirstRetryAfter));
        errors.RequireRange(options.LongestRetryAfter, options.FirstRetryAfter, TimeSpan.FromDays(1), nameof(options.LongestRetryAfter));
    }
}
