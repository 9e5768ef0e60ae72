namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>Sends money: to somebody paid before, to somebody new, or between the customer's own accounts.</summary>
public sealed partial class TransferPage
{
    private FormKey _key = default!;
    private TransferDraft _draft = default!;
    private MoneyFlow _flow = default!;
    private TransferConfirmation? _confirmation;

    [Inject] public required MoneyServices Services { get; init; }

    [Inject] public required TransferService Transfers { get; init; }

    [Inject] public required PaymentStepUp StepUp { get; init; }

    /// <summary>The idempotency key in the address.</summary>
    [SupplyParameterFromQuery(Name = FormKey.Parameter)] public string? Op { get; set; }

    /// <summary>The account to take from, if the link that led here names one.</summary>
    [SupplyParameterFromQuery(Name = "from")] public string? FromId { get; set; }

    /// <summary>The account or payee to pay to, if the link that led here names one.</summary>
    [SupplyParameterFromQuery(Name = "to")] public string? ToId { get; set; }

    /// <summary>A transfer of the customer's to send again. The form is filled from the ledger, never from the address.</summary>
    [SupplyParameterFromQuery(Name = BankRoutes.RepeatParameter)] public string? RepeatId { get; set; }

    protected override object? LoadKey => (_key.Value, FromId, ToId, RepeatId);

    protected override void OnInitialized()
    {
        _key = new FormKey(Navigation);
        _draft = new TransferDraft(Transfers);
        _flow = new MoneyFlow(Services, _draft, Actors.GetAsync, Gone);
    }

    protected override async Task OnParametersSetAsync()
    {
        _key.Follow(Op);
        _flow.Follow(_key.Value);
        await base.OnParametersSetAsync();
    }

    protected override IDisposable Follow(string userId, Action changed) => Services.Feed.Subscribe(userId, _ => changed());

    protected override void OnChanged() => _ = RefreshAsync(_flow.RefreshReceiptAsync);

    protected override async Task<MoneyStart> ReadAsync(Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(RepeatId))
        {
            return await _flow.ReadAsync(actor, ct);
        }

        var repeated = Services.History.FindAsync(actor, RepeatId, ct);
        var start = await _flow.ReadAsync(actor, ct);
        return await repeated is { IsSuccess: true, Value: { Debit: not null, Transfer: { Kind: TransferKind.Transfer } transfer } }
            ? start with { Repeated = transfer }
            : start;
    }

    protected override void Show(MoneyStart content)
    {
        (_draft.WantedFrom, _draft.WantedTo, _draft.Repeated) = (FromId, ToId, content.Repeated);
        _confirmation = null;
        _flow.Begin(content);
    }

    private Task ReviewAsync() => _flow.ReviewAsync(async actor =>
    {
        var request = new TransferRequest(_key.Value, _draft.FromId, _draft.Target!, _draft.Amount.Value!.Value, _draft.Description);
        var review = await Transfers.ReviewAsync(actor, request, Gone);
        _confirmation = review.IsSuccess
            ? new TransferConfirmation(
                review.Value,
                Transfers.ToConfirm(actor, review.Value),
                await Transfers.NeedsConfirmationAsync(actor, review.Value, Gone))
            : null;
        return review.Error;
    });

    private async Task SendAsync()
    {
        if (_flow.Step != MoneyStep.Review || _confirmation is not { } confirmation)
        {
            return;
        }

        if (confirmation is { IsCodeMissing: true, ToConfirm: { } payment })
        {
            // The same address again afterwards: the draft fills the form, and the review is made anew from the balances of then.
            await _flow.RunAsync(actor => StepUp.AskAsync(actor, payment, _key.DraftName, Gone));
        }
        else if (!confirmation.Check())
        {
            _flow.FocusFirstError();
        }
        else
        {
            await _flow.ConfirmAsync(
                actor =>
                    Transfers.SendAsync(
                        actor,
                        confirmation.Review,
                        confirmation is { DuplicateAt: not null, IsDuplicateConfirmed: true },
                        CancellationToken.None
                    ),
                confirmation.TakeRefusal
            );
        }
    }
}
