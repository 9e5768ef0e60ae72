using BankPortal.Web.Features.Ledger.Payees;

namespace BankPortal.Tests.Ledger.Payees;

public sealed class PayeesPageTests : BankPageContext
{
    [Fact]
    public void Open_NoPayees_SaysWhatToDo()
    {
        var page = Open<PayeesPage>("/payees");
        Assert.Contains("No payees yet", page.WaitForElement(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_RightName_IsInTheListAndTheFormIsEmptyAgain()
    {
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<PayeesPage>("/payees");
        Fill(page, bens.Number.Grouped, "Ben Baker", "Benny");
        Add(page);

        page.WaitForAssertion(() => Assert.Contains("Benny", page.Find(".payee-name").TextContent, StringComparison.Ordinal));
        Assert.Contains("Name confirmed.", page.Find(".payee-who").TextContent, StringComparison.Ordinal);
        Assert.Contains("Never paid", page.Find(".payee-who").TextContent, StringComparison.Ordinal);
        Assert.Equal("", page.Find("#number").GetAttribute("value") ?? "");
        Assert.Contains("Benny was added", ToastTexts);
    }

    [Fact]
    public async Task Add_NameThatDoesNotMatch_NeedsAYesAndNeverShowsTheNameHeld()
    {
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<PayeesPage>("/payees");
        Fill(page, bens.Number.Digits, "Tax Office", "");
        Add(page);
        page.WaitForElement(".note-attention");
        Assert.DoesNotContain("Ben Baker", page.Markup, StringComparison.Ordinal);
        Assert.Empty(await Bank.Transfers.ListPayeesAsync(Ann));

        page.Find("input[name=name-confirmed]").Change(true);
        Add(page);
        page.WaitForAssertion(() => Assert.Contains("Name does not match.", page.Find(".payee-who").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_WithoutFreshSecondFactor_LeadsToProvingItAndKeepsTheForm()
    {
        SetSecondFactor(null);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<PayeesPage>("/payees");
        Fill(page, bens.Number.Digits, "Ben Baker", "");
        Add(page);
        page.WaitForAssertion(() => Assert.EndsWith("/identity/verify?returnUrl=%2Fpayees", Navigation.Uri, StringComparison.Ordinal));
        JSInterop.VerifyInvoke("bankPortal.keepDraft");
        Assert.Empty(await Bank.Transfers.ListPayeesAsync(Ann));
    }

    [Theory]
    [InlineData("1234", "Ben Baker", "#number-error")]
    [InlineData("", "Ben Baker", "#number-error")]
    [InlineData(null, " ", "#name-error")]
    public async Task Add_WrongField_IsShownThere(string? number, string name, string error)
    {
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<PayeesPage>("/payees");
        Fill(page, number ?? bens.Number.Digits, name, "");
        Add(page);
        page.WaitForAssertion(() => Assert.NotEqual("", page.Find(error).TextContent.Trim()));
    }

    [Fact]
    public async Task Change_NicknameAndFavourite_MovesThePayeeUp()
    {
        await PayeeAsync(Ben, "Ben Baker");
        await PayeeAsync(Bank.Customer("cat", "Cat Cole"), "Cat Cole");
        var page = Open<PayeesPage>("/payees");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".payee-line").Count));
        var last = page.FindAll(".payee-name")[1].TextContent.Trim();
        page.FindAll("button").Single(button => button.GetAttribute("aria-label") == "Change " + last).Click();
        page.WaitForElement("#edit-nickname").Change("First of all");
        page.Find("input[name=favourite]").Change(true);
        page.Find(".payee-edit").Submit();
        page.WaitForAssertion(() => Assert.Contains("First of all", page.FindAll(".payee-name")[0].TextContent, StringComparison.Ordinal));
        Assert.Contains("Favourite", page.FindAll(".payee-name")[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ClosedAccount_SaysSoAndOffersNoPayment()
    {
        var bens = await PayeeAsync(Ben, "Ben Baker");
        await Bank.ChangeAsync(bens, account => account with { Status = AccountStatus.Closed });
        var page = Open<PayeesPage>("/payees");
        Assert.Contains("Account closed", page.WaitForElement(".payee-name").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll(".payee-actions a"), link => link.TextContent == "Pay");
    }

    [Fact]
    public async Task Remove_Confirmed_TakesThePayeeOut()
    {
        await PayeeAsync(Ben, "Ben Baker");
        var page = Open<PayeesPage>("/payees");
        page.WaitForElement(".payee-line");
        page.FindAll("button").Single(button => button.TextContent == "Remove").Click();
        Overlays.WaitForAssertion(() => Assert.Contains(Overlays.FindAll("button"), button => button.TextContent.Trim() == "Remove payee"));
        Overlays.FindAll("button").Single(button => button.TextContent.Trim() == "Remove payee").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".payee-line")));
        Assert.Empty(await Bank.Transfers.ListPayeesAsync(Ann));
    }

    private static void Fill(IRenderedComponent<PayeesPage> page, string number, string name, string nickname)
    {
        page.WaitForElement("#number").Change(number);
        page.Find("#name").Change(name);
        page.Find("#nickname").Change(nickname);
    }

    private static void Add(IRenderedComponent<PayeesPage> page) => page.Find("form[aria-labelledby=add-title]").Submit();

    private async Task<Account> PayeeAsync(Actor owner, string name)
    {
        var account = await Bank.OpenAsync(owner);
        await Bank.Payees.TryAddAsync(
            "ann", new Payee(account.Id, account.Number, name, null, null) { AddedAt = Bank.Time.GetUtcNow() });
        return account;
    }
}
