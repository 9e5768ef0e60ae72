using BankPortal.Core.Analytics.Categories;
using BankPortal.Web.Features.Analytics.Budgets;
using BankPortal.Web.Features.Analytics.Categories;
using BankPortal.Web.Features.Analytics.Reports;
using BankPortal.Web.Features.Ledger.History;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Analytics;

public sealed class AnalyticsPagesTests : BankPageContext
{
    [Fact]
    public void Analytics_NewCustomer_SaysThereIsNothingYet()
    {
        var page = Render<AnalyticsPage>();

        Assert.Contains("No figures yet", page.Find(".empty-title").TextContent);
    }

    [Fact]
    public async Task Analytics_SomeSpending_ShowsChartsWithTablesAndLinks()
    {
        var account = await Bank.OpenAsync(Ann, 500);
        await Bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);
        await Bank.PostAsync(account, -90, "Greenleaf Market", TransferKind.Purchase);

        var page = Render<AnalyticsPage>();

        var row = page.FindAll("section[aria-label='Spending by category'] tbody tr")[0];
        Assert.Contains("Groceries", row.TextContent);
        Assert.Contains("$90.00", row.TextContent);
        Assert.Contains("category=groceries", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("Groceries with $90.00", page.Find(".chart-canvas").GetAttribute("aria-label"));
        Assert.Equal(4, page.FindAll(".chart").Count);
    }

    [Fact]
    public async Task Analytics_PaymentElsewhere_ChangesTheFiguresByItself()
    {
        var account = await Bank.OpenAsync(Ann, 500);
        var page = Render<AnalyticsPage>();
        Assert.Contains("Nothing spent", page.Markup);

        Bank.Time.Advance(TimeSpan.FromSeconds(2));
        await Bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);

