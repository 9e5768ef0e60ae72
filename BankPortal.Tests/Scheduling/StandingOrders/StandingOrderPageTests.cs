using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Scheduling.StandingOrders;
using BankPortal.Web.Features.Scheduling.StandingOrders;

namespace BankPortal.Tests.Scheduling.StandingOrders;

public sealed class StandingOrderPageTests : BankPageContext
{
    [Fact]
    public async Task Create_ToSomebodyNew_IsReviewedWithItsDatesAndSetUpOnce()
    {
        await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<StandingOrderFormPage>(WithKey("/standing-orders/new", out _));
        Fill(page, bens.Number.Digits, "Ben Baker", "120", "2026-03-31");
        page.Find("form").Submit();

        var review = page.WaitForElement("form[aria-labelledby=review-title]");
        Assert.Contains("Every month on the last day", review.TextContent, StringComparison.Ordinal);
        Assert.Equal(6, page.FindAll(".order-date").Count);
        Assert.NotEmpty(page.FindAll(".note-positive"));
        page.Find("form[aria-labelledby=review-title]").Submit();

        page.WaitForAssertion(() => Assert.Matches("/standing-orders/[0-9A-Z]{20}$", Navigation.Uri));
        var order = Assert.Single(await StandingOrderStore.ListAsync("ann"));
        Assert.Equal((120_00, "Ben Baker", 31), (order.Amount.MinorUnits, order.PayeeName, order.Schedule.Day));
    }

