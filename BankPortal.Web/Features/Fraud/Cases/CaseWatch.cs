namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>
/// Has a page read again soon after something it shows changed in this process, and every now and then for what changed
/// elsewhere.
/// </summary>
internal sealed class CaseWatch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly LiveRefresh _refresh;
    private readonly IDisposable _feed;
    private readonly ITimer _timer;

    /// <param name="feed">What tells of changes.</param>
    /// <param name="concerns">Whether a change of that case is one of what is shown; without a case: of alerts in no case.</param>
    /// <param name="refresh">Reads again.</param>
    /// <param name="time">The time.</param>
    public CaseWatch(CaseFeed feed, Func<string?, bool> concerns, Func<Task> refresh, TimeProvider time)
    {
        _refresh = new LiveRefresh(Pause, refresh, time);
        _feed = feed.Subscribe(caseId =>
        {
            if (concerns(caseId))
            {
                _refresh.Signal();
            }
        });
        _timer = time.CreateTimer(_ => _refresh.Signal(), null, Every, Every);
    }

    /// <summary>How often to look for what other nodes did.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(20);

    public void Dispose()
    {
        _timer.Dispose();
        _feed.Dispose();
        _refresh.Dispose();
    }
}
