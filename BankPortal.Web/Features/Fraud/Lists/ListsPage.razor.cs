using BankPortal.Core.Fraud.Lists;
using BankPortal.Web.Components.Grid;
using BankPortal.Web.Components.Transactions;
using BankPortal.Web.Features.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Lists;

/// <summary>Shows the risk lists: who is on them, why and until when. Staff add, extend and remove entries here.</summary>
public sealed partial class ListsPage
{
    private static readonly Dictionary<string, Func<ListLine, IComparable?>> SortKeys = new(StringComparer.Ordinal)
    {
        ["name"] = Name,
        ["list"] = line => DeskText.List(line.Entry.List),
        ["until"] = line => line.Entry.Until,
        ["changed"] = line => line.Entry.ChangedAt,
    };

    private IReadOnlyList<ListLine> _lines = [];
    private IReadOnlyList<ListLine> _shown = [];
    private GridPage<ListLine> _page = new([]);
    private GridSort? _sort;
    private bool _refused;
    private string _list = "";
    private string _text = "";
    private bool _ended;
    private readonly OpenDialog<Question> _dialog = new();
    private ListLine? _asked;
    private string _number = "";
    private string? _numberError;
    private ListedKind _kind;
    private string _addList = RiskLists.Watched;
    private string? _listError;
    private string? _addField;
    private int _days = 30;

    private enum Question
    {
        Add,
        Extend,
        Remove,
    }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required RiskListService Lists { get; init; }

    [Inject] public required StaffActions Actions { get; init; }

    [Inject] public required StaffStepUp StepUp { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>The list to show; any other text shows all lists.</summary>
    [SupplyParameterFromQuery(Name = "list")] public string? ListInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "dir")] public string? Direction { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public int? PageInAddress { get; set; }

    private DateTimeOffset Now => Time.GetUtcNow();

    protected override async Task OnParametersSetAsync()
    {
        _list = RiskLists.All.Contains(ListInAddress, StringComparer.Ordinal) ? ListInAddress! : "";
        _sort = GridSort.Of(Sort, Direction, SortKeys.Keys);
        Arrange();
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var read = await Lists.ListAsync(await Actors.GetAsync(ct), ct);
        _refused = read.Error is NotAllowedError;
        _lines = read.IsSuccess ? read.Value : [];
        Arrange();
        if (await StepUp.ResumeAsync<Question>() is { } wanted)
        {
            Resume(wanted.Action, wanted.Item);
        }
    }

    // There are at most RiskListService.PageSize entries, so they are filtered and sorted here.
    private void Arrange()
    {
        var search = new SearchText(_text);
        _shown =
        [
            .. _lines.Where(line =>
                (_list.Length == 0 || line.Entry.List == _list)
                && (_ended || line.Entry.IsInForce(Now))
                && search.Matches(line.CustomerName ?? "", line.Number?.Digits ?? "", line.Number?.Grouped ?? "", line.Entry.Reason)),
        ];
        _page = GridPage.Of(_shown, _sort, SortKeys, PageInAddress ?? 1, page => Address(_list, _sort, page));
    }

    private static string Address(string list, GridSort? sort, int page = 1)
    {
        string?[] parts = [list.Length == 0 ? null : "list=" + list, sort?.Query, page == 1 ? null : $"page={page.ToString(CultureInfo.InvariantCulture)}"];
        var query = string.Join('&', parts.Where(part => part is not null));
        return BankRoutes.FraudLists + (query.Length == 0 ? "" : "?" + query);
    }

    private static string Name(ListLine line) =>
        (line.CustomerName ?? PersonText.UnknownCustomer) + (line.Number is { } number ? " " + number.Masked : "");

    private void FilterList(string? list)
    {
        _list = list ?? "";
        Navigation.NavigateTo(Address(_list, _sort), replace: true);
    }

    private void FilterText(string? text)
    {
        _text = text ?? "";
        Arrange();
    }

    private void FilterEnded(bool ended)
    {
        _ended = ended;
        Arrange();
    }

    private void ClearFilter()
    {
        _text = "";
        FilterList("");
    }

    private static string ItemOf(ListLine line) => $"{line.Entry.SubjectId}.{line.Entry.List}";

    private static string? ConflictId(ListLine line) => line.Conflict is null ? null : "conflict-" + ItemOf(line);

    // Goes on with what was chosen before the code was asked for.
    private void Resume(Question wanted, string? item)
    {
        if (wanted == Question.Add)
        {
            StartAdding();
        }
        else if (_lines.FirstOrDefault(line => ItemOf(line) == item) is { Conflict: null } asked)
        {
            Ask(asked, wanted);
        }
    }

    private async Task StartAddingAsync()
    {
        if (await StepUp.IsReadyAsync(Question.Add))
        {
            StartAdding();
        }
    }

    private async Task AskAsync(ListLine line, Question question)
    {
        if (await StepUp.IsReadyAsync(question, ItemOf(line)))
        {
            Ask(line, question);
        }
    }

    private void StartAdding()
    {
        _number = "";
        _numberError = _listError = _addField = null;
        _kind = ListedKind.Account;
        _addList = _list.Length == 0 ? RiskLists.Watched : _list;
        _days = 30;
        _dialog.Show(Question.Add);
    }

    private void Ask(ListLine line, Question question)
    {
        _asked = line;
        _days = 30;
        _dialog.Show(question);
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
        var refusal = await ChangeAsync("Put on the list", actor =>
            Lists.AddByNumberAsync(actor, _number, _kind, _addList, TimeSpan.FromDays(_days), reason, CancellationToken.None));
        _addField = refusal?.Field;
        _numberError = _addField == "number" ? refusal!.Message : null;
        _listError = _addField == "list" ? refusal!.Message : null;
        return refusal;
    }

    private Task<Error?> ExtendAsync(string reason) =>
        ChangeAsync("Extended", actor => Lists.ExtendAsync(actor, _asked!.Entry, TimeSpan.FromDays(_days), reason, CancellationToken.None));

    private Task<Error?> RemoveAsync(string reason) =>
        ChangeAsync("Removed", actor => Lists.RemoveAsync(actor, _asked!.Entry, reason, CancellationToken.None));

    private async Task<Error?> ChangeAsync(string done, Func<Actor, Task<Result<ListEntry>>> change)
    {
        ListEntry? changed = null;
        var refusal = await Actions.RunAsync(change, entry =>
        {
            changed = entry;
            Toasts.Done(done, DeskText.List(entry.List));
            return Task.CompletedTask;
        });
        if (changed is not null || refusal is ListChangedError)
        {
            await ReloadAsync(quietly: true);
            Merge(changed);
        }

        return refusal;
    }

    // The lists are read from an index that is updated a moment later, so the change just made is added here.
    private void Merge(ListEntry? changed)
    {
        if (changed is null || _dialog.Current is not (Question.Extend or Question.Remove) || _asked is null)
        {
            return;
        }

        var others = _lines.Where(line => line.Entry.SubjectId != changed.SubjectId || line.Entry.List != changed.List);
        _lines = _dialog.Is(Question.Remove)
            ? [.. others]
            : [_lines.FirstOrDefault(line => line.Entry == changed) ?? _asked with { Entry = changed, ByName = null }, .. others];
        Arrange();
        StateHasChanged();
    }
}
