using BankPortal.Web.Components.Grid;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>Shows the queue of cases. The filters are in the address alone.</summary>
public sealed partial class CasesPage
{
    private CaseFilter _filter = new();
    private GridPage<CaseLine> _page = new([]);
    private CaseQueue? _queue;
    private bool _opening;

    [SupplyParameterFromQuery(Name = "state")] public string? StateName { get; set; }

    [SupplyParameterFromQuery(Name = "who")] public string? Who { get; set; }

    [SupplyParameterFromQuery(Name = "kind")] public string? KindName { get; set; }

    [SupplyParameterFromQuery(Name = "overdue")] public string? Overdue { get; set; }

    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "dir")] public string? Direction { get; set; }

    protected override object? LoadKey => _filter;

    protected override bool KeepsContent => true;

    // Filters lead to the first page, and keep the order.
    private CaseFilter Filter => _filter with { After = null };

    private string Heading => _filter.State is { } state ? CaseText.Name(state) + " cases" : "Open cases";

    private string EmptyTitle => (_filter.Overdue, _filter.Owner, _filter.State) switch
    {
        (true, _, _) => "Nothing is overdue",
        (_, CaseOwner.Mine, null) => "You have no open cases",
        (_, CaseOwner.Unassigned, null) => "Every open case is assigned",
        (_, _, null) => "No open cases",
        _ => "No cases here",
    };

    private string? EmptyText => _filter.IsNarrowed ? null : "Rules open cases as transfers are assessed. You can also open one yourself.";

    protected override async Task OnParametersSetAsync()
    {
        _filter = CaseFilter.Of(StateName, Who, KindName, Overdue, Sort, Direction, After);
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var filter = _filter;
        var found = await Desk.ListAsync(await Actors.GetAsync(ct), filter.ToQuery(GridPage.Size), filter.Overdue, ct);
        if (filter != _filter)
        {
            return;
        }

        _queue = found.IsSuccess ? found.Value : null;
        _page = new GridPage<CaseLine>(_queue?.Lines ?? [])
        {
            Sort = filter.Sort,
            FirstHref = filter.After is null ? null : Address(Filter),
            NextHref = _queue?.Next is { } next ? Address(filter with { After = next }) : null,
        };
    }

    protected override bool Concerns(string? caseId) => caseId is not null;

    private static string Number(long count) =>
        count >= CaseCounts.Most
            ? $"{CaseCounts.Most.ToString("N0", CultureInfo.CurrentCulture)}+"
            : count.ToString("N0", CultureInfo.CurrentCulture);

    private static string Address(CaseFilter filter) => BankRoutes.FraudCases + filter;

    private string? RowClass(CaseLine line) => line.Case.IsOverdue(Clock.GetUtcNow()) ? "is-late" : null;

    private IEnumerable<(string Name, CaseState? State, long? Count)> Tabs()
    {
        var kinds = _filter.Kind is { } one ? [one] : _queue?.Kinds ?? [];
        yield return ("Open", null, _queue?.Counts.Open(kinds));
        foreach (var state in Enum.GetValues<CaseState>())
        {
            yield return (CaseText.Name(state), state, _queue?.Counts.Of(state, kinds));
        }
    }

    private IEnumerable<(string Name, CaseOwner Owner, int? Count)> Owners()
    {
        // The counts are of open cases.
        var counts = _filter.State == CaseState.Closed ? null : _queue?.Counts;
        yield return ("Everybody's", CaseOwner.All, null);
        yield return ("Mine", CaseOwner.Mine, _filter.State is null ? counts?.Mine : null);
        yield return ("Unassigned", CaseOwner.Unassigned, _filter.State is null ? counts?.Unassigned : null);
    }
}
