using BankPortal.Web.Features.Ledger.Transfers;

namespace BankPortal.Tests.Ledger.Transfers;

[UnitTest]
public sealed class MoneyFlowTests : IDisposable
{
    private readonly InMemoryBank _bank = new();
    private readonly Actor _ann;
    private readonly CashDraft _draft;
    private readonly MoneyFlow _flow;
    private readonly CancellationTokenSource _gone = new();

    public MoneyFlowTests()
    {
        _ann = _bank.Customer("ann", "Ann Archer");
        _draft = new CashDraft(_bank.Transfers);
        _flow = New(_draft);
    }

    public void Dispose() => _gone.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Begin_FreshKey_BeginsWithAnEmptyForm()
    {
        var account = await _bank.OpenAsync(_ann, 100);

        await BeginAsync(_flow, _bank.NextKey());

        Assert.Equal(MoneyStep.Form, _flow.Step);
        Assert.Null(_flow.Receipt);
        Assert.Equal(account.Id, _draft.AccountId);
        Assert.False(_flow.TakeHeadingFocus(MoneyStep.Form));
    }

    [Fact]
    public async Task Begin_ClosedAccounts_AreLeftOut()
    {
        var account = await _bank.OpenAsync(_ann);
        await _bank.ChangeAsync(account, a => a with { Status = AccountStatus.Closed });

        await BeginAsync(_flow, _bank.NextKey());

        Assert.Empty(_draft.Accounts);
        Assert.False(_draft.IsUsable);
    }

    [Fact]
    public async Task Begin_KeyThatHasDoneItsWork_ShowsTheReceiptAsARepeat()
    {
        var account = await _bank.OpenAsync(_ann, 100);
        var key = _bank.NextKey();
        var done = await _bank.Transfers.WithdrawAsync(_ann, key, account.Id, Money.Of(40, account.Currency), "", Ct);

        await BeginAsync(_flow, key);

        Assert.Equal((MoneyStep.Receipt, true, ""), (_flow.Step, _flow.IsRepeat, _flow.Announcement));
        Assert.Equal(done.Value.Id, _flow.Receipt!.Transfer.Id);
    }

    [Fact]
    public async Task ReviewAsync_AmountMissing_StaysInTheFormAndAsksForTheFocusOnce()
    {
        await _bank.OpenAsync(_ann, 100);
        await BeginAsync(_flow, _bank.NextKey());

        await ReviewAsync();

        Assert.Equal(MoneyStep.Form, _flow.Step);
        Assert.NotNull(_draft.Amount.Error);
        Assert.True(_flow.TakeErrorFocus());
        Assert.False(_flow.TakeErrorFocus());
    }

    [Fact]
    public async Task ReviewAsync_BalanceChangedMeanwhile_ShowsTheBalanceOfNow()
    {
        var account = await _bank.OpenAsync(_ann, 100);
        await BeginAsync(_flow, _bank.NextKey());
        _draft.TypeAmount(MoneyEntry.Typing("40", account.Currency));
        await _bank.PostAsync(account, 50);

        await ReviewAsync();

        Assert.Equal(110, _draft.Review!.AvailableAfter.Amount);
        Assert.True(_flow.TakeHeadingFocus(MoneyStep.Review));
        Assert.False(_flow.TakeHeadingFocus(MoneyStep.Review));
    }

    [Fact]
    public async Task ConfirmAsync_Accepted_ShowsAndAnnouncesTheReceipt()
    {
        var account = await ReachReviewAsync("40");

        await SendAsync();

        Assert.Equal((MoneyStep.Receipt, false, "Money taken out"), (_flow.Step, _flow.IsRepeat, _flow.Announcement));
        Assert.Equal(60, (await _bank.FindAsync(account)).Balance.Amount);
    }

    [Fact]
    public async Task ConfirmAsync_RefusedForAField_LeadsBackToTheFieldWithTheBalanceOfNow()
    {
        var account = await ReachReviewAsync("40");
        await _bank.PostAsync(account, -90);

        await SendAsync();

        Assert.Equal(MoneyStep.Form, _flow.Step);
        Assert.NotNull(_draft.Amount.Error);
        Assert.Equal("40", _draft.Amount.Text.TrimStart('$').Split('.')[0]);
        Assert.Equal(10, _draft.Shown!.Balance.Amount);
        Assert.Null(_flow.Problem);
        Assert.True(_flow.TakeErrorFocus());
    }

    [Fact]
    public async Task ConfirmAsync_RefusalTheReviewAnswers_IsNoProblem()
    {
        await ReachReviewAsync("40");

        await _flow.ConfirmAsync(_ => Task.FromResult<Result<Transfer>>(new BusyError()), error => error is BusyError);

        Assert.Equal(MoneyStep.Review, _flow.Step);
        Assert.Null(_flow.Problem);
    }

    [Fact]
    public async Task ConfirmAsync_Fault_KeepsTheReviewAndCanBeRepeatedUnderTheSameKey()
    {
        var account = await ReachReviewAsync("40");

        await _flow.ConfirmAsync(_ => throw new InvalidOperationException("out of order"));

        Assert.IsType<Web.Components.Controls.UnexpectedError>(_flow.Problem);
        Assert.Equal((MoneyStep.Review, false), (_flow.Step, _flow.IsBusy));
        await SendAsync();
        Assert.Equal(MoneyStep.Receipt, _flow.Step);
        Assert.Equal(60, (await _bank.FindAsync(account)).Balance.Amount);
    }

