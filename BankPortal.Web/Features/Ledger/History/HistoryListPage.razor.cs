using BankPortal.Web.Components.Transactions;
using Microsoft.AspNetCore.Components.Web;

namespace BankPortal.Web.Features.Ledger.History;

/// <summary>
/// The customer's history. Filters, order and place are in the address alone: whatever is chosen changes the address, and
/// the address decides what is read.
/// </summary>
public sealed partial class HistoryListPage
{
    private const int PageSize = 25;

    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(350);

    private HistoryQuery _query = new();
    private HistoryFilter _filter = HistoryFilter.All;
    private ImmutableDictionary<string, string> _errors = ImmutableDictionary<string, string>.Empty;
    private ImmutableArray<Account> _accounts = [];
    private ImmutableArray<KeyValuePair<string, string>> _categories = [];
    private Account? _account;
    private HistoryPage? _page;
    private Error? _refusal;
    private (HistoryQuery Query, string? Cursor)? _read;
    private HistoryTotals? _totals;
    private string? _totalled;
    private Error? _totalProblem;
    private CancellationTokenSource? _typing;
    private ElementReference _heading;
    private string _text = "";
    private string? _sentText;
    private string _min = "";
    private string _max = "";
    private string? _minError;
    private string? _maxError;
    private string _announcement = "";
    private bool _open;
    private bool _counting;
    private bool _choicesAsked;
    private bool _searching;
    private bool _paging;
    private bool _focusResults;

    [Inject] public required HistoryService History { get; init; }

    [Inject] public required LedgerRules Rules { get; init; }

