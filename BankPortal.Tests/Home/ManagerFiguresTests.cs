using BankPortal.Core.Analytics.Days;
using BankPortal.Web.Features.Home;

namespace BankPortal.Tests.Home;

/// <summary>The figures on a manager's start page.</summary>
public sealed class ManagerFiguresTests : BankPageContext
{
    public ManagerFiguresTests() => SignInStaff("meg", "Meg Moss", BankRoles.Manager);

    [Fact]
    public void Figures_NoDayClosed_SayThatThereIsNoneAndShowNoNumberInstead()
    {
        var page = Render<ManagerFigures>();

        page.WaitForAssertion(() => Assert.Equal(5, page.FindAll(".figure-tile").Count));
        Assert.Equal(4, page.FindAll(".figure-missing").Count);
        Assert.Contains("it comes when the days before today are closed", Tile(page, "Total deposits").TextContent, StringComparison.Ordinal);
        Assert.Contains("the bank has no loans", Tile(page, "Loans outstanding").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("svg.sparkline"));
    }

    [Fact]
    public void Figures_EachOne_LeadsToTheReportBehindIt()
    {
        var page = Render<ManagerFigures>();

        page.WaitForAssertion(() => Assert.Equal(
            [
                "/reports/shipped/deposit-growth", "/reports/shipped/deposit-growth", "/reports/shipped/customer-acquisition",
                "/reports/shipped/loan-performance", "/reports/shipped/liquidity",
            ],
            page.FindAll(".figure-tile a").Select(link => link.GetAttribute("href"))));
        Assert.Equal("/reports/shipped/transaction-mix", page.Find(".figures-more a").GetAttribute("href"));
    }

    [Fact]
    public async Task Figures_ClosedDays_ShowValueComparisonAndTrend()
    {
        var now = Bank.Time.GetUtcNow();
        var opened = now.AddDays(-70);
        var account = (await Bank.Accounts.OpenForAsync(
            Actor.System, "ann", new OpenAccount("first", AccountType.Checking), null, opened)).Value;
        await Bank.PostAsync(account, 1_000, kind: TransferKind.Deposit, at: opened.AddHours(1));
        await Bank.PostAsync(account, 250, kind: TransferKind.Deposit, at: now.AddDays(-1));
        var today = Bank.Rules.DayOf(now);
        await BankDays.CloseAsync(
            new BankDayCounter(Bank.Store, Bank.Store, Bank.Rules), Bank.Rules, Bank.Rules.DayOf(opened), today.AddDays(-1));
        await Bank.PostAsync(account, -40, kind: TransferKind.Purchase);

        var page = Render<ManagerFigures>();

        page.WaitForAssertion(() => Assert.Contains("$1,210.00", Tile(page, "Total deposits").TextContent, StringComparison.Ordinal));
        Assert.Contains("than at the end of last month", Tile(page, "Total deposits").TextContent, StringComparison.Ordinal);
        Assert.Contains("$40.00", Tile(page, "Money in and out today").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll("svg.sparkline[role=img]").Count);
        Assert.All(page.FindAll("svg.sparkline"), line => Assert.NotEmpty(line.GetAttribute("aria-label")!));
    }

    [Fact]
    public void Figures_OfOtherModules_AreShownWhenThereAreSome()
    {
        ManagerHeadlines.Figures["loan-performance"] =
            new ManagerHeadline("Outstanding", "$12,000.00", "PAR30 2.1 %.", [1, 2], "Outstanding by month.", null);

        var page = Render<ManagerFigures>();

        page.WaitForAssertion(() => Assert.Contains("$12,000.00", Tile(page, "Outstanding").TextContent, StringComparison.Ordinal));
        Assert.Contains("PAR30 2.1 %", Tile(page, "Outstanding").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void HoldNote_WhileHistoryIsLoaded_ShowsHowFarItIsAndGoes()
    {
        JobHold.Reason = "Demo history: 64 %";

        var page = Render<JobHoldNote>();

        page.WaitForAssertion(() => Assert.Contains("Demo history: 64 %", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        JobHold.Reason = null;
        Bank.Time.Advance(TimeSpan.FromSeconds(4));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[role=status]")));
    }

    private static AngleSharp.Dom.IElement Tile(IRenderedComponent<ManagerFigures> page, string label) =>
        page.FindAll(".figure-tile").Single(tile => tile.QuerySelector(".stat-label")!.TextContent == label);
}
