using BankPortal.Core.Fraud.Live;

namespace BankPortal.Web.Features.Fraud.Live;

/// <summary>
/// Shows the transactions of the bank as they are committed. One monitor makes the frames for everybody. The page only notes
/// that there is a new frame and takes the latest one when it has time, so a slow reader skips frames and loses nothing:
/// events are numbered, and a gap is read again. The filters are in the address alone.
/// </summary>
public sealed partial class LivePage
{
    private const int MaxRows = 40;

    // The list may change several times a second; figures that did would be hard to read.
    private static readonly TimeSpan ListPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FigurePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrawPause = TimeSpan.FromSeconds(1.5);

    private readonly LiveList _list = new(MaxRows);
    private readonly LiveAnnouncer _announcer = new();
    private LiveQuery _query = new();
    private ImmutableDictionary<string, string> _errors = ImmutableDictionary<string, string>.Empty;
    private LiveWatch? _watch;
    private LiveRefresh? _refresh;
    private LiveCharts? _charts;
    private LiveFilters? _filters;
    private Task _drawing = Task.CompletedTask;
    private DateTimeOffset _drawAgainAt;
    private LiveFrame? _figures;
    private string? _applied;
    private bool _refused;
    private int _applying;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required LiveMonitor Monitor { get; init; }

    [Inject] public required UserTimeZone UserTimeZone { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [SupplyParameterFromQuery(Name = LiveQuery.OutcomeName)] public string[]? Outcomes { get; set; }

    [SupplyParameterFromQuery(Name = LiveQuery.MinName)] public string? Min { get; set; }

    [SupplyParameterFromQuery(Name = LiveQuery.RuleName)] public string? Rule { get; set; }

    [SupplyParameterFromQuery(Name = LiveQuery.AccountName)] public string? Account { get; set; }

    // Readings are the monitor's; the plan lets the page know when the database answers again.
    protected override LivePlan Live { get; } = new(FigurePause);

    private string NewText => $"{LiveText.Number(_list.NewCount)}{(_list.IsNewCountPartial ? "+" : "")} new";

    protected override async Task OnParametersSetAsync()
    {
        _query = LiveQuery.Of(Outcomes, Min, Rule, Account);
        await base.OnParametersSetAsync();
        if (State == LoadState.Ready && !_refused)
        {
            await ApplyAsync(await Actors.GetAsync(Gone), Gone);
        }
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        if (_watch is null)
        {
            _refresh ??= new LiveRefresh(ListPause, () => InvokeAsync(FollowAsync), Time);
            var watch = Monitor.Watch(actor, _ => _refresh.Signal());
            if (!watch.IsSuccess)
            {
                _refused = true;
                return;
            }

            _watch = watch.Value;
        }

        _figures = await _watch.FirstAsync(ct);
        _announcer.Start(Time.GetUtcNow());
        _applied = null;
        await ApplyAsync(actor, ct);
    }

    protected override void OnDataAnswers()
    {
        Monitor.ReadAgain(Data.AnswersSince);
        if (State == LoadState.Failed)
        {
            base.OnDataAnswers();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watch?.Dispose();
            _refresh?.Dispose();
        }

        base.Dispose(disposing);
    }

    private string Clock(DateTimeOffset at) => UserTimeZone.ToLocal(at).ToString("T", CultureInfo.CurrentCulture);

    private string Since(LiveFrame frame) => frame.At - frame.CoveredSince > TimeSpan.FromMinutes(59)
        ? "in the last hour"
        : $"since {UserTimeZone.ToLocal(frame.CoveredSince).ToString("t", CultureInfo.CurrentCulture)}";

    // Turns the address into the filter, and starts the list with it.
    private async Task ApplyAsync(Actor actor, CancellationToken ct)
    {
        var address = _query.AddressOf("");
        if (_applied == address || _watch is null)
        {
            return;
        }

        _applied = address;
        var mine = ++_applying;
        var filter = _query.Read(out var errors);
        if (_query.Account is { } account && !errors.ContainsKey("account"))
        {
            var found = await Monitor.FindAccountAsync(actor, account, ct);
            errors = found.IsSuccess ? errors : errors.SetItem("account", NotFound(account));
            filter = filter with { AccountId = found.IsSuccess ? found.Value : null };
        }

        if (mine != _applying)
        {
            return;
        }

        _errors = errors;
        if (_list.Start(filter, _watch.Current ?? _figures!))
        {
            await ReadBackAsync(actor, ct);
        }
    }

    // Ids are accepted too, so only what can be nothing but a number is called a wrong one.
    private static string NotFound(string account) =>
        account.Count(char.IsAsciiDigit) == AccountNumber.Length
        && !account.Any(char.IsLetter)
        && AccountNumber.ErrorIn(account) is { } wrong
            ? wrong
            : "There is no such account.";

    private async Task ReadBackAsync(Actor actor, CancellationToken ct)
    {
        var (mine, filter) = (_applying, _list.Filter);
        try
        {
            var found = await Monitor.FindAsync(actor, filter, MaxRows, ct);
            if (found.IsSuccess && mine == _applying)
            {
                _list.Merge(found.Value);
            }
        }
        catch (LedgerUnavailableException exception)
        {
            // New transactions are shown all the same, and the note on the page says that something is missing.
            ReadBackFailed(Logger, exception);
        }
    }

    // Not the refresh of all pages: that one renders each time, this one only when something changed.
    private async Task FollowAsync()
    {
        try
        {
            await TakeLatestAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or SessionOverException)
        {
            // The page was left, or the tab is being sent to the sign-in page.
        }
#pragma warning disable CA1031 // A live page must outlive any fault of one reading.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            FollowFailed(Logger, exception);
        }
    }

