using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>The services that a <see cref="MoneyFlow"/> works with.</summary>
public sealed record MoneyServices(
    AccountService Accounts, LedgerService Ledger, HistoryService History, TransferFeed Feed, ILogger<MoneyFlow> Logger);

/// <summary>
/// The course of a page that moves money: a form, a review and a receipt under one idempotency key. Refusals appear at their
/// field and nothing entered is lost; one action runs at a time; a later visit with the same key shows the first receipt.
/// Not thread-safe: call it on the page's dispatcher.
/// </summary>
/// <param name="services">The services to work with.</param>
/// <param name="form">What the person enters.</param>
/// <param name="findActor">Finds who is signed in now.</param>
/// <param name="gone">Cancelled when the person leaves the page.</param>
public sealed class MoneyFlow(
    MoneyServices services,
    IMoneyForm form,
    Func<CancellationToken, Task<Actor>> findActor,
    CancellationToken gone)
{
    private bool _isLoaded;
    private bool _focusHeading;
    private bool _focusError;

    /// <summary>What the person enters.</summary>
    public IMoneyForm Form => form;

    /// <summary>The idempotency key: it names this form among all forms and all visits.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Where the person is.</summary>
    public MoneyStep Step { get; private set; }

    /// <summary>Whether an action is running; no other begins meanwhile.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>A refusal or a fault that belongs to no field.</summary>
    public Error? Problem { get; private set; }

    /// <summary>What was done under this key.</summary>
    public TransactionDetail? Receipt { get; private set; }

    /// <summary>Whether the receipt is shown to somebody who came back to a form that had done its work.</summary>
    public bool IsRepeat { get; private set; }

    /// <summary>What screen readers announce about the last action.</summary>
    public string Announcement { get; private set; } = "";

    /// <summary>Sets the key. Under another key than before nothing can be done until <see cref="Begin"/>.</summary>
    public void Follow(string key)
    {
        if (key != Key)
        {
            Key = key;
            _isLoaded = false;
        }
    }

    /// <summary>Reads what the flow begins with. Changes nothing of the flow.</summary>
    public async Task<MoneyStart> ReadAsync(Actor actor, CancellationToken ct)
    {
        var key = Key;
        var listing = services.Accounts.ListAsync(actor, ct);
        var done = await services.Ledger.FindByKeyAsync(actor, key, ct);
        var accounts = NotClosed(await listing);
        return done is null
            ? new MoneyStart(key, accounts, await form.ReadPayeesAsync(actor, ct), null)
            : new MoneyStart(key, accounts, [], await FindDetailAsync(actor, done));
    }

    /// <summary>Begins with the receipt of the key, or with an empty form; does nothing for another key than the present one.</summary>
    /// <param name="start">What <see cref="ReadAsync"/> gave.</param>
    public void Begin(MoneyStart start)
    {
        if (start.Key != Key)
        {
            return;
        }

        form.Accounts = start.Accounts;
        ForgetRefusals();
        Announcement = "";
        if (start.Receipt is { } receipt)
        {
            ShowReceipt(receipt, isRepeat: true);
        }
        else
        {
            Receipt = null;
            Step = MoneyStep.Form;
            form.Prepare(start.Payees);
        }

        _isLoaded = true;
    }

    /// <summary>Reads the receipt on screen again, if the transfer was still being reviewed by the bank.</summary>
    public async Task RefreshReceiptAsync(CancellationToken ct)
    {
        if (Receipt?.Transfer is not { Status: TransferStatus.Held } before)
        {
            return;
        }

        var actor = await findActor(ct);
        if (await services.Ledger.FindByKeyAsync(actor, Key, ct) is not { } now || now.Id != before.Id || now.Status == before.Status)
        {
            return;
        }

        var detail = await FindDetailAsync(actor, now);
        if (Receipt?.Transfer == before)
        {
            Receipt = detail;
            Announcement = TransferText.Outcome(now);
        }
    }

    /// <summary>
    /// Runs an action of whoever is signed in now. A second call while the first runs does nothing: a second click can arrive
    /// before the button is seen disabled. A fault keeps the form as it is and becomes the <see cref="Problem"/>.
    /// </summary>
    public async Task RunAsync(Func<Actor, Task> action)
    {
        if (IsBusy || !_isLoaded)
        {
            return;
        }

        IsBusy = true;
        Problem = null;
        try
        {
            if (await PageAction.RunAsync(async () => await action(await findActor(gone)), services.Logger, gone) is { } fault)
            {
                Refuse(fault);
            }
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Checks the form against balances read now, and goes to the review.</summary>
    /// <param name="prepare">Prepares the review; gives why it cannot be.</param>
    public Task ReviewAsync(Func<Actor, Task<Error?>> prepare) => RunAsync(async actor =>
    {
        if (Step != MoneyStep.Form)
        {
            return;
        }

        await ReadAccountsAsync(actor);
        if (!form.Check())
        {
            FocusFirstError();
        }
        else if (await prepare(actor) is { } refusal)
        {
            Refuse(refusal);
        }
        else
        {
            GoTo(MoneyStep.Review);
        }
    });

    /// <summary>
    /// Carries out what was reviewed and shows the receipt. Once the person has confirmed, it goes through even if they leave
    /// the page: the receipt is there when they come back to the address.
    /// </summary>
    /// <param name="send">Carries it out; give the bank no token of the page.</param>
    /// <param name="takeRefusal">Whether the review answers a refusal itself, by a question.</param>
    public Task ConfirmAsync(Func<Actor, Task<Result<Transfer>>> send, Func<Error, bool>? takeRefusal = null) => RunAsync(async actor =>
    {
        if (Step != MoneyStep.Review)
        {
            return;
        }

        var result = await send(actor);
        if (result.IsSuccess)
        {
            ShowReceipt(await FindDetailAsync(actor, result.Value), isRepeat: false);
        }
        else if (takeRefusal is null || !takeRefusal(result.Error))
        {
            Refuse(result.Error);
            if (Step == MoneyStep.Form)
            {
                await ReadAccountsAsync(actor);
            }
        }
    });

    /// <summary>Goes back from the review to the form, with everything as it was.</summary>
    public void Change()
    {
        if (!IsBusy && Step == MoneyStep.Review)
        {
            Problem = null;
            GoTo(MoneyStep.Form);
        }
    }

    /// <summary>Asks for the focus on the first field with an error, after the next render.</summary>
    public void FocusFirstError()
    {
        _focusError = true;
        _focusHeading = false;
    }

    /// <summary>Whether the heading of that step gets the focus now; true once after the step was reached.</summary>
    public bool TakeHeadingFocus(MoneyStep step)
    {
        var take = _focusHeading && step == Step;
        _focusHeading &= !take;
        return take;
    }

    /// <summary>Whether the first field with an error gets the focus now; true once.</summary>
    public bool TakeErrorFocus()
    {
        var take = _focusError;
        _focusError = false;
        return take;
    }

    private static IReadOnlyList<Account> NotClosed(IEnumerable<Account> accounts) =>
        [.. accounts.Where(account => account.Status != AccountStatus.Closed)];

    private async Task ReadAccountsAsync(Actor actor) => form.Accounts = NotClosed(await services.Accounts.ListAsync(actor, gone));

    private void GoTo(MoneyStep step)
    {
        if (step != Step)
        {
            Step = step;
            _focusHeading = true;
            _focusError = false;
        }
    }

    // Next to its field, which may mean going back to the form, or in the box.
    private void Refuse(Error error)
    {
        if (error.Field is { } field && form.HasField(field))
        {
            form.ShowError(field, error.Message);
            Step = MoneyStep.Form;
            FocusFirstError();
        }
        else
        {
            Problem = error;
        }
    }

    private void ForgetRefusals()
    {
        Problem = null;
        form.Errors.Clear();
    }

    private void ShowReceipt(TransactionDetail receipt, bool isRepeat)
    {
        ForgetRefusals();
        Receipt = receipt;
        IsRepeat = isRepeat;
        Announcement = isRepeat ? "" : TransferText.Outcome(receipt.Transfer);
        if (isRepeat)
        {
            Step = MoneyStep.Receipt;
        }
        else
        {
            GoTo(MoneyStep.Receipt);
        }
    }

    // The money has moved: that the balances cannot be read for the receipt must not look like a failure.
    private async Task<TransactionDetail> FindDetailAsync(Actor actor, Transfer transfer)
    {
        var detail = new TransactionDetail(transfer, null, null);
        await PageAction.RunAsync(
            async () =>
            {
                var found = await services.History.FindAsync(actor, transfer.Id, CancellationToken.None);
                detail = found.IsSuccess ? found.Value : detail;
            },
            services.Logger);
        return detail;
    }
}