    [SupplyParameterFromQuery(Name = HistoryQuery.TextName)] public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.AccountName)] public string? AccountId { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.KindName)] public string[]? Kinds { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.DirectionName)] public string? Direction { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.MinName)] public string? Min { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.MaxName)] public string? Max { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.FromName)] public string? From { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.ToName)] public string? To { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.CategoryName)] public string? Category { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.WithName)] public string? With { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.DaysName)] public string? Days { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.ZoneName)] public string? Zone { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.SortName)] public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = HistoryQuery.CursorName)] public string? Cursor { get; set; }

    private Currency Currency => (_account ?? _accounts.FirstOrDefault())?.Currency ?? default;

    private DateOnly Today => DateOnly.FromDateTime(UserTimeZone.ToLocal(Time.GetUtcNow()).DateTime);

    protected override void OnInitialized() => UserTimeZone.Changed += OnZoneChanged;

    protected override async Task OnParametersSetAsync()
    {
        _query = new HistoryQuery
        {
            Text = QueryText.OrNull(Text),
            Account = QueryText.OrNull(AccountId),
            Kinds = HistoryQuery.KindsOf(Kinds),
            Direction = QueryText.OrNull(Direction),
            Min = QueryText.OrNull(Min),
            Max = QueryText.OrNull(Max),
            From = QueryText.OrNull(From),
            To = QueryText.OrNull(To),
            Category = QueryText.OrNull(Category),
            With = QueryText.OrNull(With),
            Days = QueryText.OrNull(Days),
            Zone = QueryText.OrNull(Zone),
            Sort = QueryText.OrNull(Sort),
        };
        _filter = _query.Read(UserTimeZone, Rules, out _errors);

        // The address follows what is typed; only somebody else's change of it may change the field.
        if (_query.Text != QueryText.OrNull(_sentText))
        {
            _text = _query.Text ?? "";
            _sentText = _text;
        }

        if (_read is null)
        {
            _open = _errors.Keys.Any(field => field != "text");
        }

        ShowAmounts();
        var first = _read is null;
        await base.OnParametersSetAsync();
        if (!first && RendererInfo.IsInteractive && !_read.Equals((_query, Cursor)))
        {
            await SearchAsync();
        }
    }

    protected override async Task<HistoryListContent> ReadAsync(Actor actor, CancellationToken ct)
    {
        var (query, filter, cursor) = (_query, _filter, Cursor);
        _read = (query, cursor);
        return new HistoryListContent(
            query, cursor, await History.OpenAsync(actor, _errors.Count == 0 ? filter : null, cursor, PageSize, ct));
    }

    protected override void Show(HistoryListContent content)
    {
        if (_read is null)
        {
            // Taken over: the first response read this address.
            (_query, _read) = (content.Query, (content.Query, content.Cursor));
        }

        if (!_read.Equals((content.Query, content.Cursor)))
        {
            return;
        }

        _accounts = content.View.Accounts;
        _account = _accounts.FirstOrDefault(account => account.Id == _query.Account);
        _page = content.View.Page is { IsSuccess: true } page ? page.Value : null;
        _refusal = content.View.Page?.Error;
        _categories = _page is { Categories.Length: > 0 } ? _page.Categories : _categories;
        if (_page?.Totals is { } totals)
        {
            (_totals, _totalled, _totalProblem) = (totals, Totalled, null);
        }

        _announcement = _page switch
        {
            null => "",
            { Lines: [] } => "Nothing found.",
            { Lines.Length: 1 } => "One transaction shown.",
            var some => $"{some.Lines.Length.ToString(CultureInfo.CurrentCulture)} transactions shown.",
        };
        ShowAmounts();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // What the filter adds up to and the categories to choose from are secondary: they are read when the list is on screen.
        if (_page is not null && _query.IsNarrowed && !_counting && !_searching && Totalled != _totalled)
        {
            _ = CountAsync(goOn: false);
        }

        if (_open && _categories.IsEmpty && !_choicesAsked)
        {
            _choicesAsked = true;
            _ = ReadChoicesAsync();
        }

        if (!_focusResults)
        {
            return;
        }

        _focusResults = false;
        await TryFocusAsync(() => _heading.FocusAsync());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            UserTimeZone.Changed -= OnZoneChanged;
            _typing?.Cancel();
            _typing?.Dispose();
        }

        base.Dispose(disposing);
    }

    // What counts, which does not depend on the order.
    private string Totalled => (_query with { Sort = null }).AddressOf(BankRoutes.History);

    private bool ShowsTotals => _query.IsNarrowed && _page is not null && (_page.Lines.Length > 0 || _page.Next is not null);

    private static string Pressed(bool pressed) => pressed ? "true" : "false";

    private async Task SearchAsync()
    {
        _searching = true;
        await ReloadAsync(quietly: true);
        _searching = false;
        _focusResults = _paging;
        _paging = false;
    }

    private async Task CountAsync(bool goOn)
    {
        var (counted, filter) = (Totalled, _filter);
        _counting = true;
        _totalled = counted;
        (_totals, _totalProblem) = (goOn ? _totals : null, null);
        StateHasChanged();
        var problem = await RunAsync(
            async () => await History.TotalAsync(await Actors.GetAsync(Gone), filter, _totals, Gone),
            totals =>
            {
                _totals = counted == Totalled ? totals : _totals;
                return Task.CompletedTask;
            });
        _counting = false;
        _totalProblem = counted == Totalled ? problem : null;
        if (!Gone.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    private Task CountOnAsync() => CountAsync(goOn: true);

    private Task CountAgainAsync() => CountAsync(goOn: false);

    private async Task ReadChoicesAsync()
    {
        await RunAsync(async () => _categories = await History.CategoriesAsync(await Actors.GetAsync(Gone), Gone));
        if (!Gone.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    // The days of the filter begin at other instants now.
    private void OnZoneChanged(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        _filter = _query.Read(UserTimeZone, Rules, out _errors);
        if (_read is not null && (_query.From ?? _query.To ?? _query.Days) is not null)
        {
            _totalled = null;
            await SearchAsync();
        }
    });

    private string? ErrorIn(string field) => _errors.GetValueOrDefault(field);

    private string Day(DateTimeOffset at) => TimeText.Date(UserTimeZone.ToLocal(at), CultureInfo.CurrentCulture);

    private string Address(string? cursor) => _query.AddressOf(BankRoutes.History, cursor);

    // Typing and choosing are steps of one search: the back button leads to the page before it.
    private void Go(HistoryQuery query)
    {
        _typing?.Cancel();
        Navigation.NavigateTo(query.AddressOf(BankRoutes.History), replace: true);
    }

    private void Paging() => _paging = true;

    private void TogglePanel() => _open = !_open;

    private void ChangeWith(ChangeEventArgs e) => Go(_query with { With = QueryText.OrNull(e.Value as string) });

    private void ChooseDays(bool? weekends) => Go(_query with { Days = HistoryQuery.NameOfDays(weekends) });

    private void Clear()
    {
        _text = "";
        _sentText = "";
        _minError = _maxError = null;
        Go(new HistoryQuery { Sort = _query.OldestFirst ? _query.Sort : null });
    }

    private void ToggleSort() => Go(_query with { Sort = HistoryQuery.NameOfOrder(!_query.OldestFirst) });

    private void ChooseAccount(ChangeEventArgs e) => Go(_query with { Account = QueryText.OrNull(e.Value as string) });

    private void ChooseCategory(ChangeEventArgs e) => Go(_query with { Category = QueryText.OrNull(e.Value as string) });

    private void ChooseDirection(EntryDirection? direction) => Go(_query with { Direction = HistoryQuery.NameOfDirection(direction) });

    private void ToggleKind(TransferKind kind)
    {
        var kinds = _filter.Kinds.Contains(kind) ? _filter.Kinds.Remove(kind) : _filter.Kinds.Add(kind);
        Go(_query with { Kinds = [.. kinds.Select(k => k.ToString().ToLowerInvariant())] });
    }

    private void ChangeMin(ChangeEventArgs e)
    {
        _min = (e.Value as string ?? "").Trim();
        if (TryAmount(_min, out var name, out _minError))
        {
            Go(_query with { Min = name });
        }
    }

    private void ChangeMax(ChangeEventArgs e)
    {
        _max = (e.Value as string ?? "").Trim();
        if (TryAmount(_max, out var name, out _maxError))
        {
            Go(_query with { Max = name });
        }
    }

    private bool TryAmount(string text, out string? name, out string? error)
    {
        name = error = null;
        if (text.Length == 0)
        {
            return true;
        }

        var parsed = MoneyText.Parse(text, Currency);
        name = parsed.IsSuccess ? QueryText.Format(parsed.Value.Amount) : null;
        error = parsed.Error?.Message;
        return parsed.IsSuccess;
    }

    private void ShowAmounts()
    {
        _min = _minError is null ? Show(_query.Min) : _min;
        _max = _maxError is null ? Show(_query.Max) : _max;

        string Show(string? text) => QueryText.ParseAmount(text) is not { } amount ? text ?? ""
            : Money.TryOf(amount, Currency, out var money) ? MoneyText.Display(money)
            : amount.ToString(CultureInfo.CurrentCulture);
    }

    private async Task TypeTextAsync(string? text)
    {
        _text = text ?? "";
        _typing?.Cancel();
        _typing?.Dispose();
        var typing = _typing = new CancellationTokenSource();
        try
        {
            await Task.Delay(TypingPause, Time, typing.Token);
            SearchNow();
        }
        catch (OperationCanceledException)
        {
            // More was typed, or the page was left.
        }
    }

    private void SearchNow()
    {
        _sentText = _text;
        if (QueryText.OrNull(_text) != _query.Text)
        {
            Go(_query with { Text = QueryText.OrNull(_text) });
        }
    }

    private IEnumerable<(string Name, string From, string? To)> Periods()
    {
        var month = new DateOnly(Today.Year, Today.Month, 1);
        yield return ("This month", QueryText.Format(month), null);
        yield return ("Last month", QueryText.Format(month.AddMonths(-1)), QueryText.Format(month.AddDays(-1)));
        yield return ("Last 90 days", QueryText.Format(Today.AddDays(-89)), null);
        yield return ("This year", QueryText.Format(new DateOnly(Today.Year, 1, 1)), null);
    }

    private IEnumerable<(string Label, HistoryQuery Without)> Active()
    {
        if (_query.Text is { } text)
        {
            yield return ($"“{text}”", _query with { Text = null });
        }

        if (_query.Account is not null)
        {
            yield return (_account?.Label ?? "An account", _query with { Account = null });
        }

        if (_query.Category is { } category)
        {
            var name = _categories.FirstOrDefault(c => c.Key == category).Value;
            yield return (name ?? "A category", _query with { Category = null });
        }

        if (_query.With is { } with)
        {
            yield return (HistoryFilter.IsWhole(with, out var name) ? $"Name is “{name}”" : $"Name has “{name}”", _query with { With = null });
        }

        if (_query.Days is not null)
        {
            yield return (_filter.OnWeekends == true ? "Weekends" : "Weekdays", _query with { Days = null });
        }

        if (_query.Direction is not null)
        {
            yield return (_filter.Direction == EntryDirection.Out ? "Money out" : "Money in", _query with { Direction = null });
        }

        foreach (var kind in _filter.Kinds)
        {
            yield return (
                EntryText.Name(kind),
                _query with
                {
                    Kinds = [.. _filter.Kinds.Remove(kind).Select(k => k.ToString().ToLowerInvariant())],
                }
            );
        }

        if (_query.From is not null || _query.To is not null)
        {
            var label = (QueryText.ParseDay(_query.From), QueryText.ParseDay(_query.To)) switch
            {
                ({ } from, { } to) when from == to => Date(from),
                ({ } from, { } to) => $"{Date(from)} to {Date(to)}",
                ({ } from, null) => $"Since {Date(from)}",
                (null, { } to) => $"Until {Date(to)}",
                _ => "Dates",
            };
            var ofBank = _filter.Zone.HasSameRules(UserTimeZone.Zone) ? "" : " (the bank’s days)";
            yield return (label + ofBank, _query with { From = null, To = null });
        }

        if (_query.Min is not null || _query.Max is not null)
        {
            var label = (_query.Min, _query.Max) switch
            {
                (not null, not null) => $"{_min} to {_max}",
                (not null, null) => $"{_min} or more",
                _ => $"{_max} or less",
            };
            yield return (label, _query with { Min = null, Max = null });
        }

        static string Date(DateOnly day) => TimeText.Date(day, CultureInfo.CurrentCulture);
    }

    private RenderFragment PagerLink(string? cursor, string text, bool isNext) => builder =>
    {
        if (cursor is null)
        {
            builder.OpenElement(0, "span");
            builder.AddAttribute(1, "class", "btn btn-quiet btn-small");
            builder.AddAttribute(2, "aria-disabled", "true");
            builder.AddContent(3, text);
            builder.CloseElement();
            return;
        }

        builder.OpenElement(4, "a");
        builder.AddAttribute(5, "class", "btn btn-quiet btn-small");
        builder.AddAttribute(6, "href", Address(cursor));
        builder.AddAttribute(7, "rel", isNext ? "next" : "prev");
        builder.AddAttribute(8, "onclick", EventCallback.Factory.Create<MouseEventArgs>(this, Paging));
        builder.AddContent(9, text);
        builder.CloseElement();
    };
}
