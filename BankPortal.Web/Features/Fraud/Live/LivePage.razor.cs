using BankPortal.Core.Fraud.Live;

namespace BankPortal.Web.Features.Fraud.Live;

/// <summary>
/// What happens in the bank, as it happens. The frames come from one monitor for all; this page only notes that there is a
/// new one and takes the latest when it has time, so a slow reader skips frames and loses nothing: events are numbered, and a
/// gap is read again. The filters are in the address alone.
/// </summary>
public sealed partial class LivePage
{
    private const int MostRows = 40;

    // The list may change several times a second; figures that did would be hard to read.
    private static readonly TimeSpan ListPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FigurePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DrawPause = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan AnnouncePause = TimeSpan.FromSeconds(20);

    private LiveQuery _query = new();
    private LiveFilter _filter = new();
    private ImmutableDictionary<string, string> _mistakes = ImmutableDictionary<string, string>.Empty;
    private ImmutableArray<Transfer> _rows = [];
    private LiveWatch? _watch;
    private LiveRefresh? _refresh;
    private LiveCharts? _charts;
    private Task _drawing = Task.CompletedTask;
    private DateTimeOffset _drawAgainAt;
    private LiveFrame? _figures;
    private string? _applied;
    private long _lastNumber;
    private long _pausedAt;
    private int _new;
    private bool _newAtLeast;
    private bool _isPaused;
    private bool _refused;
    private int _applying;
    private string _min = "";
    private string? _minError;
    private string _announcement = "";
    private DateTimeOffset _announcedAt;
    private (int Events, int Flagged) _toAnnounce;

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required LiveMonitor Monitor { get; init; }

    [Inject]
    public required RulesInForce Rules { get; init; }

