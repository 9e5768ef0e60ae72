using BankPortal.Web.Features.Ledger.Transfers;

namespace BankPortal.Tests.Ledger.Transfers;

public sealed class CashPageTests : BankPageContext
{
    private const string Deposit = "/transactions/deposit";
    private const string Withdraw = "/transactions/withdraw";

    [Fact]
    public async Task Open_WithoutKey_PutsOneIntoTheAddressInPlaceOfTheOld()
    {
        await Bank.OpenAsync(Ann);

        Open<CashPage>(Deposit);

        Assert.Matches("[?&]op=[0-9a-f]{32}$", Navigation.Uri);
        Assert.True(Navigation.History.First().Options.ReplaceHistoryEntry);
    }

    [Fact]
    public async Task Leave_ForAnotherPage_LeavesItsAddressAlone()
    {
        await Bank.OpenAsync(Ann);
        Open<CashPage>(WithKey(Deposit, out _));

        Navigation.NavigateTo("/account/dashboard");

        Assert.EndsWith("/account/dashboard", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deposit_ReviewedAndConfirmed_PaysInOnceAndShowsTheReceipt()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var page = Open<CashPage>(WithKey(Deposit, out _));
        page.Find("#amount").Change("1,250.5");
        page.Find("#description").Input("Birthday");
        page.Find("form").Submit();

        Assert.Contains("Check before you pay in", page.Find("#review-title").TextContent);
        Assert.Contains("$1,350.50", page.Find(".facts-total").TextContent);
        Assert.Equal(100, (await Bank.FindAsync(account)).Balance.Amount);

        Confirm(page);

        var transfer = Assert.Single(Bank.Store.Transfers, t => t.Kind == TransferKind.Deposit);
        Assert.Equal(1350.50m, (await Bank.FindAsync(account)).Balance.Amount);
        Assert.Equal("Money paid in", page.WaitForElement("#receipt-title").TextContent);
        Assert.Contains(transfer.Reference, page.Find(".receipt").TextContent);
        Assert.Contains("Birthday", page.Find(".receipt").TextContent);
        Assert.Contains("$1,350.50", page.Find(".receipt .facts-total").TextContent);
        Assert.Equal("Money paid in", page.Find("[role=status].sr-only").TextContent);
        Assert.Single(page.FindAll("[data-draft-clear]"));
    }

    [Fact]
    public async Task Confirm_TwiceBeforeTheFirstIsDone_MovesMoneyOnce()
    {
        var (account, page) = await ReviewWithdrawalAsync("40");

        Assert.Equal(1, await ConfirmTwiceAsync(page));
        Assert.Equal(60, (await Bank.FindAsync(account)).Balance.Amount);
        page.WaitForAssertion(() => Assert.Equal("Money taken out", page.Find("#receipt-title").TextContent));
    }

    [Fact]
    public async Task Open_KeyThatHasDoneItsWork_ShowsTheFirstReceiptAtOnce()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var address = WithKey(Withdraw, out var key);
        var done = await Bank.Transfers.WithdrawAsync(Ann, key, account.Id, Money.Of(30, Currency.Usd), "Cash");

        var page = Open<CashPage>(address);

        Assert.Contains(done.Value.Reference, page.Find(".receipt").TextContent);
        Assert.Contains("nothing was done a second time", page.Find(".receipt .note").TextContent);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Open_KeyOfSomebodyElse_ShowsAnEmptyForm()
    {
        await Bank.OpenAsync(Ann, 100);
        var bens = await Bank.OpenAsync(Ben, 100);
        var address = WithKey(Withdraw, out var key);
        await Bank.Transfers.WithdrawAsync(Ben, key, bens.Id, Money.Of(30, Currency.Usd), "Cash");

        var page = Open<CashPage>(address);

        Assert.Empty(page.FindAll(".receipt"));
        Assert.Equal("", page.Find("#amount").GetAttribute("value"));
    }

    [Fact]
    public async Task Another_AfterTheReceipt_IsAFreshFormWithAFreshKey()
    {
        await Bank.OpenAsync(Ann, 100);
        var page = Open<CashPage>(WithKey(Withdraw, out var key));
        FillAndReview(page, "10");
        Confirm(page);

        page.FindAll(".receipt button").Single(button => button.TextContent.Contains("another", StringComparison.Ordinal)).Click();

        Assert.DoesNotContain(key, Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("", page.Find("#amount").GetAttribute("value"));
        Assert.Empty(page.FindAll("#review-title"));
    }

    [Theory]
    [InlineData("", "Enter an amount.")]
    [InlineData("0", "Enter an amount above zero.")]
    [InlineData("-5", "Enter the amount without a sign.")]
    [InlineData("1.234", "Use at most 2 decimals, such as 1,234.56.")]
    [InlineData("ten", "Enter an amount such as 1,234.56.")]
    [InlineData("100.01", "There is not enough money in this account. Available: $100.00.")]
    public async Task Withdraw_AmountThatCannotBe_IsShownNextToTheFieldAndKept(string amount, string sentence)
    {
        var (_, page) = await ReviewWithdrawalAsync(amount);

        Assert.Equal(sentence, page.Find("#amount-error").TextContent.Trim());
        Assert.Equal("true", page.Find("#amount").GetAttribute("aria-invalid"));
        Assert.Equal(amount, page.Find("#amount").GetAttribute("value"));
        Assert.Empty(page.FindAll("#review-title"));
    }

    [Theory]
    [InlineData("10000.01", "The most you can move at once from this account is $10,000.00.")]
    [InlineData("9000", "That is over this account's daily limit of $20,000.00. Left for today: $8,000.00.")]
    public async Task Withdraw_OverALimit_IsShownWhileTyping(string amount, string sentence)
    {
        var account = await Bank.OpenAsync(Ann, 50_000);
        await Bank.Transfers.WithdrawAsync(Ann, "w1", account.Id, Money.Of(10_000, Currency.Usd), "");
        await Bank.Transfers.WithdrawAsync(Ann, "w2", account.Id, Money.Of(2_000, Currency.Usd), "");
        var page = Open<CashPage>(WithKey(Withdraw, out _));

        page.Find("#amount").Input(amount);

        Assert.Equal(sentence, page.Find("#amount-error").TextContent.Trim());
        Assert.Contains("$8,000.00", page.Find(".limit-use").TextContent);
        Assert.Equal("60", page.Find("[role=meter]").GetAttribute("aria-valuenow"));
    }

    [Fact]
    public async Task Deposit_OverTheLimit_IsShownWhileTyping()
    {
        await Bank.OpenAsync(Ann);
        var page = Open<CashPage>(WithKey(Deposit, out _));

        page.Find("#amount").Input("50000.01");

        Assert.Equal("The most you can pay in at once is $50,000.00.", page.Find("#amount-error").TextContent.Trim());
    }

    [Fact]
    public async Task Review_DescriptionTooLong_IsShownNextToTheField()
    {
        await Bank.OpenAsync(Ann, 100);
        var page = Open<CashPage>(WithKey(Deposit, out _));
        page.Find("#description").Input(new string('x', LedgerRules.MaxDescriptionLength + 1));

        FillAndReview(page, "10");

        Assert.Equal("Use 140 characters at most.", page.Find("#description-error").TextContent.Trim());
        Assert.Empty(page.FindAll("#review-title"));
    }

    [Fact]
    public async Task Confirm_MoneyGoneMeanwhile_LeadsBackToTheAmountWithEverythingKept()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var page = Open<CashPage>(WithKey(Withdraw, out _));
        page.Find("#description").Input("Market");
        FillAndReview(page, "80");
        await Bank.PostAsync(account, -50);

        Confirm(page);

        Assert.Empty(page.FindAll("#review-title"));
        Assert.Equal("There is not enough money in this account. Available: $50.00.", page.Find("#amount-error").TextContent.Trim());
        Assert.Equal("80.00", page.Find("#amount").GetAttribute("value"));
        Assert.Equal("Market", page.Find("#description").GetAttribute("value"));
        Assert.Contains("$50.00", page.Find("#amount-hint").TextContent);
    }

    [Fact]
    public async Task Confirm_FrozenMeanwhile_IsShownNextToTheAccount()
    {
        var (account, page) = await ReviewWithdrawalAsync("80");
        await Bank.OpenAsync(Ann, 5, AccountType.Savings);
        await Bank.ChangeAsync(account, a => a with { Status = AccountStatus.Frozen });

        Confirm(page);

        Assert.StartsWith("This account is frozen", page.Find("#account-error").TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirm_NoAnswerFromTheLedger_OffersToTryAgainAndDoesItOnce()
    {
        var (account, page) = await ReviewWithdrawalAsync("40");
        Bank.Store.FailCommitsBeforeWriting(4);

        Confirm(page);
        page.WaitForAssertion(() => Assert.Contains("it will not be done twice", page.Find(".error-box").TextContent));
        Assert.NotEmpty(page.FindAll("#review-title"));

        page.Find(".error-box button").Click();

        page.WaitForAssertion(() => Assert.Equal("Money taken out", page.Find("#receipt-title").TextContent));
        Assert.Equal(60, (await Bank.FindAsync(account)).Balance.Amount);
    }

    [Fact]
    public async Task Confirm_AnswerLost_ShowsTheReceiptOfWhatWasDone()
    {
        var (account, page) = await ReviewWithdrawalAsync("40");
        Bank.Store.LoseAnswersOfCommits(1);

        Confirm(page);

        page.WaitForAssertion(() => Assert.Equal("Money taken out", page.Find("#receipt-title").TextContent));
        Assert.Equal(60, (await Bank.FindAsync(account)).Balance.Amount);
    }

    [Fact]
    public async Task Confirm_KeyUsedInAnotherTabForSomethingElse_IsRefusedAndLeadsToWhatWasDone()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var page = Open<CashPage>(WithKey(Withdraw, out var key));
        FillAndReview(page, "40");
        var other = await Bank.Transfers.WithdrawAsync(Ann, key, account.Id, Money.Of(1, Currency.Usd), "");

        Confirm(page);
        Assert.Contains("used already", page.Find(".error-box").TextContent);
        page.FindAll(".error-box button").Single(b => b.TextContent == "See what was done").Click();

        page.WaitForAssertion(() => Assert.Contains(other.Value.Reference, page.Find(".receipt").TextContent));
        Assert.Equal(99, (await Bank.FindAsync(account)).Balance.Amount);
    }

    [Fact]
    public async Task Confirm_SessionOver_DoesNothing()
    {
        var (account, page) = await ReviewWithdrawalAsync("40");
        EndSession();

        Confirm(page);

        Assert.Equal(100, (await Bank.FindAsync(account)).Balance.Amount);
        Assert.Empty(page.FindAll(".receipt"));
    }

    [Fact]
    public async Task Change_FromTheReview_KeepsEverything()
    {
        await Bank.OpenAsync(Ann, 100);
        var page = Open<CashPage>(WithKey(Deposit, out _));
        page.Find("#description").Input("Gift");
        FillAndReview(page, "40");

        page.FindAll("button").Single(b => b.TextContent == "Change").Click();

        Assert.Empty(page.FindAll("#review-title"));
        Assert.False(page.Find("form").HasAttribute("hidden"));
        Assert.Equal("40.00", page.Find("#amount").GetAttribute("value"));
        Assert.Equal("Gift", page.Find("#description").GetAttribute("value"));
    }

    [Fact]
    public async Task Open_AccountInTheAddress_IsChosen()
    {
        await Bank.OpenAsync(Ann, 100);
        var savings = await Bank.OpenAsync(Ann, 5, AccountType.Savings);

        var page = Open<CashPage>(WithKey(Withdraw + "?from=" + savings.Id, out _));

        Assert.Equal(savings.Id, page.Find("#account").GetAttribute("value"));
    }

    [Fact]
    public async Task Open_AccountOfSomebodyElseInTheAddress_IsIgnored()
    {
        var own = await Bank.OpenAsync(Ann, 100);
        var bens = await Bank.OpenAsync(Ben, 100);

        var page = Open<CashPage>(WithKey(Withdraw + "?from=" + bens.Id, out _));

        Assert.Equal(own.Id, page.Find("#account").GetAttribute("value"));
        Assert.DoesNotContain(bens.Id, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choose_ValueThatIsNotInTheList_IsRefused()
    {
        await Bank.OpenAsync(Ann, 100);
        var bens = await Bank.OpenAsync(Ben, 100);
        var page = Open<CashPage>(WithKey(Withdraw, out _));

        page.Find("#account").Change(bens.Id);
        FillAndReview(page, "10");

        Assert.Equal("Choose an account.", page.Find("#account-error").TextContent.Trim());
        Assert.Empty(page.FindAll("#review-title"));
        Assert.Equal(100, (await Bank.FindAsync(bens)).Balance.Amount);
    }

    [Fact]
    public async Task Open_OnlyAccountFrozen_SaysSoForWithdrawalsAndTakesDeposits()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        await Bank.ChangeAsync(account, a => a with { Status = AccountStatus.Frozen });

        Assert.Contains("frozen", Open<CashPage>(WithKey(Withdraw, out _)).Find(".empty").TextContent);
        Assert.NotEmpty(Open<CashPage>(WithKey(Deposit, out _)).FindAll("#amount"));
    }

    [Fact]
    public void Open_NoAccount_SaysWhatToDoNext()
    {
        var page = Open<CashPage>(WithKey(Deposit, out _));

        Assert.Equal("/account/create", page.Find(".empty a").GetAttribute("href"));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task Open_BeforeThePageIsInteractive_IsSentToAnAddressWithAKey()
    {
        await Bank.OpenAsync(Ann, 100);
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Static", isInteractive: false));

        var page = Open<CashPage>(Deposit);

        Assert.Matches("op=[0-9a-f]{32}$", Navigation.Uri);
        Assert.Equal("button", page.Find("form .btn-primary").GetAttribute("type"));
    }

    /// <summary>The review of a withdrawal from Ann's account, which has $100.</summary>
    private async Task<(Account Account, IRenderedComponent<CashPage> Page)> ReviewWithdrawalAsync(string amount)
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var page = Open<CashPage>(WithKey(Withdraw, out _));
        FillAndReview(page, amount);
        return (account, page);
    }

    private static void Confirm(IRenderedComponent<CashPage> page)
    {
        page.FindAll("form")[1].Submit();
        WaitUntilDone(page);
    }

    private static void FillAndReview(IRenderedComponent<CashPage> page, string amount)
    {
        page.Find("#amount").Input(amount);
        page.Find("form").Submit();
        WaitUntilDone(page);
    }
}
