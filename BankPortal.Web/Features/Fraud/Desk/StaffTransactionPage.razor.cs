namespace BankPortal.Web.Features.Fraud.Desk;

/// <summary>Shows one transaction to fraud analysts and administrators, found by its reference. They decide on it here.</summary>
public sealed partial class StaffTransactionPage
{
    private TransactionFile? _file;
    private bool _refused;
    private string _reference = "";
    private string? _error;
    private string? _watched;
    private IDisposable? _watching;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required TransactionDesk Desk { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>The transfer's id, or its printed reference; null to look one up.</summary>
    [Parameter] public string? Id { get; set; }

    protected override object? LoadKey => Id ?? "";

    protected override LivePlan Live { get; } = new(TimeSpan.FromSeconds(1));

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var id = Id;
        var found = id is null ? new NotFoundError("transaction") : await Desk.FindAsync(await Actors.GetAsync(ct), id, ct);
        if (id != Id)
        {
            return;
        }

        _file = found.IsSuccess ? found.Value : null;
        _refused = found.Error is NotAllowedError;
        Watch(_file?.Transfer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watching?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Somebody else may decide on it while it is on screen.
    private void Watch(Transfer? transfer)
    {
        if (_watched == transfer?.Id)
        {
            return;
        }

        _watching?.Dispose();
        _watching = null;
        _watched = transfer?.Id;
        if (transfer is not null && (transfer.DebitOwnerId ?? transfer.CreditOwnerId) is { } owner)
        {
            _watching = Feed.Subscribe(owner, changed =>
            {
                if (changed.Id == transfer.Id || changed.ReversesId == transfer.Id)
                {
                    ReadSoon();
                }
            });
        }
    }

    private Task ChangedAsync() => RefreshAsync();

    private void Type(string? text)
    {
        _reference = text ?? "";
        _error = null;
    }

    private void LookUp()
    {
        var id = TransactionDesk.IdOf(_reference);
        if (DerivedId.IsWellFormed(id))
        {
            Navigation.NavigateTo(BankRoutes.StaffTransaction(id));
        }
        else
        {
            _error = "This is not a reference. It has 20 letters and digits.";
        }
    }
}