    [Fact]
    public async Task Create_DayThatIsNotInTheCalendar_SaysSoAtTheField()
    {
        await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<StandingOrderFormPage>(WithKey("/standing-orders/new", out _));
        Fill(page, bens.Number.Digits, "Ben Baker", "120", "2027-02-31");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("February 2027 has only 28 days", page.Find("#first-error").TextContent, StringComparison.Ordinal));
        page.Find("#first").Change("2026-03-02");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("tomorrow or a later day", page.Find("#first-error").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", page.Find("#first").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Create_NewPayee_LeadsToConfirmingThatOrder()
    {
        Bank.ConfirmationStore.AsksForCodes = true;
        await Bank.OpenAsync(Ann, 500);
        var bens = await Bank.OpenAsync(Ben);
        var page = Open<StandingOrderFormPage>(WithKey("/standing-orders/new", out var key));
        Fill(page, bens.Number.Digits, "Ben Baker", "120", "2026-03-31");
        page.Find("form").Submit();
        page.WaitForElement("form[aria-labelledby=review-title]").Submit();

        page.WaitForAssertion(() => Assert.Contains("&returnUrl=%2Fstanding-orders%2Fnew", Navigation.Uri, StringComparison.Ordinal));
        var asked = Assert.Single(Bank.ConfirmationStore.Rows);
        Assert.Contains("/identity/verify?confirm=" + asked.Id, Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal((Money.Of(120, Currency.Usd), "Ben Baker", bens.Number.Grouped), (asked.Amount, asked.PayeeName, asked.PayeeNumber));
        Assert.Contains("Every month on the last day", asked.Dates, StringComparison.Ordinal);
        JSInterop.VerifyInvoke("bankPortal.keepDraft");
        Assert.Contains(key, Navigation.Uri, StringComparison.Ordinal);
        Assert.Empty(await StandingOrderStore.ListAsync("ann"));
    }

    [Fact]
    public async Task Details_SkipPauseResumeAndCancel_AskAndChangeTheOrder()
    {
        var order = await OrderAsync();
        var page = Open<StandingOrderPage>("/standing-orders/" + order.Id, parameters => parameters.Add(p => p.OrderId, order.Id));

        page.WaitForElement("#next-dates");
        Press(page, "Skip the next payment");
        Confirm("Skip it");
        page.WaitForAssertion(() => Assert.Contains("Skipped", page.Find("table").TextContent, StringComparison.Ordinal));
        Press(page, "Pause");
        page.WaitForAssertion(() => Assert.Contains("Paused", page.Find(".facts").TextContent, StringComparison.Ordinal));
        Press(page, "Resume");
        page.WaitForAssertion(() => Assert.Contains("Active", page.Find(".facts").TextContent, StringComparison.Ordinal));
        Press(page, "Cancel standing order");
        Confirm("Cancel standing order");
        page.WaitForAssertion(() => Assert.Contains("Cancelled", page.Find(".facts").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent == "Pause");
    }

    [Fact]
    public async Task Edit_RaisedForANewPayee_IsConfirmedFirstAndThenSaved()
    {
        var order = await OrderAsync();
        Bank.ConfirmationStore.AsksForCodes = true;
        var address = WithKey("/standing-orders/" + order.Id + "/edit", out _);
        var page = Open<StandingOrderFormPage>(address, parameters => parameters.Add(p => p.OrderId, order.Id));
        page.WaitForElement("#amount").Input("75");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.TextContent == "Confirm this standing order"));

        // Sent again without a code, as after coming back from the other page: asked again, and nobody is sent away by themselves.
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), button => button.TextContent == "Confirm this standing order"));
        Assert.Equal(50, (await StandingOrderStore.FindAsync("ann", order.Id))!.Amount.Amount);
        page.FindAll("button").Single(button => button.TextContent == "Confirm this standing order").Click();
        page.WaitForAssertion(() => Assert.Contains("/identity/verify?confirm=", Navigation.Uri, StringComparison.Ordinal));
        var asked = Assert.Single(Bank.ConfirmationStore.Rows);
        await Bank.Confirmations.ConfirmAsync("ann", "session-ann", asked.Id, ConfirmationFactor.Authenticator);

        page = Open<StandingOrderFormPage>(address, parameters => parameters.Add(p => p.OrderId, order.Id));
        page.WaitForElement("#amount").Input("75");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.EndsWith("/standing-orders/" + order.Id, Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(75, (await StandingOrderStore.FindAsync("ann", order.Id))!.Amount.Amount);
    }

    [Fact]
    public async Task Edit_AmountAlone_LeavesTheDatesAsTheyAre()
    {
        var order = await OrderAsync();
        var page = Open<StandingOrderFormPage>(
            WithKey("/standing-orders/" + order.Id + "/edit", out _), parameters => parameters.Add(p => p.OrderId, order.Id));
        page.WaitForElement("#amount").Input("75");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.EndsWith("/standing-orders/" + order.Id, Navigation.Uri, StringComparison.Ordinal));
        var changed = (await StandingOrderStore.FindAsync("ann", order.Id))!;
        Assert.Equal((75_00, order.Schedule, order.NextDate), (changed.Amount.MinorUnits, changed.Schedule, changed.NextDate));
    }

    [Fact]
    public async Task Pages_NothingThereOrNotOnesOwn_SayWhatToDo()
    {
        Assert.Contains("Set up the first one", Open<StandingOrdersPage>("/standing-orders").WaitForElement(".empty").TextContent, StringComparison.Ordinal);
        var order = await OrderAsync();
        Assert.Contains("Ben Baker", Open<StandingOrdersPage>("/standing-orders").WaitForElement(".order-line").TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "could not find",
            Open<StandingOrderPage>("/standing-orders/x", parameters => parameters.Add(p => p.OrderId, DerivedId.Random())).WaitForElement(".empty").TextContent,
            StringComparison.Ordinal);
        Assert.NotNull(order);
    }

    private static void Fill(IRenderedComponent<StandingOrderFormPage> page, string number, string name, string amount, string first)
    {
        page.WaitForElement("#number").Change(number);
        page.Find("#name").Change(name);
        page.Find("#amount").Input(amount);
        page.Find("#first").Change(first);
    }

    private static void Press(IRenderedComponent<StandingOrderPage> page, string text) =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text).Click();

    private void Confirm(string text) =>
        Overlays.WaitForElement(".dialog-actions .btn:last-child", TimeSpan.FromSeconds(5)).ParentElement!.QuerySelectorAll("button")
            .First(button => button.TextContent.Trim() == text).Click();

    private IRenderedComponent<TPage> Open<TPage>(string address, Action<ComponentParameterCollectionBuilder<TPage>> parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        Navigation.NavigateTo(address);
        _ = Overlays;
        return Render(parameters);
    }

    private async Task<StandingOrder> OrderAsync()
    {
        var from = await Bank.OpenAsync(Ann, 500);
        var to = await Bank.OpenAsync(Ben);
        var request = new StandingOrderRequest(
            Bank.NextKey(), from.Id, new TransferTarget.Someone(to.Number.Digits, "Ben Baker"), Money.Of(50, Currency.Usd), "Rent",
            PaymentSchedule.Monthly(new DateOnly(2026, 3, 31)));
        var ann = Ann with { SecondFactorAt = Bank.Time.GetUtcNow() };
        return (await StandingOrders.CreateAsync(ann, (await StandingOrders.ReviewAsync(ann, request)).Value)).Value;
    }
}
