using BankPortal.Core.Fraud.Live;

namespace BankPortal.Infrastructure.Fraud.Live;

/// <summary>The rules for <see cref="MonitorOptions"/>.</summary>
public sealed class MonitorOptionsRules : IOptionsRules<MonitorOptions>
{
    /// <inheritdoc/>
    public void Check(MonitorOptions options, OptionsErrors mistakes)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(mistakes);

        mistakes.RequireRange(options.FrameEvery, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), nameof(options.FrameEvery));
        mistakes.RequireRange(options.PollEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), nameof(options.PollEvery));
        mistakes.RequireRange(options.Overlap, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), nameof(options.Overlap));
        mistakes.RequireRange(options.SweepEvery, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.SweepEvery));
        mistakes.RequireRange(options.SweepBack, options.Overlap, TimeSpan.FromMinutes(30), nameof(options.SweepBack));
        mistakes.RequireRange(options.HeldEvery, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), nameof(options.HeldEvery));
        mistakes.RequireRange(options.MostHeld, 1, 5000, nameof(options.MostHeld));
        mistakes.RequireRange(options.MostEvents, 50, 5000, nameof(options.MostEvents));
        mistakes.RequireRange(options.MostFill, 100, 100_000, nameof(options.MostFill));
        mistakes.RequireRange(options.Linger, TimeSpan.Zero, TimeSpan.FromHours(1), nameof(options.Linger));
    }
}
