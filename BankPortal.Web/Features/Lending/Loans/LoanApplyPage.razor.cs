using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Schedules;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Lending.Loans;

/// <summary>The application for a loan: calculator, the whole schedule, signature.</summary>
public sealed partial class LoanApplyPage
{
    private readonly Dictionary<string, string> _errors = new(StringComparer.Ordinal);
    private FormKey _key = default!;
    private ImmutableArray<LoanProduct> _products = [];
    private IReadOnlyList<Account> _accounts = [];
    private string _product = "";
    private string _accountId = "";
    private MoneyEntry _amount = MoneyEntry.Empty;
    private string _months = "";
    private string _purpose = "";
    private LoanOffer? _offer;
    private ElementReference _heading;
    private Error? _problem;
    private bool _isCodeMissing;
    private bool _focusHeading;
    private bool _focusError;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required LoanService Loans { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    [Inject] public required PaymentStepUp StepUp { get; init; }

    /// <summary>Names this form: sent twice, it makes one application.</summary>
    [SupplyParameterFromQuery(Name = FormKey.Parameter)] public string? Op { get; set; }

    /// <summary>The product, if the link that led here names one.</summary>
    [SupplyParameterFromQuery(Name = "product")] public string? ProductCode { get; set; }

    protected override object? LoadKey => (_key.Value, ProductCode);

    private LoanProduct? Product => _products.FirstOrDefault(product => product.Code == _product);

    private Currency Currency =>
        (_accounts.FirstOrDefault(account => account.Id == _accountId) ?? (_accounts is [var first, ..] ? first : null))?.Currency
        ?? Currency.Usd;

    private (LoanTerms Terms, ImmutableArray<PlannedInstalment> Schedule, Money Interest)? Preview =>
        Product is { } product
        && MoneyEntry.Typing(_amount.Text, Currency).Value is { } amount
        && int.TryParse(_months.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var months)
        && Loans.Calculate(product, amount, months) is { IsSuccess: true, Value: var (terms, schedule) }
            ? (terms, schedule, schedule.Aggregate(Money.Zero(Currency), (sum, one) => sum + one.Interest))
            : null;

    protected override void OnInitialized() => _key = new FormKey(Navigation);

    protected override async Task OnParametersSetAsync()
    {
        _key.Follow(Op);
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var offers = Loans.OffersAsync(ct);
        _accounts = [.. (await Accounts.ListAsync(actor, ct)).Where(account => account.Status != AccountStatus.Closed)];
        _products = await offers;
        _product = _products.Any(product => product.Code == ProductCode) ? ProductCode! : _product;
        _accountId = _accounts is [var only] ? only.Id : _accountId;
        (_offer, _problem) = (null, null);
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

    private string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    private async Task SubmitAsync()
    {
        _problem = null;
        _errors.Clear();
        _amount = _amount.Check(Currency);
        Require(_product.Length > 0, "product", "Choose a loan.");
        Require(_accountId.Length > 0, "account", "Choose an account.");
        Require(int.TryParse(_months.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var months), "months", "Enter a whole number.");
        if (_errors.Count > 0 || _amount.Value is not { } amount)
        {
            _focusError = true;
            return;
        }

        Take(await RunOnceAsync(
            async () =>
            {
                var actor = await Actors.GetAsync(Gone);
                var request = new LoanRequest(_key.Value, _product, _accountId, amount, months, _purpose);
                var offer = await Loans.ReviewAsync(actor, request, Gone);
                _isCodeMissing = offer.IsSuccess && await Loans.NeedsConfirmationAsync(actor, offer.Value, Gone);
                return offer;
            },
            offer => (_offer, _focusHeading) = (offer, true)));
    }

    private async Task SignAsync()
    {
        if (_offer is not { } offer)
        {
            return;
        }

        if (_isCodeMissing)
        {
            await RunOnceAsync(async () =>
                await StepUp.AskAsync(await Actors.GetAsync(Gone), LoanService.ToConfirm(offer), _key.DraftName, Gone));
            return;
        }

        var refusal = await RunOnceAsync(
            async () => await Loans.ApplyAsync(await Actors.GetAsync(Gone), offer, CancellationToken.None),
            loan => Navigation.NavigateTo(BankRoutes.Loan(loan.Id)));
        if (refusal?.Field is not null)
        {
            _offer = null;
        }

        _isCodeMissing = refusal is PaymentNotConfirmedError;
        Take(refusal);
    }

    private void Take(Error? refusal)
    {
        if (refusal is null)
        {
            return;
        }

        if (refusal.Field == "amount")
        {
            _amount = _amount.Refused(refusal.Message);
        }
        else if (refusal.Field is { } field)
        {
            _errors[field] = refusal.Message;
        }
        else
        {
            _problem = refusal;
        }

        _focusError = _problem is null;
    }

    private void Require(bool isRight, string field, string message)
    {
        if (!isRight)
        {
            _errors[field] = message;
        }
    }
}
