using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Scheduling.Requests;

namespace BankPortal.Web.Features.Scheduling.Requests;

/// <summary>One request for money: paid or declined by who is asked, taken back by who asks.</summary>
public sealed partial class RequestPage
{
    private PaymentRequestView? _view;
    private IReadOnlyList<Account> _accounts = [];
    private string _fromId = "";
    private string? _fieldError;
    private Error? _problem;
    private PaymentToConfirm? _toConfirm;
    private DateTimeOffset? _duplicateAt;
    private bool _isDuplicateConfirmed;
    private bool _isWithdrawing;
    private bool _isBlocking;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required PaymentRequestService Requests { get; init; }

    [Inject] public required PaymentStepUp StepUp { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    /// <summary>The request's id.</summary>
    [Parameter] public string RequestId { get; set; } = "";

    protected override object? LoadKey => RequestId;

    private string Title => _view switch
    {
        null => "Request",
        { IsMine: true } => $"You asked {_view.Request.PayerName} for money",
        _ => $"{_view.Request.AskerName} asks you for money",
    };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var found = await Requests.GetAsync(actor, RequestId, ct);
        _view = found.IsSuccess ? found.Value : null;
        if (_view is { IsMine: false, State: PaymentRequestState.Open, Request.Amount.Currency: var currency })
        {
            _accounts =
            [
                .. (await Accounts.ListAsync(actor, ct))
                    .Where(account => account.Status == AccountStatus.Active && account.Currency == currency),
            ];
            _fromId = (_accounts.FirstOrDefault(account => account.Id == _fromId)
                ?? _accounts.FirstOrDefault(account => account.Available >= _view.Request.Amount)
                ?? (_accounts.Count > 0 ? _accounts[0] : null))?.Id ?? "";
        }
    }

    private void ChooseAccount(string accountId) => (_fromId, _fieldError, _toConfirm, _problem) = (accountId, null, null, null);

    private async Task PayAsync()
    {
        if (_view is not { IsMine: false, State: PaymentRequestState.Open })
        {
            return;
        }

        if (_fromId.Length == 0)
        {
            _fieldError = "Choose an account.";
            return;
        }

        if (_toConfirm is { } payment)
        {
            _problem = await RunOnceAsync(
                async () => await StepUp.AskAsync(await Actors.GetAsync(Gone), payment, "request:" + RequestId, Gone));
            return;
        }

        // Once the person has confirmed, it goes through even if they leave the page.
        var refusal = await RunOnceAsync(
            async () => await Requests.AcceptAsync(
                await Actors.GetAsync(Gone), RequestId, _fromId, _duplicateAt is not null && _isDuplicateConfirmed, CancellationToken.None),
            transfer => Toasts.Done(transfer.Status == TransferStatus.Held ? "Your payment is being reviewed" : "Paid"));
        _toConfirm = (refusal as PaymentNotConfirmedError)?.Payment;
        _duplicateAt = (refusal as LikelyDuplicateError)?.At ?? _duplicateAt;
        _fieldError = refusal?.Field is "amount" or "from" ? refusal.Message : null;
        var isShownElsewhere = refusal is PaymentNotConfirmedError { IsTooOld: false } or LikelyDuplicateError || _fieldError is not null;
        _problem = isShownElsewhere ? null : refusal;
        if (refusal is null or RequestClosedError)
        {
            await ReloadAsync(quietly: true);
        }
    }

    private Task DeclineAsync() => ChangeAsync(async actor => (await Requests.DeclineAsync(actor, RequestId, Gone)).Error, "Request declined");

    private Task WithdrawAsync() =>
        ChangeAsync(async actor => (await Requests.WithdrawAsync(actor, RequestId, Gone)).Error, "Request taken back");

    private Task BlockAsync() => ChangeAsync(async actor => (await Requests.BlockAsync(actor, RequestId, Gone)).Error, "Blocked");

    private async Task ChangeAsync(Func<Actor, Task<Error?>> change, string done)
    {
        Error? refusal = null;
        var fault = await RunOnceAsync(async () => refusal = await change(await Actors.GetAsync(Gone)));
        _problem = fault ?? refusal;
        if (_problem is null)
        {
            Toasts.Done(done);
        }

        await ReloadAsync(quietly: true);
    }
}