    [Fact]
    public async Task RunAsync_SecondCallWhileTheFirstRuns_DoesNothing()
    {
        await _bank.OpenAsync(_ann, 100);
        await BeginAsync(_flow, _bank.NextKey());
        var gate = new TaskCompletionSource();
        var runs = 0;

        var first = _flow.RunAsync(_ =>
        {
            runs++;
            return gate.Task;
        });
        await _flow.RunAsync(_ =>
        {
            runs++;
            return Task.CompletedTask;
        });
        Assert.True(_flow.IsBusy);
        gate.SetResult();
        await first;

        Assert.Equal((1, false), (runs, _flow.IsBusy));
    }

    [Fact]
    public async Task RunAsync_BeforeAnythingIsRead_DoesNothing()
    {
        var ran = false;

        await _flow.RunAsync(_ =>
        {
            ran = true;
            return Task.CompletedTask;
        });

        Assert.False(ran);
    }

    [Fact]
    public async Task Begin_WithWhatWasReadForAnotherKey_DoesNothing()
    {
        await _bank.OpenAsync(_ann, 100);
        _flow.Follow(_bank.NextKey());
        var late = await _flow.ReadAsync(_ann, Ct);
        _flow.Follow(_bank.NextKey());

        _flow.Begin(late);

        Assert.Empty(_draft.Accounts);
    }

    [Fact]
    public async Task RunAsync_PersonLeft_IsNoProblem()
    {
        await _bank.OpenAsync(_ann, 100);
        await BeginAsync(_flow, _bank.NextKey());

        await _flow.RunAsync(async _ =>
        {
            await _gone.CancelAsync();
            _gone.Token.ThrowIfCancellationRequested();
        });

        Assert.Null(_flow.Problem);
    }

    [Fact]
    public async Task Change_FromTheReview_KeepsWhatWasEntered()
    {
        await ReachReviewAsync("40");

        _flow.Change();

        Assert.Equal(MoneyStep.Form, _flow.Step);
        Assert.Equal(40, _draft.Amount.Value!.Value.Amount);
        Assert.True(_flow.TakeHeadingFocus(MoneyStep.Form));
    }

    [Fact]
    public async Task TransferDraft_OwnAccountWanted_ChoosesBothSidesAndKnowsNoLimit()
    {
        var checking = await _bank.OpenAsync(_ann, 30_000);
        var savings = await _bank.OpenAsync(_ann, 0, AccountType.Savings);
        var draft = new TransferDraft(_bank.Transfers) { WantedTo = savings.Id };

        await BeginAsync(New(draft), _bank.NextKey());
        draft.TypeAmount(MoneyEntry.Typing("25000", checking.Currency));

        Assert.Equal((checking.Id, savings.Id, PayeeKind.Own), (draft.FromId, draft.OwnId, draft.Kind));
        Assert.Equal(new TransferTarget.OwnAccount(savings.Id), draft.Target);
        Assert.Null(draft.Limits);
        Assert.True(draft.Check());
    }

    [Fact]
    public async Task TransferDraft_NothingEntered_HasAnErrorAtEachField()
    {
        await _bank.OpenAsync(_ann, 100);
        var draft = new TransferDraft(_bank.Transfers);
        await BeginAsync(New(draft), _bank.NextKey());

        Assert.False(draft.Check());

        Assert.Equal("Enter the account number.", draft.Errors["number"]);
        Assert.NotNull(draft.Errors["name"]);
        Assert.NotNull(draft.Amount.Error);
        Assert.Null(draft.Errors["payee"]);
    }

    private MoneyFlow New(IMoneyForm form) =>
        new(
            new MoneyServices(
                _bank.Accounts,
                _bank.Ledger,
                new HistoryService(_bank.Store, _bank.Store),
                _bank.Feed,
                NullLogger<MoneyFlow>.Instance
            ),
            form,
            _ => Task.FromResult(_ann),
            _gone.Token
        );

    private async Task BeginAsync(MoneyFlow flow, string key)
    {
        flow.Follow(key);
        flow.Begin(await flow.ReadAsync(_ann, Ct));
    }

    private async Task<Account> ReachReviewAsync(string amount)
    {
        var account = await _bank.OpenAsync(_ann, 100);
        await BeginAsync(_flow, _bank.NextKey());
        _draft.TypeAmount(MoneyEntry.Typing(amount, account.Currency));
        await ReviewAsync();
        Assert.Equal(MoneyStep.Review, _flow.Step);
        return account;
    }

    private Task ReviewAsync() => _flow.ReviewAsync(_ => Task.FromResult<Error?>(null));

    private Task SendAsync() => _flow.ConfirmAsync(actor => _bank.Transfers.WithdrawAsync(
        actor, _flow.Key, _draft.Review!.Account.Id, _draft.Review.Amount, _draft.Review.Description, Ct));
}