        page.WaitForAssertion(() => Assert.Contains("Eating out", page.Markup));
    }

    [Theory]
    [InlineData("?from=2026-03&to=2026-01", "The last month is before the first one.")]
    [InlineData("?from=rubbish", "Enter a month, such as 2026-11.")]
    [InlineData("?from=9998-01&to=9998-02", "This month has not begun yet.")]
    public void Analytics_ImpossiblePeriod_SaysSoNextToTheField(string query, string sentence)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/analytics" + query);

        var page = Render<AnalyticsPage>();

        Assert.Contains(sentence, page.Find(".field-error[role=alert]").TextContent);
    }

    [Fact]
    public async Task Report_OfAMonth_HasTablesAndNoCharts()
    {
        var account = await Bank.OpenAsync(Ann, 500);
        await Bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);
        var today = Bank.Rules.DayOf(Bank.Time.GetUtcNow());

        var page = Render<ReportPage>(p => p.Add(r => r.Year, today.Year).Add(r => r.Month, today.Month));

        Assert.Empty(page.FindAll(".chart"));
        Assert.NotNull(page.Find("[data-print]"));
        Assert.Contains("Eating out", page.Markup);
    }

    [Theory]
    [InlineData(2026, 13)]
    [InlineData(0, 1)]
    [InlineData(99999, null)]
    public void Report_NoSuchMonth_SaysSo(int year, int? month)
    {
        var page = Render<ReportPage>(p => p.Add(r => r.Year, year).Add(r => r.Month, month));

        Assert.Contains("There is no such report", page.Find(".empty-title").TextContent);
    }

    [Fact]
    public async Task Category_AllLikeIt_SticksAndTheHistoryFindsBoth()
    {
        var account = await Bank.OpenAsync(Ann, 500);
        var posted = await Bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);
        await Bank.PostAsync(account, -12, "Noodle House", TransferKind.Purchase);
        var page = Render<TransactionCategoryPage>(p => p.Add(c => c.Id, posted.Id));
        Assert.Equal("Eating out", page.Find(".category-now").TextContent);

        page.Find("select[name=category]").Change("travel");
        page.Find("input[value=all]").Change("all");
        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Equal("Travel", page.Find(".category-now").TextContent));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/transactions/history?category=travel");
        var history = Render<HistoryListPage>();
        Assert.Equal(2, history.FindAll(".entry-list tbody tr").Count);
        Assert.Contains("Travel", history.Find(".history-active").TextContent);
    }

    [Fact]
    public async Task Split_MoreThanTheAmount_IsRefusedAtTheField()
    {
        var account = await Bank.OpenAsync(Ann, 500);
        var posted = await Bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);
        var page = Render<TransactionCategoryPage>(p => p.Add(c => c.Id, posted.Id));

        page.Find("input[name=part]").Input("31");
        page.FindAll("form")[1].Submit();
        Assert.Contains("Enter less than $30.00.", page.Find(".field-error[role=alert]").TextContent);

        page.Find("input[name=part]").Input("10");
        page.Find("select[name=part-category]").Change("groceries");
        page.FindAll("form")[1].Submit();
        page.WaitForAssertion(() => Assert.Equal("Eating out $20.00, Groceries $10.00", page.Find(".category-now").TextContent));
    }

    [Fact]
    public async Task Category_OfSomebodyElse_IsNotShown()
    {
        var posted = await Bank.PostAsync(await Bank.OpenAsync(Ben, 500), -30, "Noodle House", TransferKind.Purchase);

        var page = Render<TransactionCategoryPage>(p => p.Add(c => c.Id, posted.Id));

        Assert.Contains("has no category", page.Find(".empty-title").TextContent);
        Assert.DoesNotContain("Noodle", page.Markup);
    }

    [Fact]
    public void Rules_TextThatMatchesEverything_IsRefusedAtTheField()
    {
        var page = Render<CategoriesPage>();

        page.Find("input[name=text]").Change("*");
        page.Find("form").Submit();

        Assert.Contains("at least three letters", page.Find(".field-error[role=alert]").TextContent);
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("0")]
    public async Task Budget_NotAboveZero_IsRefusedAtTheField(string amount)
    {
        await Bank.OpenAsync(Ann, 500);
        var page = Render<BudgetsPage>();

        page.Find("select[name=category]").Change("dining");
        page.Find("input[name=budget]").Input(amount);
        page.Find("form").Submit();

        Assert.NotEmpty(page.Find(".field-error[role=alert]").TextContent);
        Assert.Empty((await Books.ReadAsync("ann")).Budgets);
    }

    [Fact]
    public async Task Budget_Reached_SaysSoByItself()
    {
        var account = await Bank.OpenAsync(Ann, 500);
        var page = Render<BudgetsPage>();
        page.Find("select[name=category]").Change("dining");
        page.Find("input[name=budget]").Input("100");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("$100.00 left", page.Find(".budget").TextContent));

        Bank.Time.Advance(TimeSpan.FromSeconds(2));
        await Bank.PostAsync(account, -120, "Noodle House", TransferKind.Purchase);

        page.WaitForAssertion(() => Assert.Contains("Over budget", page.Find(".budget").TextContent));
        Assert.Contains("$20.00 more than planned", page.Find(".budget").TextContent);
    }

    [Fact]
    public async Task Goal_SavedForAutomatically_ShowsItsTransferAndAsksWhenItIsRemoved()
    {
        await Bank.OpenAsync(Ann, 500);
        var savings = await Bank.OpenAsync(Ann, 0, AccountType.Savings);
        var today = Bank.Rules.DayOf(Bank.Time.GetUtcNow());
        await Services.GetRequiredService<CategoryService>().AddGoalAsync(
            Ann, "Bicycle", Money.Of(600, Currency.Usd), savings.Id, today.AddMonths(6));
        var page = Render<BudgetsPage>();

        page.Find("button[aria-label='Save for Bicycle automatically']").Click();
        Assert.Equal("100.00", page.Find("input[name=transfer-amount]").GetAttribute("value"));
        page.Find("input[name=transfer-amount]").Input("-5");
        page.Find("form[aria-label='Save for Bicycle each month']").Submit();
        Assert.NotEmpty(page.Find("form[aria-label='Save for Bicycle each month'] .field-error[role=alert]").TextContent);
        page.Find("input[name=transfer-amount]").Input("100");
        page.Find("form[aria-label='Save for Bicycle each month']").Submit();

        page.WaitForAssertion(() => Assert.Contains("$100.00 a month from", page.Find(".budget").TextContent));
        Assert.Contains("next on", page.Find(".budget").TextContent);
        var order = Assert.Single(await StandingOrders.ListAsync(Ann)).Order;
        Assert.Contains(order.Id, page.Find("a[aria-label='Standing order for Bicycle']").GetAttribute("href"));

        page.Find("button[aria-label='Pause the transfer for Bicycle']").Click();
        page.WaitForAssertion(() => Assert.Contains("Paused", page.Find(".budget").TextContent));
        page.Find("button[aria-label='Resume the transfer for Bicycle']").Click();
        page.WaitForAssertion(() => Assert.Contains("next on", page.Find(".budget").TextContent));

        page.Find("button[aria-label='Remove the goal Bicycle']").Click();
        Assert.Contains("What should become of the transfer?", page.Find(".goal-question").TextContent);
        page.Find(".goal-question .btn-primary").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".budget")));
        Assert.True((await StandingOrders.ListAsync(Ann))[0].Order.IsOver);
    }
}
