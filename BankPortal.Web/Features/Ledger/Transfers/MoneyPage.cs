using BankPortal.Web.Components.Transactions;
using Microsoft.JSInterop;

namespace BankPortal.Web.Features.Ledger.Transfers;

/// <summary>
/// What the pages that move money have in common: a form, a review and a receipt under one idempotency key; refusals next
/// to their field with nothing typed lost; one act at a time; and on any later visit with the same key the first receipt.
/// </summary>
public abstract class MoneyPage : InteractivePage
{
    private readonly Dictionary<string, string> _fieldErrors = new(StringComparer.Ordinal);
    private FormKey? _key;
    private IDisposable? _watching;
    private FocusOn _focus;

    private enum FocusOn
    {
        Nothing,
        Heading,
        FirstMistake,
    }

    [Inject]
    public required ActorProvider Actors { get; init; }

    [Inject]
    public required AccountService AccountService { get; init; }

    [Inject]
    public required LedgerService Ledger { get; init; }

    [Inject]
    public required TransferService Transfers { get; init; }

    [Inject]
    public required TransferFeed Feed { get; init; }

    [Inject]
    public required HistoryService History { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>The idempotency key in the address.</summary>
    [SupplyParameterFromQuery(Name = FormKey.Parameter)]
    public string? Op { get; set; }

    /// <summary>The account to take from, if the link that led here named one.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? FromId { get; set; }

    /// <summary>The account to pay to, if the link that led here named one.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? ToId { get; set; }

    /// <summary>Where the person is.</summary>
    protected MoneyStep Step { get; private set; }

    /// <summary>Whether something is being done; nothing else is begun meanwhile.</summary>
    protected bool Busy { get; private set; }

    /// <summary>A refusal that belongs to no field.</summary>
    protected Error? Problem { get; private set; }

    /// <summary>The customer's accounts that are not closed.</summary>
    protected IReadOnlyList<Account> Accounts { get; private set; } = [];

    /// <summary>What has been done under this key.</summary>
    protected TransactionDetail? Receipt { get; private set; }

    /// <summary>Whether the receipt is shown to somebody who came back to a form that had done its work.</summary>
    protected bool IsRepeat { get; private set; }

    /// <summary>What screen readers are told about the last act.</summary>
    protected string Announcement { get; private set; } = "";

    /// <summary>The heading of the review and of the receipt, of which one at most is on screen.</summary>
    protected ElementReference Heading { get; set; }

    /// <summary>Names this form among all forms and all visits.</summary>
    protected string Key => _key?.Value ?? "";

    /// <summary>The page's own address without anything behind it.</summary>
    protected string PagePath => new Uri(Navigation.Uri).AbsolutePath;

    /// <summary>Names what was typed here, for the browser to keep it over a reload.</summary>
    protected string DraftKey => PagePath.Trim('/') + ":" + Key;

    protected override object? LoadKey => (Key, FromId, ToId);

    /// <summary>Whether the refusal's field is one of this page's.</summary>
    protected abstract bool HasField(string name);

    /// <summary>The heading of a step.</summary>
    protected abstract ElementReference HeadingOf(MoneyStep step);

    /// <summary>Fills the form for a fresh key.</summary>
    protected abstract Task PrepareAsync(Actor actor, CancellationToken ct);

    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            (_key ??= new FormKey(Navigation)).Follow(Op);
        }

        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var key = Key;
        var actor = await Actors.GetAsync(ct);
        var listing = AccountService.ListAsync(actor, ct);
        var done = await Ledger.FindByKeyAsync(actor, key, ct);
        var accounts = await listing;
        if (key != Key)
        {
            return;
        }

        Accounts = [.. accounts.Where(account => account.Status != AccountStatus.Closed)];
        ForgetRefusals();
        Announcement = "";
        if (done is not null)
        {
            await ShowReceiptAsync(actor, done, isRepeat: true);
            return;
        }

