using BankPortal.Core.Ledger.Payees;
using BankPortal.Core.Scheduling.Requests;
using BankPortal.Core.Scheduling.StandingOrders;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Scheduling.Requests;

/// <summary>The form that asks another customer for money.</summary>
public sealed partial class AskForMoneyPage
{
    // Time enough to answer, and not so much that it is forgotten.
    private const int UsualDays = 14;

    private FormKey _key = default!;
    private IReadOnlyList<Account> _accounts = [];
    private IReadOnlyList<Payee> _payees = [];
    private string _kind = "new";
    private string? _payeeId = "";
    private string? _number = "";
    private string? _name = "";
    private string _toId = "";
    private MoneyEntry _amount = MoneyEntry.Empty;
    private string? _text;
    private string _until = "";
    private bool _isNameConfirmed;
    private bool _focusError;
    private Error? _refusal;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required TransferService Transfers { get; init; }

    [Inject] public required PaymentRequestService Requests { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>Names this form: sent twice, it makes one request.</summary>
    [SupplyParameterFromQuery(Name = FormKey.Parameter)] public string? Op { get; set; }

    /// <summary>The payee to ask, if the link that led here names one.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? FromId { get; set; }

    protected override object? LoadKey => (_key.Value, FromId);

    private Currency Currency => (_accounts.FirstOrDefault(account => account.Id == _toId) ?? _accounts[0]).Currency;

    private IEnumerable<(string Kind, string Label)> Kinds =>
        _payees.Count > 0 ? [("known", "One of my payees"), ("new", "Someone else")] : [("new", "By account number")];

    protected override void OnInitialized() => _key = new FormKey(Navigation);

    protected override async Task OnParametersSetAsync()
    {
        _key.Follow(Op);
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var payees = Transfers.ListPayeesAsync(actor, ct);
        _accounts = [.. (await Accounts.ListAsync(actor, ct)).Where(account => account.Status == AccountStatus.Active)];
        _payees = await payees;
        _toId = _accounts.Count > 0 ? _accounts[0].Id : "";
        _payeeId = _payees.FirstOrDefault(payee => payee.AccountId == FromId)?.AccountId ?? "";
        _kind = _payees.Count > 0 ? "known" : "new";
        _until = Iso(Requests.Today.AddDays(UsualDays));
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (_focusError)
        {
            _focusError = false;
            await TryFocusAsync(() => Js.InvokeVoidAsync("bankPortal.focusFirstError"));
        }
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool IsField(string? field) => field is "payee" or "number" or "name" or "to" or "amount" or "text" or "until";

    private string? ErrorOf(string field) => _refusal?.Field == field ? _refusal.Message : null;

    private void Choose(string kind)
    {
        _kind = kind;
        Reconsider();
    }

    // A yes to a name is a yes to that name and number.
    private void Reconsider() => (_isNameConfirmed, _refusal) = (false, null);

    private async Task AskAsync()
    {
        _amount = _amount.Check(Currency).Tidied();
        var until = PaymentDay.Parse(_until, "until");
        var payee = _payees.FirstOrDefault(one => one.AccountId == _payeeId);
        _refusal = _kind == "known" && payee is null ? new InvalidInputError("payee", "Choose whom you want to ask.")
            : _kind == "new" && !AccountNumber.TryParse(_number, out _)
                ? new InvalidInputError("number", AccountNumber.ErrorIn(_number ?? "") ?? "Enter the account number.")
            : _kind == "new" && TextInput.Clean(_name).Length == 0
                ? new InvalidInputError("name", "Enter the name of the person you want to ask.")
            : _amount is { Error: null, Value: not null } ? until.Error
            : _refusal is PayeeNameDiffersError ? _refusal : null;
        if (_amount is not { Error: null, Value: { } amount } || _refusal is { } and not PayeeNameDiffersError)
        {
            _focusError = true;
            return;
        }

        var from = _kind == "known" && payee is not null
            ? new TransferTarget.Someone(payee.Number.Digits, payee.Name)
            : new TransferTarget.Someone(_number ?? "", _name ?? "");
        var ask = new AskForMoney(_key.Value, _toId, from, amount, _text, until.Value, _isNameConfirmed);
        var refusal = await RunOnceAsync(
            async () => await Requests.AskAsync(await Actors.GetAsync(Gone), ask, CancellationToken.None),
            asked =>
            {
                Toasts.Done("Your request was sent");
                Navigation.NavigateTo(BankRoutes.Request(asked.Id));
            });
        if (refusal?.Field == "amount")
        {
            (_amount, refusal) = (_amount.Refused(refusal.Message), null);
            _focusError = true;
        }

        _refusal = refusal is { Field: "number" or "name" } && _kind == "known" ? new InvalidInputError("payee", refusal.Message)
            : refusal is CurrencyMismatchError ? new InvalidInputError(_kind == "known" ? "payee" : "number", refusal.Message)
            : refusal;
        _focusError |= IsField(_refusal?.Field);
    }
}
