namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>Shows the queue of cases. The filters are in the address alone.</summary>
public sealed partial class CasesPage
{
    private const int PageSize = 25;

    private CaseState? _state;
    private CaseOwner _owner;
    private CaseKind? _kind;
    private bool _overdue;
    private CaseQueue? _queue;
    private bool _opening;

    [SupplyParameterFromQuery(Name = "state")] public string? StateName { get; set; }

    [SupplyParameterFromQuery(Name = "who")] public string? Who { get; set; }

    [SupplyParameterFromQuery(Name = "kind")] public string? KindName { get; set; }

    [SupplyParameterFromQuery(Name = "overdue")] public string? Overdue { get; set; }

    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    protected override object? LoadKey => (StateName, Who, KindName, Overdue, After);

    private bool IsNarrowed => _state is not null || _owner != CaseOwner.All || _kind is not null || _overdue || After is not null;

    private string Heading => _state is { } state ? CaseText.Name(state) + " cases" : "Open cases";

    private string EmptyTitle => (_overdue, _owner, _state) switch
    {
        (true, _, _) => "Nothing is overdue",
        (_, CaseOwner.Mine, null) => "You have no open cases",
        (_, CaseOwner.Unassigned, null) => "Every open case is assigned",
        (_, _, null) => "No open cases",
        _ => "No cases here",
    };

    private string? EmptyText => IsNarrowed ? null : "Rules open cases as transfers are assessed. You can also open one yourself.";

    protected override async Task OnParametersSetAsync()
    {
        // Unknown values are ignored: the address may have been typed.
        _state = Enum.TryParse<CaseState>(StateName, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;
        _owner = Enum.TryParse<CaseOwner>(Who, ignoreCase: true, out var owner) && Enum.IsDefined(owner) ? owner : CaseOwner.All;
        _kind = Enum.TryParse<CaseKind>(KindName, ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null;
        _overdue = Overdue == "yes" && _state != CaseState.Closed;
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var key = LoadKey;
        var query = new CaseQuery
        {
            State = _state,
            Owner = _owner,
            Limit = PageSize,
            After = Core.Fraud.Cases.CasePage.PlaceOf(After),
        };
        var found = await Desk.ListAsync(
            await Actors.GetAsync(ct),
            _kind is { } kind ? query with { Kinds = [kind] } : query,
            _overdue,
            ct
        );
        if (Equals(key, LoadKey))
        {
            _queue = found.IsSuccess ? found.Value : null;
        }
    }

    protected override bool Concerns(string? caseId) => caseId is not null;

    private static string Number(long count) =>
        count >= CaseCounts.Most
            ? $"{CaseCounts.Most.ToString("N0", CultureInfo.CurrentCulture)}+"
            : count.ToString("N0", CultureInfo.CurrentCulture);

    private static string Address(CaseState? state, CaseOwner owner, CaseKind? kind, bool overdue, string? after = null)
    {
        var parts = new List<string>();
        if (state is { } one)
        {
            parts.Add("state=" + one.ToString().ToLowerInvariant());
        }

        if (owner != CaseOwner.All)
        {
            parts.Add("who=" + owner.ToString().ToLowerInvariant());
        }

        if (kind is { } which)
        {
            parts.Add("kind=" + which.ToString().ToLowerInvariant());
        }

        if (overdue && state != CaseState.Closed)
        {
            parts.Add("overdue=yes");
        }

        if (after is not null)
        {
            parts.Add("after=" + Uri.EscapeDataString(after));
        }

        return parts.Count == 0 ? BankRoutes.FraudCases : BankRoutes.FraudCases + "?" + string.Join('&', parts);
    }

    private IEnumerable<(string Name, CaseState? State, long? Count)> Tabs()
    {
        var kinds = _kind is { } one ? [one] : _queue?.Kinds ?? [];
        yield return ("Open", null, _queue?.Counts.Open(kinds));
        foreach (var state in Enum.GetValues<CaseState>())
        {
            yield return (CaseText.Name(state), state, _queue?.Counts.Of(state, kinds));
        }
    }

    private IEnumerable<(string Name, CaseOwner Owner, int? Count)> Owners()
    {
        // The counts are of open cases.
        var counts = _state == CaseState.Closed ? null : _queue?.Counts;
        yield return ("Everybody's", CaseOwner.All, null);
        yield return ("Mine", CaseOwner.Mine, _state is null ? counts?.Mine : null);
        yield return ("Unassigned", CaseOwner.Unassigned, _state is null ? counts?.Unassigned : null);
    }
}