    private async Task TakeLatestAsync()
    {
        if (Gone.IsCancellationRequested || State != LoadState.Ready || _watch?.Current is not { } frame || _figures is not { } before)
        {
            return;
        }

        var update = _list.Take(frame);
        _announcer.Add(update);
        if (update.HasGap && _errors.IsEmpty)
        {
            await ReadBackAsync(await Actors.GetAsync(Gone), Gone);
        }

        var showFigures = frame.At - before.At >= FigurePause || frame.State != before.State;
        if (showFigures)
        {
            _figures = frame;
            _announcer.Announce(frame);

            if (_drawing.IsCompleted && frame.At >= _drawAgainAt)
            {
                _drawing = DrawAsync(frame);
            }
        }

        if (showFigures || update.Matching > 0)
        {
            StateHasChanged();
        }
    }

    // Drawing is by far the most a browser has to do here. One that is slow at it draws less often, and has time for the list.
    private async Task DrawAsync(LiveFrame frame)
    {
        if (_charts is null)
        {
            return;
        }

        var begun = Time.GetTimestamp();
        await _charts.UpdateAsync(frame);
        var took = Time.GetElapsedTime(begun);
        _drawAgainAt = Time.GetUtcNow() + (took * 5 > DrawPause ? took * 5 : DrawPause);
    }

    private async Task TogglePauseAsync()
    {
        if (!_list.IsPaused)
        {
            _list.Pause();
        }
        else if ((_watch?.Current ?? _figures) is { } frame && _list.Resume(frame))
        {
            await ReadBackAsync(await Actors.GetAsync(Gone), Gone);
        }
    }

    private void Go(LiveQuery query) => Navigation.NavigateTo(query.AddressOf(BankRoutes.FraudLive), replace: true);

    private Task ClearFiltersAsync() => _filters!.ClearAsync();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live monitor's page could not show a frame")]
    private static partial void FollowFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Earlier transactions could not be read for a live view")]
    private static partial void ReadBackFailed(ILogger logger, Exception exception);
}
