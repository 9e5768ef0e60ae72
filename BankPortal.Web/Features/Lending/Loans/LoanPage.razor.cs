using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;

namespace BankPortal.Web.Features.Lending.Loans;

/// <summary>One loan of the customer: what is left, the schedule, what happened, and what can be done.</summary>
public sealed partial class LoanPage
{
    private LoanView? _view;
    private Error? _problem;
    private MoneyEntry _amount = MoneyEntry.Empty;
    private EarlyEffect _effect = EarlyEffect.ShorterTerm;
    private LoanChangeQuote? _quote;
    private LoanChangeQuote? _holiday;
    private string? _holidayError;
    private int _months = 1;
    private bool _isWithdrawing;
    private bool _isRepaying;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required LoanService Loans { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    /// <summary>The loan's id.</summary>
    [Parameter] public string LoanId { get; set; } = "";

    protected override object? LoadKey => LoanId;

    private static IEnumerable<(EarlyEffect Effect, string Text)> Effects =>
    [
        (EarlyEffect.ShorterTerm, "Finish earlier"),
        (EarlyEffect.LowerInstalment, "Lower instalments"),
        (EarlyEffect.PayOff, "Repay everything"),
    ];

    private Currency Currency => _view?.Loan.Terms.Amount.Currency ?? Currency.Usd;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Loans.GetAsync(await Actors.GetAsync(ct), LoanId, ct);
        Show(found.IsSuccess ? found.Value : null);
    }

    private Money Of(long minorUnits) => new(minorUnits, Currency);

    private void Show(LoanView? view)
    {
        _view = view;
        (_quote, _holiday, _holidayError) = (null, null, null);
        _amount = view is { State.Due.IsPositive: true } ? MoneyEntry.Of(view.State.Due) : MoneyEntry.Empty;
    }

    private void Choose(EarlyEffect effect) => (_effect, _quote) = (effect, null);

    private async Task QuoteAsync()
    {
        _problem = null;
        var extra = Money.Zero(Currency);
        if (_effect != EarlyEffect.PayOff)
        {
            _amount = _amount.Check(Currency);
            if (_amount.Value is not { } amount)
            {
                return;
            }

            extra = amount;
        }

        Take(await RunOnceAsync(
            async () => await Loans.QuoteAsync(await Actors.GetAsync(Gone), LoanId, extra, _effect, Gone),
            quote => _quote = quote));
    }

    private Task RepayAsync() => ChangeAsync(
        actor => Loans.RepayEarlyAsync(actor, LoanId, _quote!, _view!.Loan.Version, CancellationToken.None), "Repaid");

    private async Task PayAsync()
    {
        _amount = _amount.Check(Currency);
        if (_amount.Value is { } amount)
        {
            await ChangeAsync(actor => Loans.PayDueAsync(actor, LoanId, amount, _view!.Loan.Version, CancellationToken.None), "Paid");
        }
    }

    private async Task QuoteHolidayAsync()
    {
        (_problem, _holidayError) = (null, null);
        Take(await RunOnceAsync(
            async () => await Loans.QuoteHolidayAsync(await Actors.GetAsync(Gone), LoanId, _months, Gone),
            quote => _holiday = quote));
    }

    private async Task AskHolidayAsync()
    {
        (_problem, _holidayError) = (null, null);
        var refusal = await RunOnceAsync(
            async () => await Loans.AskHolidayAsync(await Actors.GetAsync(Gone), LoanId, _months, CancellationToken.None),
            _ => Toasts.Done("We have got your request", "You get a message when it is decided."));
        await ReloadAsync(quietly: true);
        Take(refusal);
    }

    private async Task WithdrawAsync()
    {
        _problem = await RunOnceAsync(
            async () => await Loans.WithdrawAsync(await Actors.GetAsync(Gone), LoanId, CancellationToken.None),
            _ => Toasts.Done("Application taken back"));
        await ReloadAsync(quietly: true);
    }

    private async Task ChangeAsync(Func<Actor, Task<Result<LoanView>>> change, string done)
    {
        _problem = null;
        var refusal = await RunOnceAsync(
            async () => await change(await Actors.GetAsync(Gone)),
            view =>
            {
                Toasts.Done(done);
                Show(view);
            });
        if (refusal is LoanBusyError)
        {
            await ReloadAsync(quietly: true);
        }

        Take(refusal);
    }

    private void Take(Error? refusal)
    {
        switch (refusal?.Field)
        {
            case "amount" when _effect != EarlyEffect.PayOff || _view?.State.Due.IsPositive == true:
                _amount = _amount.Refused(refusal!.Message);
                _quote = null;
                break;
            case "holiday":
                _holidayError = refusal!.Message;
                break;
            default:
                _problem = refusal;
                break;
        }
    }
}
