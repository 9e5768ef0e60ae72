using BankPortal.Core.Common.Jobs;

namespace BankPortal.Web.Features.Demo;

/// <summary>
/// Keeps days from being closed, and interest from being booked, until the demo history is loaded, on this node or another. Says how far
/// loading is. Thread-safe.
/// </summary>
internal sealed class DemoHistoryHold(IJobStore jobs) : IJobHold, IStartupNote
{
    private volatile string? _reason = Text(null);

    /// <inheritdoc/>
    public async Task<string?> FindReasonAsync(CancellationToken ct = default)
    {
        if (_reason is not null)
        {
            _reason = Text(await jobs.FindAsync(DemoHistoryJob.JobName, ct));
        }

        return _reason;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Lines() =>
        _reason is { } reason ? [$"{reason} (more customers and their past are loaded while the portal is open)"] : [];

    /// <summary>How far loading is; <see langword="null"/> when it is finished.</summary>
    internal static string? Text(JobState? state)
    {
        if (state?.LastSuccessAt is not null)
        {
            return null;
        }

        var share = state is { Total: > 0 and var total } ? state.Progress * 100 / total : 0;
        return string.Create(CultureInfo.InvariantCulture, $"Demo history: {share} %");
    }
}
