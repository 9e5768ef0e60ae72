using BankPortal.Core.Fraud.Live;

namespace BankPortal.Infrastructure.Fraud.Live;

/// <summary>Checks <see cref="MonitorOptions"/>.</summary>
public sealed class MonitorOptionsValidator : IOptionsValidator<MonitorOptions>
{
    /// <inheritdoc/>
    public void Check(MonitorOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.RequireRange(options.FrameEvery, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), nameof(options.FrameEvery));
        errors.RequireRange(options.PollEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.PollEvery));
        errors.RequireRange(options.Overlap, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(options.Overlap));
        errors.RequireRange(options.SweepEvery, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.SweepEvery));
        errors.RequireRange(options.SweepBack, options.Overlap, TimeSpan.FromMinutes(30), nameof(options.SweepBack));
        errors.RequireRange(options.HeldEvery, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.HeldEvery));
        errors.RequireRange(options.MostHeld, 1, 5000, nameof(options.MostHeld));
        errors.RequireRange(options.MostEvents, 50, 5000, nameof(options.MostEvents));
        errors.RequireRange(options.MostFill, 100, 100_000, nameof(options.MostFill));
        errors.RequireRange(options.Linger, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.Linger));
    }
}
