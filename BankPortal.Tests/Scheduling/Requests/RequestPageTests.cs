using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Scheduling.Requests;
using BankPortal.Web.Features.Scheduling.Requests;

namespace BankPortal.Tests.Scheduling.Requests;

public sealed class RequestPageTests : BankPageContext
{
    [Fact]
    public async Task Ask_ByAccountNumber_SendsOneRequest()
    {
        var mine = await Bank.OpenAsync(Ann, 5);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<AskForMoneyPage>(WithKey("/requests/new", out _));
        Fill(page, bens.Number.Grouped, "Ben Baker", "25");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Matches("/requests/[0-9A-Z]{20}$", Navigation.Uri));
        var asked = Assert.Single((await PaymentRequests.ListAsync(Ben)).Waiting).Request;
        Assert.Equal((2_500L, "Dinner", mine.Id), (asked.Amount.MinorUnits, asked.Text, asked.ToAccountId));
    }

    [Fact]
    public async Task Ask_NameThatDoesNotMatch_NeedsAYesAndNeverShowsTheNameHeld()
    {
        await Bank.OpenAsync(Ann);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<AskForMoneyPage>(WithKey("/requests/new", out _));
        Fill(page, bens.Number.Digits, "Tax Office", "25");
        page.Find("form").Submit();
        page.WaitForElement(".note-attention");
        Assert.DoesNotContain("Ben Baker", page.Markup, StringComparison.Ordinal);
        Assert.Empty((await PaymentRequests.ListAsync(Ben)).Waiting);

        page.Find("input[name=name-confirmed]").Change(true);
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Matches("/requests/[0-9A-Z]{20}$", Navigation.Uri));
    }

    [Fact]
    public async Task Ask_WrongFields_AreMarkedAndNothingIsSent()
    {
        await Bank.OpenAsync(Ann);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<AskForMoneyPage>(WithKey("/requests/new", out _));
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#number").GetAttribute("aria-invalid")));
        Fill(page, bens.Number.Digits, "Ben Baker", "-3");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("#amount").GetAttribute("aria-invalid")));
        Fill(page, bens.Number.Digits, "Ben Baker", "3");
        page.Find("#until").Change("2020-01-01");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("today or a later day", page.Find("#until-error").TextContent, StringComparison.Ordinal));
        Assert.Empty((await PaymentRequests.ListAsync(Ben)).Waiting);
    }

    [Fact]
    public async Task Pay_FirstPayment_IsConfirmedForItselfAndPaidOnce()
    {
        Bank.ConfirmationStore.AsksForCodes = true;
        var (mine, request) = await RequestToAnnAsync(30);
        var page = OpenRequest(request);
        Assert.Contains("Ben Baker asks you for money", page.WaitForElement("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>now</b>", page.Find(".facts").TextContent, StringComparison.Ordinal);
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Confirm this payment", page.Find("form").TextContent, StringComparison.Ordinal));
        Assert.Equal(100, (await Bank.FindAsync(mine)).Balance.Amount);
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("/identity/verify?confirm=", Navigation.Uri, StringComparison.Ordinal));
        var asked = Assert.Single(Bank.ConfirmationStore.Rows);
        Assert.Equal(("Ben Baker", 30m), (asked.PayeeName, asked.Amount.Amount));
        await Bank.Confirmations.ConfirmAsync("ann", "session-ann", asked.Id, ConfirmationFactor.Authenticator);

        page = OpenRequest(request);
        page.WaitForElement("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Paid", page.Find(".facts").TextContent, StringComparison.Ordinal));
        Assert.Equal(70, (await Bank.FindAsync(mine)).Balance.Amount);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.StartsWith("Pay", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pay_WithdrawnMeanwhile_SaysSoAndPaysNothing()
    {
        var (mine, request) = await RequestToAnnAsync(30);
        var page = OpenRequest(request);
        page.WaitForElement("form");
        await PaymentRequests.WithdrawAsync(Ben, request.Id);
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("taken back", page.Markup, StringComparison.Ordinal));
        Assert.Equal(100, (await Bank.FindAsync(mine)).Balance.Amount);
    }

    [Fact]
    public async Task Pay_NotEnoughMoney_IsShownAtTheAccount()
    {
        var (_, request) = await RequestToAnnAsync(300);
        var page = OpenRequest(request);
        page.WaitForElement("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("not enough money", page.Find("#from-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeclineAndBlock_ShowWhatBecameOfIt()
    {
        var (_, request) = await RequestToAnnAsync(30);
        var page = OpenRequest(request);
        page.WaitForElement("form");
        Press(page, "Decline");
        page.WaitForAssertion(() => Assert.Contains("Declined", page.Find(".facts").TextContent, StringComparison.Ordinal));
        Press(page, "Block this person");
        Overlays.WaitForAssertion(() => Assert.Contains(Overlays.FindAll("button"), button => button.TextContent.Trim() == "Block"));
        Overlays.FindAll("button").Single(button => button.TextContent.Trim() == "Block").Click();
        page.WaitForAssertion(() => Assert.Contains("Blocked", ToastTexts));

        var list = Open<RequestsPage>("/requests");
        list.WaitForElement("#requests-blocked");
        list.FindAll("button").Single(button => button.TextContent == "Unblock").Click();
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("#requests-blocked")));
    }

    [Fact]
    public async Task Open_OfSomebodyElse_IsAsIfItWereNotThere()
    {
        var bens = await Bank.OpenAsync(Ben);
        var cat = Bank.Customer("cat", "Cat Cole");
        var cats = await Bank.OpenAsync(cat);
        var request = (await PaymentRequests.AskAsync(cat, Ask(cats, bens, 40, "Ben Baker"))).Value;
        var page = OpenRequest(request);
        page.WaitForAssertion(() => Assert.Contains("could not find that request", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Cat Cole", page.Markup, StringComparison.Ordinal);
        Assert.Contains("No requests yet", Open<RequestsPage>("/requests").WaitForElement(".empty").TextContent, StringComparison.Ordinal);
    }

    private static void Fill(IRenderedComponent<AskForMoneyPage> page, string number, string name, string amount)
    {
        page.WaitForElement("#number").Change(number);
        page.Find("#name").Change(name);
        page.Find("#amount").Input(amount);
        page.Find("#text").Change("Dinner");
    }

    private static void Press(IRenderedComponent<RequestPage> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent == text).Click();

    private IRenderedComponent<RequestPage> OpenRequest(PaymentRequest request)
    {
        Navigation.NavigateTo("/requests/" + request.Id);
        _ = Overlays;
        return Render<RequestPage>(parameters => parameters.Add(page => page.RequestId, request.Id));
    }

    private AskForMoney Ask(Account to, Account from, decimal amount, string name) => new(
        Bank.NextKey(),
        to.Id,
        new TransferTarget.Someone(from.Number.Digits, name),
        Money.Of(amount, Currency.Usd),
        "Pay <b>now</b>",
        PaymentRequests.Today.AddDays(7),
        IsNameConfirmed: false);

    private async Task<(Account Mine, PaymentRequest Request)> RequestToAnnAsync(decimal amount)
    {
        var mine = await Bank.OpenAsync(Ann, 100);
        var bens = await Bank.OpenAsync(Ben);
        return (mine, (await PaymentRequests.AskAsync(Ben, Ask(bens, mine, amount, "Ann Archer"))).Value);
    }
}
