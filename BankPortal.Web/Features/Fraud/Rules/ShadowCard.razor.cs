namespace BankPortal.Web.Features.Fraud.Rules;

public sealed partial class ShadowCard
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _gone = new();
    private ShadowComparison _shown = ShadowComparison.Empty;
    private bool _isPolling;
    private bool _isStale;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required RuleSetService Rules { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required ILogger<ShadowCard> Logger { get; init; }

    [Parameter, EditorRequired] public int Number { get; set; }

    /// <summary>Whether it is in shadow now, so that the figures change.</summary>
    [Parameter] public bool Running { get; set; }

    /// <summary>The figures as they were read with the page.</summary>
    [Parameter] public ShadowComparison? Comparison { get; set; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (Comparison is not null && Comparison.Transfers >= _shown.Transfers)
        {
            _shown = Comparison;
        }

        if (Running && !_isPolling && RendererInfo.IsInteractive)
        {
            _isPolling = true;
            _ = PollAsync(_gone.Token);
        }
    }

    // Two small reads every two seconds while the page is open.
    private async Task PollAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, Time, ct);
                await InvokeAsync(() => ReadAsync(ct));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SessionOverException)
        {
            // The page was left, or the session is over.
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        if (!Running)
        {
            return;
        }

        try
        {
            var read = await Rules.CompareShadowAsync(await Actors.GetAsync(ct), Number, ct);
            _isStale = !read.IsSuccess;
            _shown = read.IsSuccess ? read.Value : _shown;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or SessionOverException))
        {
            // The stack once: a card that stays out of date says so itself.
            ReadFailed(Logger, _isStale ? LogLevel.Debug : LogLevel.Warning, Number, exception);
            _isStale = true;
        }

        StateHasChanged();
    }

    private string Share(IEnumerable<OutcomeCount> counts) =>
        ((decimal)counts.Sum(count => count.Count) / Math.Max(1, _shown.Transfers)).ToString("P2", CultureInfo.CurrentCulture);

    [LoggerMessage(Message = "The comparison of version {Version} could not be read")]
    private static partial void ReadFailed(ILogger logger, LogLevel level, int version, Exception exception);
}
