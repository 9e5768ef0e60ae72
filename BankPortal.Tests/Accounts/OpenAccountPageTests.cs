using BankPortal.Web.Features.Accounts;

namespace BankPortal.Tests.Accounts;

public sealed class OpenAccountPageTests : BankPageContext
{
    private const string Address = "/account/create";

    [Fact]
    public async Task Open_TypeAndNickname_OpensOneAccountAndLeadsToIt()
    {
        var page = Open<OpenAccountPage>(WithKey(Address, out _));
        page.Find("input[value=Savings]").Change("Savings");
        page.Find("#nickname").Input("  Holidays ");

        page.Find("form").Submit();

        var account = Assert.Single(await Bank.Accounts.ListAsync(Ann));
        Assert.Equal((AccountType.Savings, "Holidays"), (account.Type, account.Nickname));
        Assert.EndsWith("/account/details/" + account.Id, Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("Account opened", ToastTexts);
    }

    [Fact]
    public async Task Open_SubmittedTwice_OpensOneAccount()
    {
        var page = Open<OpenAccountPage>(WithKey(Address, out _));
        page.Find("input[value=Checking]").Change("Checking");
        var form = page.Find("form");

        form.Submit();
        form.Submit();

        Assert.Single(await Bank.Accounts.ListAsync(Ann));
    }

    [Fact]
    public async Task Open_KeyThatHasDoneItsWork_LeadsToTheAccountItOpened()
    {
        var address = WithKey(Address, out var key);
        var account = (await Bank.Accounts.OpenAsync(Ann, new OpenAccount(key, AccountType.Savings))).Value;

        Open<OpenAccountPage>(address);

        Assert.EndsWith("/account/details/" + account.Id, Navigation.Uri, StringComparison.Ordinal);
        Assert.Single(await Bank.Accounts.ListAsync(Ann));
    }

    [Fact]
    public async Task Open_NothingChosen_IsShownNextToTheChoice()
    {
        var page = Open<OpenAccountPage>(WithKey(Address, out _));
        page.Find("#nickname").Input("Rent");

        page.Find("form").Submit();

        Assert.Equal("Choose what the account is for.", page.Find("#kind-error").TextContent.Trim());
        Assert.Equal("Rent", page.Find("#nickname").GetAttribute("value"));
        Assert.Empty(await Bank.Accounts.ListAsync(Ann));
    }

    [Fact]
    public async Task Open_NicknameTooLong_IsShownWhileTyping()
    {
        var page = Open<OpenAccountPage>(WithKey(Address, out _));
        page.Find("input[value=Checking]").Change("Checking");

        page.Find("#nickname").Input(new string('x', AccountService.MaxNicknameLength + 1));
        Assert.Equal("Use 30 characters at most.", page.Find("#nickname-error").TextContent.Trim());
        page.Find("form").Submit();

        Assert.Empty(await Bank.Accounts.ListAsync(Ann));
    }

    [Fact]
    public async Task Open_AsManyAccountsAsAllowed_IsRefusedWithASentence()
    {
        Bank.AccountOptions.MaxPerCustomer = 1;
        await Bank.OpenAsync(Ann);
        var page = Open<OpenAccountPage>(WithKey(Address, out _));
        page.Find("input[value=Checking]").Change("Checking");

        page.Find("form").Submit();

        Assert.Contains("the most we offer", page.Find(".error-box").TextContent);
        Assert.Single(await Bank.Accounts.ListAsync(Ann));
    }
}
