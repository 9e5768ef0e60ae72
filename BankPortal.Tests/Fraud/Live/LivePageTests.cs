using BankPortal.Web.Features.Fraud.Live;
using Bunit.Extensions.WaitForHelpers;

namespace BankPortal.Tests.Fraud.Live;

/// <summary>The live monitor's page.</summary>
public sealed class LivePageTests : BankPageContext
{
    public LivePageTests() => SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);

    private DateTimeOffset Now => Bank.Time.GetUtcNow();

    [Fact]
    public void Open_NothingHappened_SaysSo()
    {
        var page = OpenLive();

        Assert.Equal("No transactions", page.Find(".empty-title").TextContent);
        Assert.Equal("0", Tile(page, "Transactions"));
        Assert.Equal("–", Tile(page, "Alert rate"));
        Assert.Contains("Live, ", page.Find(".live-age").TextContent);
    }

    [Fact]
    public void Open_LastHourHadTraffic_ShowsItNewestFirstWithFigures()
    {
        Bank.Store.Put(SampleTransfers.Make(1, Now.AddMinutes(-3), 20));
        Bank.Store.Put(SampleTransfers.Make(2, Now.AddSeconds(-30), 12_500, RiskOutcome.Alert, "high-value"));
        Bank.Store.Put(SampleTransfers.Make(3, Now.AddMinutes(-2), 50, RiskOutcome.Hold, "fan-in", FraudScreening.NotAssessable));
        Bank.Store.Put(SampleTransfers.Make(4, Now.AddMinutes(-1.5), 60, RiskOutcome.Block, "blocked-list"));

        var page = OpenLive();

        Assert.Equal(["Alert", "Blocked", "Held", "Allowed"], page.FindAll(".live-table tbody .badge").Select(badge => badge.TextContent));
        Assert.Equal(
            ("1", "12,500", "1", "75.0%"),
            (Tile(page, "Transactions"), Tile(page, "Volume, USD"), Tile(page, "Blocked"), Tile(page, "Alert rate"))
        );
        Until(page, () => Assert.Equal("1", Tile(page, "Held now")));
        Assert.Equal("/fraud/queue", page.Find(".live-queue").GetAttribute("href"));
        Assert.Contains("Many senders, Could not be assessed", page.FindAll("td.live-rules")[2].TextContent);
        Assert.Contains("High value", page.Find(".live-top").TextContent);
        var row = page.Find(".live-table tbody tr");
        Assert.Equal($"/staff/transactions/{SampleTransfers.Make(2, Now).Id}", row.QuerySelector(".live-when a")!.GetAttribute("href"));
        Assert.Equal(
            ["/fraud/accounts/account-a", "/fraud/accounts/account-b"],
            row.QuerySelectorAll(".live-who a").Select(link => link.GetAttribute("href"))
        );
    }

    [Fact]
    public async Task Transfer_WhileOnScreen_AppearsWithoutReload()
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 100), await Bank.OpenAsync(Ben));
        var page = OpenLive();

        var sent = await SendAsync(mine, bens, 30);

        Until(page, () =>
            Assert.Contains(sent.Id, page.Find(".live-table tbody tr .live-when a").GetAttribute("href")!, StringComparison.Ordinal)
        );
        Until(page, () => Assert.Equal("2", Tile(page, "Transactions")));
    }

    [Fact]
    public async Task Pause_WhileTrafficGoesOn_CountsItAndResumeShowsAllOfIt()
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 100), await Bank.OpenAsync(Ben));
        var page = OpenLive();
        Until(page, () => Assert.Single(page.FindAll("tbody .live-when")));

        await ClickAsync(page, "Pause");
        await SendAsync(mine, bens, 1);
        await SendAsync(mine, bens, 2);

        Until(page, () => Assert.Equal("2 new", page.Find(".live-new").TextContent));
        Assert.Single(page.FindAll("tbody .live-when"));
        Until(page, () => Assert.Equal("3", Tile(page, "Transactions")));

        await ClickAsync(page, "Resume");
        Assert.Equal(3, page.FindAll("tbody .live-when").Count);
        Assert.Empty(page.FindAll(".live-new"));
    }

    [Fact]
    public async Task Filters_Chosen_StandInTheAddressAndDecideWhatIsShown()
    {
        for (var i = 0; i < 8; i++)
        {
            Bank.Store.Put(SampleTransfers.Make(i, Now.AddSeconds(-i), 10 * i, (RiskOutcome)(i % 4), i % 4 == 0 ? [] : ["fan-in"]));
        }

        var page = OpenLive();
        Assert.Equal(8, page.FindAll("tbody .live-when").Count);

        await ClickAsync(page, "Held");
        await ClickAsync(page, "Blocked");
        Until(page, () => Assert.Equal(4, page.FindAll("tbody .live-when").Count));
        Assert.EndsWith("/fraud/live?outcome=hold&outcome=block", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("true", Button(page, "Held").GetAttribute("aria-pressed"));

        await ChangeAsync(page, "#live-min", "60");
        Until(page, () => Assert.Equal(2, page.FindAll("tbody .live-when").Count));
        await ChangeAsync(page, "#live-rule", "high-value");
        Until(page, () => Assert.Contains("Nothing in the last hour matches", page.Find(".empty-title").TextContent));
        Assert.EndsWith("?outcome=hold&outcome=block&min=60&rule=high-value", Navigation.Uri, StringComparison.Ordinal);

        await ClickAsync(page, "Held");
        Until(page, () => Assert.EndsWith("?outcome=block&min=60&rule=high-value", Navigation.Uri, StringComparison.Ordinal));
        await ClickAsync(page, "Clear filters");
        Until(page, () => Assert.Equal(8, page.FindAll("tbody .live-when").Count));
        Assert.EndsWith("/fraud/live", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_AddressWithFilters_ShowsOnlyThose()
    {
        Bank.Store.Put(SampleTransfers.Make(1, Now, 10, RiskOutcome.Hold, "fan-in"));
        Bank.Store.Put(SampleTransfers.Make(2, Now, 20, RiskOutcome.Hold, "high-value"));

        var page = OpenLive("?rule=fan-in&outcome=HOLD");

        Assert.Single(page.FindAll("tbody .live-when"));
        Assert.Equal("fan-in", page.Find("#live-rule").GetAttribute("value"));
    }

    [Fact]
    public void Open_FilteredAndOlderThanWhatIsKept_IsReadBack()
    {
        Bank.Store.Put(SampleTransfers.Make(5000, Now.AddMinutes(-30), 10, RiskOutcome.Block));
        for (var i = 0; i < 700; i++)
        {
            Bank.Store.Put(SampleTransfers.Make(i, Now.AddSeconds(-i)));
        }

        var page = OpenLive("?outcome=block");

        Assert.Single(page.FindAll("tbody .live-when"));
    }

    [Fact]
    public async Task Filter_ByAccountNumber_ShowsThatAccount()
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 100), await Bank.OpenAsync(Ben, 50));
        await SendAsync(mine, bens, 5);
        var page = OpenLive();
        Until(page, () => Assert.Equal(3, page.FindAll("tbody .live-when").Count));

        await ChangeAsync(page, "#live-account", " " + bens.Number.Grouped + " ");

        Until(page, () => Assert.Equal(2, page.FindAll("tbody .live-when").Count));
        await ChangeAsync(page, "#live-account", "12");
        Until(page, () => Assert.Equal("There is no such account.", page.Find("#live-account-error").TextContent.Trim()));
        Assert.Empty(page.FindAll("tbody .live-when"));
    }

    [Theory]
    [InlineData("?outcome=nonsense", "There is no such outcome.")]
    [InlineData("?outcome=2", "There is no such outcome.")]
    [InlineData("?min=-5", "Enter an amount without a sign.")]
    [InlineData("?min=%00%27", "Enter an amount without a sign.")]
    [InlineData("?account=../../etc", "There is no such account.")]
    public async Task Open_AddressWithNonsense_SaysWhatIsWrong(string query, string words)
    {
        var page = OpenLive(query);

        Assert.Contains(words, page.Markup, StringComparison.Ordinal);
        Assert.Contains("Please check the filters", page.Markup, StringComparison.Ordinal);
        await ClickAsync(page, "Clear filters");
        Until(page, () => Assert.Equal("No transactions", page.Find(".empty-title").TextContent));
    }

    [Fact]
    public async Task MinimumAmount_Nonsense_IsRefusedAtTheField()
    {
        var page = OpenLive();

        await ChangeAsync(page, "#live-min", "a lot");

        Until(page, () => Assert.Equal("true", page.Find("#live-min").GetAttribute("aria-invalid")));
        Assert.EndsWith("/fraud/live", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Ledger_CannotBeRead_SaysItIsCatchingUpAndMendsItself()
    {
        Bank.Store.FailFeeds(int.MaxValue);
        Bank.Store.Put(SampleTransfers.Make(1, Now));

        var page = OpenLive();
        Assert.Contains("Catching up", page.Find(".live-age").TextContent);
        Assert.Contains("cannot read the last hour", page.Find(".note").TextContent);

        Bank.Store.FailFeeds(0);
        Until(page, () => Assert.Single(page.FindAll("tbody .live-when")));
        Until(page, () => Assert.Empty(page.FindAll(".note")));
    }

    [Fact]
    public async Task Announcement_ForThoseWhoListen_IsASummaryNowAndThen()
    {
        var (mine, bens) = (await Bank.OpenAsync(Ann, 100), await Bank.OpenAsync(Ben));
        var page = OpenLive();
        await SendAsync(mine, bens, 1);
        await SendAsync(mine, bens, 2);

        Until(page, () =>
            Assert.StartsWith("2 new transactions, none flagged.", page.Find("[role=status]").TextContent, StringComparison.Ordinal)
        );
        Assert.Empty(page.Find(".live-list").QuerySelectorAll("[aria-live]"));
    }

    [Fact]
    public void Leaving_ThePage_EndsTheWatching()
    {
        var page = OpenLive();
        Assert.Equal(1, Monitor.WatcherCount);

        page.Instance.Dispose();

        Assert.Equal(0, Monitor.WatcherCount);
    }

    [Theory]
    [InlineData(BankRoles.Customer), InlineData(BankRoles.Compliance), InlineData(BankRoles.Manager)]
    public async Task Open_ByOthers_IsRefusedOnTheServer(string role)
    {
        await Bank.OpenAsync(Ann, 4321);
        SignInStaff("ann", "Ann Archer", role);

        // Past the page's policy, as a tampered circuit might.
        var page = Open<LivePage>("/fraud/live");

        Assert.Contains("no access", page.Find(".empty-title").TextContent);
        Assert.DoesNotContain("4,321", page.Markup, StringComparison.Ordinal);
        Assert.Equal(0, Monitor.WatcherCount);
    }

    // Found and used in one go: the page renders by itself, and an element found before may be gone.
    private static Task ClickAsync(IRenderedComponent<LivePage> page, string text) => page.InvokeAsync(() => Button(page, text).Click());

    private static Task ChangeAsync(IRenderedComponent<LivePage> page, string selector, string value) =>
        page.InvokeAsync(() => page.Find(selector).Change(value));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<LivePage> page, string text) =>
        page.FindAll("button").First(button => button.TextContent.Trim() == text);

    private static string Tile(IRenderedComponent<LivePage> page, string label) =>
        page.FindAll(".stat")
            .Single(tile => tile.QuerySelector(".stat-label")!.TextContent == label)
            .QuerySelector(".stat-value")!
            .TextContent.Trim();

    private IRenderedComponent<LivePage> OpenLive(string query = "")
    {
        var page = Open<LivePage>("/fraud/live" + query);
        page.WaitForElement(".live-tiles .live-queue", TimeSpan.FromMinutes(1));
        return page;
    }

    private async Task<Transfer> SendAsync(Account from, Account to, decimal amount) => (await Bank.Ledger.ExecuteAsync(new TransferOrder
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = Guid.NewGuid().ToString("N"),
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = LedgerWorld.Usd(amount),
        DuplicateConfirmed = true,
    })).Value;

    // The monitor works on threads of its own, by the clock of the test: it is moved on until what is awaited is there.
    private void Until(IRenderedComponent<LivePage> page, Action assertion)
    {
        for (var i = 0; ; i++)
        {
            Bank.Time.Advance(TimeSpan.FromMilliseconds(200));
            try
            {
                page.WaitForAssertion(assertion, TimeSpan.FromMilliseconds(50));
                return;
            }
            catch (WaitForFailedException) when (i < 250)
            {
                // Not yet.
            }
        }
    }
}
