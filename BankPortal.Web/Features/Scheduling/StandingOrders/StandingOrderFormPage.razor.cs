using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Scheduling.StandingOrders;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Scheduling.StandingOrders;

/// <summary>The form of a standing order: a new one, which is reviewed before it is set up, or changes to one there is.</summary>
public sealed partial class StandingOrderFormPage
{
    private FormKey _key = default!;
    private StandingOrderDraft _draft = new();
    private StandingOrderReview? _review;
    private ElementReference _heading;
    private Error? _problem;
    private string? _nameError;
    private bool _isNameConfirmed;
    private PaymentToConfirm? _toConfirm;
    private bool _isCodeMissing;
    private bool _isMissing;
    private bool _focusHeading;
    private bool _focusError;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required TransferService Transfers { get; init; }

    [Inject] public required StandingOrderService Orders { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required PaymentStepUp StepUp { get; init; }

    /// <summary>The order to change; none for a new one.</summary>
    [Parameter] public string? OrderId { get; set; }

    /// <summary>Names this form: sent twice, it makes one order.</summary>
    [SupplyParameterFromQuery(Name = FormKey.Parameter)] public string? Op { get; set; }

    /// <summary>The account to take from, if the link that led here names one.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? FromId { get; set; }

    /// <summary>The account or payee to pay, if the link that led here names one.</summary>
    [SupplyParameterFromQuery(Name = "to")] public string? ToId { get; set; }

    protected override object? LoadKey => (_key.Value, OrderId, FromId, ToId);

    private string Title => OrderId is null ? "New standing order" : "Change standing order";

    private string? FirstHint => _draft.Rhythm == PaymentRhythm.Monthly
        ? "Later payments are on the same day of the month. Where a month is too short, on its last day."
        : null;

    private IEnumerable<(string Kind, string Label)> Kinds =>
        _draft.Payees.Count > 0
            ? [("known", "Paid before"), ("new", "Someone new"), ("own", "My accounts")]
            : [("new", "Someone new"), ("own", "My accounts")];

    protected override void OnInitialized() => _key = new FormKey(Navigation);

    protected override async Task OnParametersSetAsync()
    {
        _key.Follow(Op);
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var draft = new StandingOrderDraft
        {
            Accounts = [.. (await Accounts.ListAsync(actor, ct)).Where(account => account.Status != AccountStatus.Closed)],
        };
        if (OrderId is null)
        {
            draft.Payees = await Transfers.ListPayeesAsync(actor, ct);
            draft.Begin(FromId, ToId);
        }
        else
        {
            var found = await Orders.GetAsync(actor, OrderId, ct);
            _isMissing = !found.IsSuccess || found.Value.Order.IsOver;
            if (!_isMissing)
            {
                draft.Begin(found.Value.Order);
            }
        }

        (_draft, _review, _problem) = (draft, null, null);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (_focusHeading)
        {
            _focusHeading = false;
            await TryFocusAsync(() => _heading.FocusAsync());
        }
        else if (_focusError)
        {
            _focusError = false;
            await TryFocusAsync(() => Js.InvokeVoidAsync("bankPortal.focusFirstError"));
        }
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task SubmitAsync()
    {
        (_problem, _toConfirm) = (null, null);
        if (_draft.Check() is not { } schedule)
        {
            _focusError = true;
            return;
        }

        var amount = _draft.Amount.Value!.Value;
        if (OrderId is { } id)
        {
            var change = new StandingOrderChange(_draft.FromId, amount, _draft.Description, schedule);
            var refusal = await RunOnceAsync(
                async () => await Orders.ChangeAsync(await Actors.GetAsync(Gone), id, change, Gone),
                _ => Navigation.NavigateTo(BankRoutes.StandingOrder(id)));
            _toConfirm = (refusal as PaymentNotConfirmedError)?.Payment;
            Take(refusal);
            return;
        }

        Take(await RunOnceAsync(
            async () =>
            {
                var actor = await Actors.GetAsync(Gone);
                var request = new StandingOrderRequest(_key.Value, _draft.FromId, _draft.Target!, amount, _draft.Description, schedule);
                var review = await Orders.ReviewAsync(actor, request, Gone);
                _isCodeMissing = review.IsSuccess && await Orders.NeedsConfirmationAsync(actor, review.Value, Gone);
                return review;
            },
            review => (_review, _isNameConfirmed, _nameError, _focusHeading) = (review, false, null, true)));
    }

    private async Task SetUpAsync()
    {
        if (_review is not { } review)
        {
            return;
        }

        if (_isCodeMissing)
        {
            await RunOnceAsync(async () =>
            {
                var actor = await Actors.GetAsync(Gone);
                if (Orders.ToConfirm(actor, review) is { } payment)
                {
                    await StepUp.AskAsync(actor, payment, _key.DraftName, Gone);
                }
            });
            return;
        }

        if (review.NameMatch is Core.Ledger.Payees.NameMatch.CloseMatch or Core.Ledger.Payees.NameMatch.NoMatch && !_isNameConfirmed)
        {
            (_nameError, _focusError) = ("Tick this if you are sure, or change the details.", true);
            return;
        }

        var refusal = await RunOnceAsync(
            async () => await Orders.CreateAsync(await Actors.GetAsync(Gone), review, CancellationToken.None),
            order => Navigation.NavigateTo(BankRoutes.StandingOrder(order.Id)));
        if (refusal?.Field is not null)
        {
            _review = null;
        }

        _isCodeMissing = refusal is PaymentNotConfirmedError;
        Take(refusal);
    }

    // The same address again afterwards: the draft fills the form and sends it.
    private async Task ConfirmChangeAsync()
    {
        if (_toConfirm is { } payment)
        {
            Take(await RunOnceAsync(async () => await StepUp.AskAsync(await Actors.GetAsync(Gone), payment, _key.DraftName, Gone)));
        }
    }

    private void Take(Error? refusal)
    {
        if (refusal is not null)
        {
            _problem = _draft.Take(refusal) ? null : refusal;
            _focusError = _problem is null;
        }
    }
}
