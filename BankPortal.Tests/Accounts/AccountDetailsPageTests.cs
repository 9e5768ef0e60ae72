using BankPortal.Web.Features.Accounts;

namespace BankPortal.Tests.Accounts;

public sealed class AccountDetailsPageTests : BankPageContext
{
    [Fact]
    public async Task Open_OwnAccount_ShowsNumberBothBalancesAndWhatIsLeftOfTheLimit()
    {
        var account = await Bank.OpenAsync(Ann, 1_500);
        await Bank.Transfers.WithdrawAsync(Ann, "w", account.Id, Money.Of(100, Currency.Usd), "");
        await HoldAsync(account, 300);

        var page = Show(account);

        Assert.Contains(account.Number.Grouped, page.Find(".account-number").TextContent);
        Assert.Equal(account.Number.Digits, page.Find("[data-copy]").GetAttribute("data-copy"));
        var stats = page.FindAll(".stat");
        Assert.Contains("$1,400.00", stats[0].TextContent);
        Assert.Contains("$1,100.00", stats[1].TextContent);
        Assert.Contains("$300.00", stats[1].TextContent);
        Assert.Contains("$19,600.00", page.Find(".limit-use").TextContent);
        Assert.Equal("Active", page.Find(".badge").TextContent);
    }

    [Fact]
    public async Task Open_ManyEntries_ShowsTheNewestTenAndTheWayToTheRest()
    {
        var account = await Bank.OpenAsync(Ann, 1_000);
        for (var i = 1; i <= 12; i++)
        {
            await Bank.PostAsync(account, -i, "Bill " + i);
        }

        var page = Show(account);

        var entries = page.FindAll(".entry-list tbody tr");
        Assert.Equal(10, entries.Count);
        Assert.Contains("Bill 12", entries[0].TextContent);
        Assert.Contains("−$12.00", entries[0].TextContent);
        Assert.Contains("$922.00", entries[0].TextContent);
        Assert.Contains($"/transactions/history?account={account.Id}", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AccountOfSomebodyElse_IsNotFound()
    {
        var bens = await Bank.OpenAsync(Ben, 777, nickname: "Secret plans");

        var page = Show(bens);

        Assert.Contains("could not find", page.Find(".empty").TextContent);
        Assert.DoesNotContain("777", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-account")]
    [InlineData("gl-cash-USD")]
    [InlineData("user#ben")]
    public void Open_IdThatNamesNothing_IsNotFound(string id)
    {
        var page = Render<AccountDetailsPage>(parameters => parameters.Add(p => p.Id, id));

        Assert.Contains("could not find", page.Find(".empty").TextContent);
    }

    [Fact]
    public async Task Open_ActiveAccount_OffersWhatCanBeDoneWithItChosen()
    {
        var account = await Bank.OpenAsync(Ann, 10);

        var page = Show(account);

        Assert.NotEmpty(page.FindAll($".page-head a[href='/transactions/transfer?from={account.Id}']"));
        Assert.NotEmpty(page.FindAll($".page-head a[href='/transactions/withdraw?from={account.Id}']"));
        Assert.NotEmpty(page.FindAll($".page-head a[href='/transactions/deposit?to={account.Id}']"));
    }

    [Theory]
    [InlineData(AccountStatus.Frozen, 1)]
    [InlineData(AccountStatus.Closed, 0)]
    public async Task Open_FrozenOrClosed_SaysSoAndOffersOnlyWhatIsPossible(AccountStatus status, int actions)
    {
        var account = await Bank.OpenAsync(Ann);
        account = await Bank.ChangeAsync(account, a =>
            a with
            {
                Status = status,
                ClosedAt = status == AccountStatus.Closed ? Bank.Time.GetUtcNow() : null,
            }
        );

        var page = Show(account);

        Assert.Equal(status.ToString(), page.Find(".badge").TextContent);
        Assert.Contains(status.ToString(), page.Find(".note strong").TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(actions, page.FindAll(".page-head-action a").Count);
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent == "Close the account");
    }

    [Fact]
    public async Task Open_SessionOver_ShowsNothingOfTheAccount()
    {
        var account = await Bank.OpenAsync(Ann, 10);
        EndSession();

        var page = Show(account);

        Assert.Empty(page.FindAll(".stat"));
        Assert.Empty(page.FindAll(".error-box"));
        Assert.DoesNotContain(account.Number.Grouped, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoneyMovesElsewhere_WhilePageIsOpen_ShowsTheNewBalance()
    {
        var account = await Bank.OpenAsync(Ann, 10);
        var page = Show(account);

        await Bank.PostAsync(account, 32);

        page.WaitForAssertion(() => Assert.Contains("$42.00", page.FindAll(".stat")[0].TextContent));
    }

    [Fact]
    public async Task Rename_NewName_IsShownEverywhere()
    {
        var account = await Bank.OpenAsync(Ann);
        var page = Show(account);

        page.Find(".rename-button").Click();
        page.Find("#nickname").Input("Rent and food");
        page.Find(".rename").Submit();

        Assert.Equal("Rent and food", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll(".rename"));
        Assert.Equal("Rent and food", (await Bank.FindAsync(account)).Nickname);
        Assert.Contains("Renamed", ToastTexts);
    }

    [Fact]
    public async Task Rename_Escape_ChangesNothing()
    {
        var account = await Bank.OpenAsync(Ann, nickname: "Old");
        var page = Show(account);
        page.Find(".rename-button").Click();
        page.Find("#nickname").Input("New");

        page.Find(".rename").KeyDown("Escape");

        Assert.Empty(page.FindAll(".rename"));
        Assert.Equal("Old", (await Bank.FindAsync(account)).Nickname);
    }

    [Fact]
    public async Task Rename_TooLong_IsShownNextToTheField()
    {
        var account = await Bank.OpenAsync(Ann, nickname: "Old");
        var page = Show(account);
        page.Find(".rename-button").Click();

        page.Find("#nickname").Input(new string('x', 31));
        page.Find(".rename").Submit();

        Assert.Equal("Use 30 characters at most.", page.Find("#nickname-error").TextContent.Trim());
        Assert.Equal("Old", (await Bank.FindAsync(account)).Nickname);
    }

    [Fact]
    public async Task Close_EmptyAccount_AsksFirst()
    {
        var account = await Bank.OpenAsync(Ann);
        var page = Show(account);

        Button(page, "Close the account").Click();
        Assert.Equal(AccountStatus.Active, (await Bank.FindAsync(account)).Status);
        Overlays.FindAll(".mud-dialog button").Single(b => b.TextContent == "Close the account").Click();

        Assert.Equal(AccountStatus.Closed, (await Bank.FindAsync(account)).Status);
        Assert.Equal("Closed", page.Find(".badge").TextContent);
        Assert.Contains("Account closed", ToastTexts);
        Overlays.WaitForAssertion(() => Assert.Empty(Overlays.FindAll(".mud-dialog button")));
    }

    [Fact]
    public async Task Close_MoneyInIt_SaysWhyNotAndWhatToDo()
    {
        var account = await Bank.OpenAsync(Ann, 12);

        var page = Show(account);

        Assert.Contains("There is still $12.00 in this account", page.Find("#close-title").ParentElement!.ParentElement!.TextContent);
        Assert.Contains("Move the money out", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent == "Close the account");
    }

    [Fact]
    public async Task Close_MoneyArrivedMeanwhile_IsRefusedInTheDialog()
    {
        var account = await Bank.OpenAsync(Ann);
        var page = Show(account);
        Button(page, "Close the account").Click();
        await Bank.ChangeAsync(account, a => a with { Balance = Money.Of(1, Currency.Usd) });

        Overlays.FindAll(".mud-dialog button").Single(b => b.TextContent == "Close the account").Click();

        Overlays.WaitForAssertion(() => Assert.Contains("There is still $1.00", Overlays.Find(".mud-dialog .field-error").TextContent));
        Overlays.WaitForAssertion(() => Assert.False(Overlays.Find(".mud-dialog .btn-danger").HasAttribute("disabled")));
        Assert.Equal(AccountStatus.Active, (await Bank.FindAsync(account)).Status);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<AccountDetailsPage> page, string text) =>
        page.FindAll("section button").Single(b => b.TextContent == text);

    private IRenderedComponent<AccountDetailsPage> Show(Account account) =>
        Render<AccountDetailsPage>(parameters => parameters.Add(p => p.Id, account.Id));

    private async Task HoldAsync(Account account, decimal amount)
    {
        var bens = await Bank.OpenAsync(Ben);
        var held = await Bank.Ledger.ExecuteAsync(Orders.Transfer(account, bens, amount) with { Hold = true });
        Assert.True(held.IsSuccess);
    }
}
