using BankPortal.Web.Features.Analytics;

namespace BankPortal.Tests.Analytics;

public sealed class DashboardPageTests : BankPageContext
{
    [Fact]
    public void Open_NewCustomer_HasAnAccountAndSeesWhatToDo()
    {
        var page = Render<DashboardPage>();

        var account = Assert.Single(page.FindAll(".dash-account"));
        Assert.Contains("Checking", account.TextContent);
        Assert.Contains("$0.00", page.Find(".dash-total").TextContent);
        Assert.Contains("Your account is ready", page.Find(".empty-title").TextContent);
        Assert.Equal("/transactions/deposit", page.Find(".empty a.btn-primary").GetAttribute("href"));
        Assert.Equal(10, page.Find(".empty [data-copy]").GetAttribute("data-copy")!.Length);
        Assert.Empty(page.FindAll(".chart"));
    }

    [Fact]
    public async Task Open_TwoAccounts_ShowsBalancesTotalAndRecentActivity()
    {
        var checking = await Bank.OpenAsync(Ann, 1_200, nickname: "Everyday");
        await Bank.OpenAsync(Ann, 300, AccountType.Savings);
        await Bank.PostAsync(checking, -45.5m, "Groceries", TransferKind.Purchase);

        var page = Render<DashboardPage>();

        Assert.Contains("$1,454.50", page.Find(".dash-total .amount").TextContent);
        Assert.Contains("Total over 2 accounts", page.Find(".dash-total").TextContent);
        Assert.Equal(["Everyday", "Savings"], page.FindAll(".dash-account-link").Select(link => link.TextContent));
        Assert.Contains("$1,154.50", page.FindAll(".dash-account")[0].TextContent);
        var rows = page.FindAll(".entry-list tbody tr");
        Assert.Equal(3, rows.Count);
        Assert.Contains("Groceries", rows[0].TextContent);
        Assert.Contains("−$45.50", rows[0].TextContent);
        Assert.Contains("Everyday", rows[0].TextContent);
        var tiles = page.FindAll(".stat");
        Assert.Contains("$1,500.00", tiles[0].TextContent);
        Assert.Contains("$45.50", tiles[1].TextContent);
        Assert.Contains("$45.50 more than by this day last month", tiles[1].TextContent);
    }

    [Fact]
    public async Task Open_HeldTransfer_ShowsWhatIsAvailable()
    {
        var account = await Bank.OpenAsync(Ann, 500);
        var other = await Bank.OpenAsync(Ben);
        await Bank.Ledger.ExecuteAsync(Orders.Transfer(account, other, 200) with { Hold = true });

        var page = Render<DashboardPage>();

        Assert.Contains("Available", page.Find(".dash-account").TextContent);
        Assert.Contains("$300.00", page.Find(".dash-account").TextContent);
    }

    [Fact]
    public async Task Transfer_FromAnotherBrowser_ChangesThePageByItself()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var page = Render<DashboardPage>();
        Assert.Contains("$100.00", page.Find(".dash-total .amount").TextContent);

        Bank.Time.Advance(TimeSpan.FromSeconds(65));
        await Bank.Transfers.DepositAsync(Ann, "d", account.Id, Money.Of(25, Currency.Usd), "Birthday");

        page.WaitForAssertion(() =>
        {
            Assert.Contains("$125.00", page.Find(".dash-total .amount").TextContent);
            Assert.Contains("Birthday", page.Find(".entry-list tbody tr").TextContent);
            Assert.Contains("plus 25.00 USD", page.Find("[role=status] p").TextContent);
            Assert.Contains("3:01:05", page.Find(".dash-updated").TextContent);
        });
    }

    [Fact]
    public async Task Transfer_StoreFailsMeanwhile_KeepsTheFiguresAndSaysTheyAreOld()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        var page = Render<DashboardPage>();
        AccountDays.NextReadFails = new LedgerUnavailableException();

        await Bank.Transfers.DepositAsync(Ann, "d", account.Id, Money.Of(25, Currency.Usd), "");
        page.WaitForAssertion(() => Assert.Contains("cannot update", page.Find(".note-attention").TextContent));
        Assert.Contains("$100.00", page.Find(".dash-total .amount").TextContent);

        page.Find(".note-attention button").Click();
        page.WaitForAssertion(() => Assert.Contains("$125.00", page.Find(".dash-total .amount").TextContent));
        Assert.Empty(page.FindAll(".note-attention"));
    }

    [Fact]
    public async Task Transfer_OfSomebodyElse_IsNotReadFor()
    {
        await Bank.OpenAsync(Ann, 100);
        var bens = await Bank.OpenAsync(Ben, 100);
        Render<DashboardPage>();
        var reads = AccountDays.Reads;

        await Bank.PostAsync(bens, 5);
        Bank.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(reads, AccountDays.Reads);
    }

    [Fact]
    public async Task Charts_Switches_ChangeWhatIsShown()
    {
        await Bank.OpenAsync(Ann, 1_200, nickname: "Everyday");
        var savings = await Bank.OpenAsync(Ann, 300, AccountType.Savings);
        await Bank.PostAsync(savings, -10, "Fee", TransferKind.Fee);
        var page = Render<DashboardPage>();
        Assert.Contains("Fees with $10.00", page.Find(".dash-spending .chart-canvas").GetAttribute("aria-label"));

        page.FindAll(".dash-balance .segmented button").Single(b => b.TextContent == "By account").Click();
        page.FindAll(".dash-spending .segmented button").Single(b => b.TextContent == "6 months").Click();
        Assert.Equal(
            ["Balance by account", "Income and spending"],
            page.FindAll(".chart-title").Select(t => t.FirstChild!.TextContent).Order(StringComparer.Ordinal)
        );

        page.Find(".dash-balance .chart-toggle").Click();
        Assert.Equal(["Date", "Everyday", "Savings"], page.FindAll(".dash-balance thead th").Select(th => th.TextContent.Split(' ')[0]));
        Assert.Contains("$290.00", page.Find(".dash-balance tbody tr:last-child").TextContent);

        page.FindAll(".dash-balance .segmented button").Single(b => b.TextContent == "1 year").Click();
        Assert.Equal(
            "true",
            page.FindAll(".dash-balance .segmented button").Single(b => b.TextContent == "1 year").GetAttribute("aria-pressed")
        );
    }

    [Fact]
    public async Task Leave_Page_StopsWatching()
    {
        var account = await Bank.OpenAsync(Ann, 100);
        Render<DashboardPage>();
        await DisposeComponentsAsync();
        var reads = AccountDays.Reads;

        await Bank.PostAsync(account, 5);

        Assert.Equal(reads, AccountDays.Reads);
    }
}
