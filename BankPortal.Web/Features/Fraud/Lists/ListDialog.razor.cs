using BankPortal.Core.Fraud.Lists;
using BankPortal.Web.Features.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Lists;

public sealed partial class ListDialog
{
    private bool _wasOpen;
    private string _list = RiskLists.Watched;
    private int _days = 30;
    private string? _listError;

    [Inject] public required RiskListService ListService { get; init; }

    [Inject] public required StaffActions Actions { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    /// <summary>Whether the dialog is open.</summary>
    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>The account's or the customer's id.</summary>
    [Parameter, EditorRequired] public string SubjectId { get; set; } = "";

    /// <summary>Whether it is an account or a customer.</summary>
    [Parameter, EditorRequired] public ListedKind Kind { get; set; }

    /// <summary>The name of the account or customer in the question.</summary>
    [Parameter, EditorRequired] public string Subject { get; set; } = "";

    /// <summary>The entry was added.</summary>
    [Parameter] public EventCallback OnAdded { get; set; }

    private IEnumerable<string> Lists => RiskLists.All.Where(list => list != RiskLists.Trusted || Kind == ListedKind.Account);

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            _list = RiskLists.Watched;
            _days = 30;
            _listError = null;
        }

        _wasOpen = Open;
    }

    private void ChooseList(string? list)
    {
        _list = list ?? RiskLists.Watched;
        _listError = null;
    }

    private async Task<Error?> AddAsync(string reason)
    {
        var (id, kind, list, lasts) = (SubjectId, Kind, _list, TimeSpan.FromDays(_days));
        var refusal = await Actions.RunAsync(actor => ListService.AddAsync(actor, id, kind, list, lasts, reason, CancellationToken.None));
        _listError = refusal?.Field == "list" ? refusal.Message : null;
        if (refusal is null)
        {
            Toasts.Done("Put on the list", DeskText.List(list));
            await OnAdded.InvokeAsync();
        }

        return refusal;
    }
}
