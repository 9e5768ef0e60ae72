namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>Pays cash in and takes it out: one page at two addresses, which differ in their texts and limits only.</summary>
public sealed partial class CashPage
{
    private FormKey _key = default!;
    private CashDraft _draft = default!;
    private MoneyFlow _flow = default!;

    [Inject] public required MoneyServices Services { get; init; }

    [Inject] public required TransferService Transfers { get; init; }

    /// <summary>The idempotency key in the address.</summary>
    [SupplyParameterFromQuery(Name = FormKey.Parameter)] public string? Op { get; set; }

    /// <summary>The account to take from, if the link that led here names one.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? FromId { get; set; }

    /// <summary>The account to pay into, if the link that led here names one.</summary>
    [SupplyParameterFromQuery(Name = "to")] public string? ToId { get; set; }

    protected override object? LoadKey => (_key.Value, FromId, ToId);

    private bool IsDeposit => string.Equals(new Uri(Navigation.Uri).AbsolutePath, BankRoutes.Deposit, StringComparison.OrdinalIgnoreCase);

    private string Title => IsDeposit ? "Deposit" : "Withdraw";

    protected override void OnInitialized()
    {
        _key = new FormKey(Navigation);
        _draft = new CashDraft(Transfers);
        _flow = new MoneyFlow(Services, _draft, Actors.GetAsync, Gone);
    }

    protected override async Task OnParametersSetAsync()
    {
        _draft.IsDeposit = IsDeposit;
        _key.Follow(Op);
        _flow.Follow(_key.Value);
        await base.OnParametersSetAsync();
    }

    protected override IDisposable Follow(string userId, Action changed) => Services.Feed.Subscribe(userId, _ => changed());

    protected override void OnChanged() => _ = RefreshAsync(_flow.RefreshReceiptAsync);

    protected override Task<MoneyStart> ReadAsync(Actor actor, CancellationToken ct) => _flow.ReadAsync(actor, ct);

    protected override void Show(MoneyStart content)
    {
        _draft.Wanted = IsDeposit ? ToId ?? FromId : FromId ?? ToId;
        _flow.Begin(content);
    }

    private Task ReviewAsync() => _flow.ReviewAsync(_ => Task.FromResult<Error?>(null));

    private Task SendAsync() => _flow.ConfirmAsync(actor => _draft.Review is not { } review
        ? Task.FromResult<Result<Transfer>>(new NotFoundError("form"))
        : IsDeposit
            ? Transfers.DepositAsync(actor, _key.Value, review.Account.Id, review.Amount, review.Description, CancellationToken.None)
            : Transfers.WithdrawAsync(actor, _key.Value, review.Account.Id, review.Amount, review.Description, CancellationToken.None));
}