    [Inject]
    public required UserTimeZone UserTimeZone { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [SupplyParameterFromQuery(Name = LiveQuery.OutcomeName)]
    public string[]? Outcomes { get; set; }

    [SupplyParameterFromQuery(Name = LiveQuery.MinName)]
    public string? Min { get; set; }

    [SupplyParameterFromQuery(Name = LiveQuery.RuleName)]
    public string? Rule { get; set; }

    [SupplyParameterFromQuery(Name = LiveQuery.AccountName)]
    public string? Account { get; set; }

    // Rules that fired may be of an older version; one in the address is offered, too.
    private IEnumerable<string> RuleChoices => Rules.Live.Set.Rules.Select(rule => rule.Id)
        .Append(FraudScreening.NotAssessable)
        .Concat(_query.Rule is { } chosen ? [chosen] : [])
        .Distinct(StringComparer.Ordinal);

    private string NewWords => $"{Number(_new)}{(_newAtLeast ? "+" : "")} new";

    protected override async Task OnParametersSetAsync()
    {
        _query = LiveQuery.Of(Outcomes, Min, Rule, Account);
        if (_minError is null)
        {
            _min = _query.Min is { } text && QueryText.ParseAmount(text) is { } amount ? amount.ToString(CultureInfo.CurrentCulture) : _query.Min ?? "";
        }

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
            _refresh ??= new LiveRefresh(ListPause, () => InvokeAsync(RefreshAsync), Time);
            var watch = Monitor.Watch(actor, _ => _refresh.Signal());
            if (!watch.IsSuccess)
            {
                _refused = true;
                return;
            }

            _watch = watch.Value;
        }

        _figures = await _watch.FirstAsync(ct);
        _announcedAt = Time.GetUtcNow();
        _applied = null;
        await ApplyAsync(actor, ct);
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

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string QueueCount(LiveFrame frame) => frame.Queue is { } queue ? Number(queue.Count) + (queue.IsMore ? "+" : "") : "–";

    private string Clock(DateTimeOffset at) => UserTimeZone.ToLocal(at).ToString("T", CultureInfo.CurrentCulture);

    private string Since(LiveFrame frame) =>
        frame.At - frame.CoveredSince > TimeSpan.FromMinutes(59) ? "in the last hour" : $"since {UserTimeZone.ToLocal(frame.CoveredSince).ToString("t", CultureInfo.CurrentCulture)}";

    private static string AgeWords(LiveFrame frame) => frame.State switch
    {
        LiveState.Live => $"Live, {LiveText.Freshness(frame.At - frame.AsOf)} old",
        LiveState.Behind => $"Catching up, {LiveText.Freshness(frame.At - frame.AsOf)} old",
        _ => "Catching up",
    };

    private string? Mistake(string field) => _mistakes.GetValueOrDefault(field);

    // What the address asks for becomes the filter and the list.
    private async Task ApplyAsync(Actor actor, CancellationToken ct)
    {
        var address = _query.AddressOf("");
        if (_applied == address || _watch is null)
        {
            return;
        }

        _applied = address;
        var mine = ++_applying;
        var filter = _query.Read(out var mistakes);
        if (_query.Account is { } account && !mistakes.ContainsKey("account"))
        {
            var found = await Monitor.FindAccountAsync(actor, account, ct);
            mistakes = found.IsSuccess ? mistakes : mistakes.SetItem("account", "There is no such account.");
            filter = filter with { AccountId = found.IsSuccess ? found.Value : null };
        }

        if (mine != _applying)
        {
            return;
        }

        (_filter, _mistakes) = (filter, mistakes);
        (_rows, _new, _newAtLeast) = ([], 0, false);
        var frame = _watch.Current ?? _figures!;
        (_lastNumber, _pausedAt) = (frame.LastNumber, frame.LastNumber);
        Merge(frame.Events.Select(e => e.Transfer));

        // Beyond the newest of all, there may be older ones that match.
        if (_rows.Length < MostRows && !filter.IsEmpty && frame.CompleteFrom > 1)
        {
            await ReadBackAsync(actor, ct);
        }
    }

    private async Task ReadBackAsync(Actor actor, CancellationToken ct)
    {
        var (mine, filter) = (_applying, _filter);
        try
        {
            var found = await Monitor.FindAsync(actor, filter, MostRows, ct);
            if (found.IsSuccess && mine == _applying)
            {
                Merge(found.Value);
            }
        }
        catch (LedgerUnavailableException exception)
        {
            // What happens from now on is shown all the same, and the note above says that something is missing.
            ReadBackFailed(LoggerFactory.CreateLogger<LivePage>(), exception);
        }
    }

    private void Merge(IEnumerable<Transfer> transfers)
    {
        var added = transfers.Where(_filter.Matches).ToDictionary(transfer => transfer.Id, StringComparer.Ordinal);
        if (added.Count == 0)
        {
            return;
        }

        foreach (var row in _rows)
        {
            // Of two states of one transfer, the later holds.
            if (!added.TryGetValue(row.Id, out var other) || row.ChangedAt > other.ChangedAt)
            {
                added[row.Id] = row;
            }
        }

        // Of those of one instant, what came last stays first: the order is stable, and the new ones stand in front.
        _rows = [.. added.Values.OrderByDescending(transfer => transfer.ChangedAt).Take(MostRows)];
    }

    private async Task RefreshAsync()
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
            RefreshFailed(LoggerFactory.CreateLogger<LivePage>(), exception);
        }
    }

    private async Task TakeLatestAsync()
    {
        if (Gone.IsCancellationRequested || State != LoadState.Ready || _watch?.Current is not { } frame || _figures is not { } before)
        {
            return;
        }

        var fresh = frame.Events.Where(e => e.Number > _lastNumber && _filter.Matches(e.Transfer)).Select(e => e.Transfer).ToList();
        var lost = frame.CompleteFrom - 1 - _lastNumber;
        var isGap = lost > 0 && _lastNumber > 0;
        _toAnnounce = (_toAnnounce.Events + (int)(frame.LastNumber - _lastNumber), _toAnnounce.Flagged + fresh.Count(t => t.Risk is { IsFlagged: true }));
        _lastNumber = frame.LastNumber;
        if (_isPaused)
        {
            // How many of those that fell out match is not known, only how many there were.
            _new += fresh.Count + (isGap && _filter.IsEmpty ? (int)lost : 0);
            _newAtLeast |= isGap && !_filter.IsEmpty;
        }
        else if (_mistakes.IsEmpty)
        {
            Merge(fresh);
            if (isGap && !_filter.IsEmpty)
            {
                await ReadBackAsync(await Actors.GetAsync(Gone), Gone);
            }
        }

        var showFigures = frame.At - before.At >= FigurePause || frame.State != before.State;
        if (showFigures)
        {
            _figures = frame;
            Announce(frame);

            if (_drawing.IsCompleted && frame.At >= _drawAgainAt)
            {
                _drawing = DrawAsync(frame);
            }
        }

        if (showFigures || fresh.Count > 0)
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

    // A summary now and then, for those who listen; not each row.
    private void Announce(LiveFrame frame)
    {
        if (frame.At - _announcedAt < AnnouncePause || _toAnnounce.Events == 0)
        {
            return;
        }

        var (events, flagged) = _toAnnounce;
        _announcement = $"{Number(events)} new {(events == 1 ? "transaction" : "transactions")}, {(flagged == 0 ? "none" : Number(flagged))} flagged. {QueueCount(frame)} waiting for a decision.";
        (_announcedAt, _toAnnounce) = (frame.At, (0, 0));
    }

    private async Task TogglePauseAsync()
    {
        _isPaused = !_isPaused;
        if (_watch?.Current is not { } frame)
        {
            return;
        }

        if (_isPaused)
        {
            (_pausedAt, _new, _newAtLeast) = (_lastNumber, 0, false);
            return;
        }

        // All that came meanwhile; if there was more than the monitor keeps, it is read again.
        Merge(frame.Events.Select(e => e.Transfer));
        if (frame.CompleteFrom > _pausedAt + 1 && !_filter.IsEmpty)
        {
            await ReadBackAsync(await Actors.GetAsync(Gone), Gone);
        }
    }

    private void Go(LiveQuery query) => Navigation.NavigateTo(query.AddressOf(BankRoutes.FraudLive), replace: true);

    private void Toggle(RiskOutcome outcome)
    {
        var name = LiveQuery.NameOf(outcome);
        Go(_query with { Outcomes = _filter.Outcomes.Contains(outcome) ? _query.Outcomes.RemoveAll(o => string.Equals(o, name, StringComparison.OrdinalIgnoreCase)) : _query.Outcomes.Add(name) });
    }

    private void ChangeMin(ChangeEventArgs e)
    {
        _min = (e.Value as string ?? "").Trim();
        _minError = null;
        if (_min.Length == 0)
        {
            Go(_query with { Min = null });
            return;
        }

        var parsed = MoneyText.Parse(_min, _figures?.Figures.VolumePerMinute.Currency ?? default);
        _minError = parsed.Error?.Message;
        if (parsed.IsSuccess)
        {
            Go(_query with { Min = QueryText.Format(parsed.Value.Amount) });
        }
    }

    private void ChangeRule(ChangeEventArgs e) => Go(_query with { Rule = QueryText.OrNull(e.Value as string) });

    private void ChangeAccount(ChangeEventArgs e) => Go(_query with { Account = QueryText.OrNull((e.Value as string)?.Trim()) });

    private void Clear()
    {
        _minError = null;
        Go(new LiveQuery());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The live monitor's page could not show a frame")]
    private static partial void RefreshFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Earlier transactions could not be read for a live view")]
    private static partial void ReadBackFailed(ILogger logger, Exception exception);
}
