using BankPortal.Core.Fraud.Lists;
using BankPortal.Web.Features.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Lists;

/// <summary>The risk lists: who is on them, why and until when; adding, extending and removing.</summary>
public sealed partial class ListsPage
{
    private IReadOnlyList<ListLine> _lines = [];
    private bool _refused;
    private string _list = "";
    private string _text = "";
    private bool _ended;
    private Asking _asking;
    private ListLine? _asked;
    private string _number = "";
    private string? _numberError;
    private ListedKind _kind;
    private string _addList = RiskLists.Watched;
    private string? _listError;
    private string? _addField;
    private int _days = 30;

    private enum Asking
    {
        Nothing,
        Add,
        Extend,
        Remove,
    }

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required RiskListService Lists { get; init; }

    [Inject]
    public required StaffActions Acts { get; init; }

    [Inject]
    public required Toasts Toasts { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    /// <summary>The list that is shown; all where it is none.</summary>
    [SupplyParameterFromQuery(Name = "list")]
    public string? ListInAddress { get; set; }

    private DateTimeOffset Now => Time.GetUtcNow();

    private List<ListLine> Shown
    {
        get
        {
            var search = new SearchText(_text);
            return
            [
                .. _lines.Where(line =>
                    (_list.Length == 0 || line.Entry.List == _list)
                    && (_ended || line.Entry.IsInForce(Now))
                    && search.Matches(line.CustomerName ?? "", line.Number?.Digits ?? "", line.Number?.Grouped ?? "", line.Entry.Reason)),
            ];
        }
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _list = RiskLists.All.Contains(ListInAddress, StringComparer.Ordinal) ? ListInAddress! : "";
        var read = await Lists.ListAsync(await Actors.GetAsync(ct), ct);
        _refused = read.Error is NotAllowedError;
        _lines = read.IsSuccess ? read.Value : [];
    }

    private static string Name(ListLine line) => (line.CustomerName ?? "Unknown customer") + (line.Number is { } number ? " " + number.Masked : "");

    private void FilterList(string? list)
    {
        _list = list ?? "";
        Navigation.NavigateTo(_list.Length == 0 ? BankRoutes.FraudLists : BankRoutes.FraudLists + "?list=" + _list, replace: true);
    }

    private void FilterText(string? text) => _text = text ?? "";

    private void FilterEnded(bool ended) => _ended = ended;

    private void ClearFilter()
    {
        _text = "";
        FilterList("");
    }

    private void StartAdding()
    {
        _number = "";
        _numberError = _listError = _addField = null;
        _kind = ListedKind.Account;
        _addList = _list.Length == 0 ? RiskLists.Watched : _list;
        _days = 30;
        _asking = Asking.Add;
    }

    private void Ask(ListLine line, Asking asking)
    {
        _asked = line;
        _days = 30;
        _asking = asking;
    }

    private void Closed(bool open)
    {
        if (!open)
        {
            _asking = Asking.Nothing;
        }
    }

    private void TypeNumber(string? text)
    {
        _number = text ?? "";
        _numberError = null;
    }

    private void ChooseKind(ListedKind kind)
    {
        _kind = kind;
        _listError = null;
    }

    private void ChooseList(string? list)
    {
        _addList = list ?? RiskLists.Watched;
        _listError = null;
    }

    private async Task<Error?> AddAsync(string reason)
    {
        var refusal = await DoAsync("Put on the list", actor =>
            Lists.AddByNumberAsync(actor, _number, _kind, _addList, TimeSpan.FromDays(_days), reason, CancellationToken.None));
        _addField = refusal?.Field;
        _numberError = _addField == "number" ? refusal!.Message : null;
        _listError = _addField == "list" ? refusal!.Message : null;
        return refusal;
    }

    private Task<Error?> ExtendAsync(string reason) =>
        DoAsync("Extended", actor => Lists.ExtendAsync(actor, _asked!.Entry, TimeSpan.FromDays(_days), reason, CancellationToken.None));

    private Task<Error?> RemoveAsync(string reason) =>
        DoAsync("Removed", actor => Lists.RemoveAsync(actor, _asked!.Entry, reason, CancellationToken.None));

    private async Task<Error?> DoAsync(string done, Func<Actor, Task<Result<ListEntry>>> act)
    {
        ListEntry? changed = null;
        var refusal = await Acts.DoAsync(async actor =>
        {
            var result = await act(actor);
            changed = result.IsSuccess ? result.Value : null;
            return result;
        });
        if (changed is not null)
        {
            Toasts.Done(done, DeskText.List(changed.List));
        }

        if (changed is not null || refusal is ListChangedError)
        {
            await ReloadAsync(quietly: true);
            Merge(changed);
        }

        return refusal;
    }

    // The list is read from an index that follows a moment later; what was just done here is known.
    private void Merge(ListEntry? changed)
    {
        if (changed is null || _asking is not (Asking.Extend or Asking.Remove) || _asked is null)
        {
            return;
        }

        var others = _lines.Where(line => line.Entry.SubjectId != changed.SubjectId || line.Entry.List != changed.List);
        _lines = _asking == Asking.Remove ? [.. others] : [_lines.FirstOrDefault(line => line.Entry == changed) ?? _asked with { Entry = changed, ByName = null }, .. others];
        StateHasChanged();
    }
}