        Receipt = null;
        Step = MoneyStep.Form;
        await PrepareAsync(actor, ct);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        var focus = _focus;
        _focus = FocusOn.Nothing;
        try
        {
            switch (focus)
            {
                case FocusOn.Heading:
                    await HeadingOf(Step).FocusAsync();
                    break;
                case FocusOn.FirstMistake:
                    await Js.InvokeVoidAsync("bankPortal.focusFirstMistake", Gone);
                    break;
            }
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException or InvalidOperationException)
        {
            // Focus is a convenience; the page works without.
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _watching?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What is wrong with a field, or null.</summary>
    protected string? MistakeIn(string field) => _fieldErrors.GetValueOrDefault(field);

    /// <summary>Says what is wrong with a field, or with null that nothing is.</summary>
    protected void SetMistake(string field, string? sentence)
    {
        if (sentence is null)
        {
            _fieldErrors.Remove(field);
        }
        else
        {
            _fieldErrors[field] = sentence;
        }
    }

    /// <summary>Shows what the bank refused next to its field.</summary>
    protected virtual void ShowMistake(string field, string sentence) => SetMistake(field, sentence);

    /// <summary>What is wrong with a description, or null.</summary>
    protected static string? DescriptionMistake(string text) =>
        TextInput.Clean(text).Length > LedgerRules.MaxDescriptionLength
            ? $"Use {LedgerRules.MaxDescriptionLength.ToString(CultureInfo.InvariantCulture)} characters at most."
            : null;

    /// <summary>Reads the accounts again, so that a review speaks of the balances of now.</summary>
    protected async Task RefreshAccountsAsync(Actor actor) =>
        Accounts = [.. (await AccountService.ListAsync(actor, Gone)).Where(account => account.Status != AccountStatus.Closed)];

    /// <summary>Lets the page answer a refusal by a question of its own; true when it does.</summary>
    protected virtual bool TakeRefusal(Error error) => false;

    /// <summary>Whether any field has a mistake.</summary>
    protected bool HasMistakes => _fieldErrors.Count > 0;

    /// <summary>After the next render the first field with a mistake gets the focus.</summary>
    protected void FocusFirstMistake() => _focus = FocusOn.FirstMistake;

    /// <summary>Goes to a step; its heading gets the focus.</summary>
    protected void GoTo(MoneyStep step)
    {
        if (step != Step)
        {
            Step = step;
            _focus = FocusOn.Heading;
        }
    }

    /// <summary>Back from the review to the form, with everything as it was.</summary>
    protected void Change()
    {
        if (!Busy && Step == MoneyStep.Review)
        {
            Problem = null;
            GoTo(MoneyStep.Form);
        }
    }

    /// <summary>A fresh form of the same kind.</summary>
    protected void StartAnother() => Navigation.NavigateTo(PagePath);

    /// <summary>Looks again what was done under this key.</summary>
    protected Task ShowWhatWasDoneAsync() => ReloadAsync();

    /// <summary>
    /// Does one thing for whoever is signed in now. A second call while the first runs does nothing: clicks can arrive
    /// before the button is seen disabled.
    /// </summary>
    protected async Task ActAsync(Func<Actor, Task> act)
    {
        if (Busy || State != LoadState.Ready)
        {
            return;
        }

        Busy = true;
        Problem = null;
        try
        {
            await act(await Actors.GetAsync(Gone));
        }
        catch (SessionOverException)
        {
            // The tab is being sent to the sign-in page.
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Left the page.
        }
#pragma warning disable CA1031 // Whatever fails keeps the form as it is and says so, with a reference into the log.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Refuse(UnexpectedError.Log(LoggerFactory.CreateLogger(GetType()), exception));
        }
        finally
        {
            Busy = false;
        }
    }

    /// <summary>
    /// Carries out what was reviewed. Once the person has said yes it goes through even if they leave the page: the receipt
    /// is there when they come back to the address.
    /// </summary>
    protected Task ConfirmAsync(Func<Actor, Task<Result<Transfer>>> send) => ActAsync(async actor =>
    {
        if (Step != MoneyStep.Review)
        {
            return;
        }

        var result = await send(actor);
        if (result.IsSuccess)
        {
            await ShowReceiptAsync(actor, result.Value, isRepeat: false);
        }
        else if (!TakeRefusal(result.Error))
        {
            Refuse(result.Error);
            if (Step == MoneyStep.Form)
            {
                await RefreshAccountsAsync(actor);
            }
        }
    });

    /// <summary>Shows a refusal where it belongs: next to its field, which may mean going back to the form, or in the box.</summary>
    protected void Refuse(Error error)
    {
        if (error.Field is { } field && HasField(field))
        {
            ShowMistake(field, error.Message);
            Step = MoneyStep.Form;
            FocusFirstMistake();
        }
        else
        {
            Problem = error;
        }
    }

    /// <summary>The account with that id among those shown, or null; somebody else's is never among them.</summary>
    protected Account? Find(string? accountId) => Accounts.FirstOrDefault(account => account.Id == accountId);

    private void ForgetRefusals()
    {
        Problem = null;
        _fieldErrors.Clear();
    }

    private async Task ShowReceiptAsync(Actor actor, Transfer transfer, bool isRepeat)
    {
        ForgetRefusals();
        if (transfer.Status == TransferStatus.Held)
        {
            _watching ??= Feed.Subscribe(actor.UserId, OnTransfer);
        }

        Receipt = await DetailOfAsync(actor, transfer);
        IsRepeat = isRepeat;
        Announcement = isRepeat ? "" : TransferText.Outcome(transfer);
        if (isRepeat)
        {
            Step = MoneyStep.Receipt;
        }
        else
        {
            GoTo(MoneyStep.Receipt);
        }
    }

    // A transfer that was being reviewed is settled while its receipt is on screen.
    private void OnTransfer(Transfer transfer)
    {
        _ = InvokeAsync(async () =>
        {
            if (Gone.IsCancellationRequested || Receipt?.Transfer.Id != transfer.Id)
            {
                return;
            }

            var isRepeat = IsRepeat;
            await ReloadAsync(quietly: true);
            IsRepeat = isRepeat;
            Announcement = TransferText.Outcome(transfer);
            StateHasChanged();
        });
    }

    // The money has moved: that the balances cannot be read for the receipt must not look like a failure.
    private async Task<TransactionDetail> DetailOfAsync(Actor actor, Transfer transfer)
    {
        try
        {
            var found = await History.FindAsync(actor, transfer.Id, CancellationToken.None);
            return found.IsSuccess ? found.Value : new TransactionDetail(transfer, null, null);
        }
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            UnexpectedError.Log(LoggerFactory.CreateLogger(GetType()), exception);
            return new TransactionDetail(transfer, null, null);
        }
    }
}
