namespace BankPortal.Web.Features.Fraud.Cases;

public sealed partial class OpenCaseDialog
{
    private readonly string _name = "open-case-" + Guid.NewGuid().ToString("N");
    private ImmutableArray<CaseKind> _kinds = [];
    private CaseKind _kind;
    private CaseSide _side;
    private string _reference = "";
    private string _reason = "";
    private Error? _refusal;
    private string? _error;
    private string? _existingCaseId;
    private bool _refused;
    private bool _wasOpen;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required CaseService Cases { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required ILogger<OpenCaseDialog> Logger { get; init; }

    /// <summary>Whether the dialog is open.</summary>
    [Parameter] public bool Open { get; set; }

    [Parameter] public EventCallback<bool> OpenChanged { get; set; }

    /// <summary>The transaction it is about.</summary>
    [Parameter] public string? TransferId { get; set; }

    /// <summary>The account it is about.</summary>
    [Parameter] public string? AccountId { get; set; }

    /// <summary>The customer it is about.</summary>
    [Parameter] public string? CustomerId { get; set; }

    /// <summary>The name of the customer, if the caller knows it.</summary>
    [Parameter] public string? CustomerName { get; set; }

    /// <summary>The name of the payer, if the caller knows it.</summary>
    [Parameter] public string? PayerName { get; set; }

    /// <summary>The name of the payee, if the caller knows it.</summary>
    [Parameter] public string? PayeeName { get; set; }

    private bool Asks => TransferId is null && AccountId is null && CustomerId is null;

    private string Title => CustomerName is null || !Asks ? "Open a case" : "Open a case for " + CustomerName;

    protected override async Task OnParametersSetAsync()
    {
        if (Open && !_wasOpen)
        {
            _wasOpen = true;
            (_reference, _reason, _refusal, _error, _existingCaseId, _refused, _side) = ("", "", null, null, null, false, CaseSide.Payer);
            try
            {
                _kinds = CaseRules.KindsFor(await Actors.GetAsync());
                _kind = _kinds.FirstOrDefault();
            }
            catch (SessionOverException)
            {
                // The tab is being sent to the sign-in page.
            }
        }

        _wasOpen = Open;
    }

    private string? Of(string field) => _refusal?.Field == field ? _refusal.Message : null;

    private void TypeReference(string? text)
    {
        _reference = text ?? "";
        _refusal = null;
    }

    private void TypeReason(string? text)
    {
        _reason = text ?? "";
        _refusal = null;
    }

    private async Task OpenAsync()
    {
        var refusal = await PageAction.RunAsync(async () => await OpenCaseAsync(await Actors.GetAsync()), ShowOpenedAsync, Logger);
        if (refusal is not null)
        {
            Refuse(refusal is NotFoundError { What: "transaction" } && Asks
                ? new InvalidInputError("transaction", "There is no such transaction.")
                : refusal);
        }
    }

    private async Task<Result<Case>> OpenCaseAsync(Actor actor)
    {
        if (CustomerId is not null)
        {
            return await Cases.OpenForCustomerAsync(actor, _kind, CustomerId, _reason, CancellationToken.None);
        }

        if (AccountId is not null)
        {
            return await Cases.OpenForAccountAsync(actor, _kind, AccountId, _reason, CancellationToken.None);
        }

        return Asks && !DerivedId.IsWellFormed(TransactionDesk.IdOf(_reference))
            ? new InvalidInputError("transaction", "This is not a reference. It has 20 letters and digits.")
            : await Cases.OpenForTransferAsync(actor, _kind, TransferId ?? _reference, _side, _reason, CancellationToken.None);
    }

    private Task ShowOpenedAsync(Case opened)
    {
        _refused = false;
        Toasts.Done("In a case", opened.ShortReference);
        Navigation.NavigateTo(BankRoutes.FraudCase(opened.Id));
        return Task.CompletedTask;
    }

    private void Refuse(Error refusal)
    {
        _refused = true;
        _refusal = refusal;
        _existingCaseId = (refusal as OpenCaseThereError)?.CaseId;
        _error = refusal.Field is null ? refusal.Message : null;
    }
}
