namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>
/// Has a page read again shortly after a change in this process of something it shows, and regularly for changes by other
/// nodes. Dispose it with the page.
/// </summary>
internal sealed class CaseWatch : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly LiveRefresh _refresh;
    private readonly IDisposable _feed;
    private readonly ITimer _timer;

    /// <param name="feed">Reports the changes.</param>
    /// <param name="concerns">Whether the page shows something of that case; without a case: of the alerts that are in none.</param>
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

    /// <summary>How often to read for changes by other nodes.</summary>
    public static TimeSpan Every { get; } = TimeSpan.FromSeconds(20);

    public void Dispose()
    {
        _timer.Dispose();
        _feed.Dispose();
        _refresh.Dispose();
    }
}
