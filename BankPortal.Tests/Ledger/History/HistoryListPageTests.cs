using BankPortal.Web.Features.Ledger.History;

namespace BankPortal.Tests.Ledger.History;

public sealed class HistoryListPageTests : BankPageContext
{
    private const string Address = "/transactions/history";

    [Fact]
    public async Task Open_NothingPosted_SaysWhatToDo()
    {
        await Bank.OpenAsync(Ann);

        var page = Open<HistoryListPage>(Address);

        Assert.Contains("No transactions yet", page.Find(".empty-title").TextContent);
        Assert.Empty(page.FindAll("a[download]"));
    }

    [Fact]
    public async Task Open_FiltersInTheAddress_ShowsWhatPassesThem()
    {
        var account = await SceneAsync();

        var page = Open<HistoryListPage>(
            $"{Address}?q=caf%C3%A9&account={account.Id}&kind=purchase&dir=out&min=5&max=20&from=2026-03-01&to=2026-03-31"
        );

        Assert.Equal(["Cafe Luna"], Titles(page));
        Assert.Equal(
            ["“café”", account.Label, "Money out", "Card purchase", "Mar 1, 2026 to Mar 31, 2026", "5.00 to 20.00"],
            page.FindAll(".chip-remove").Select(c => c.TextContent.Trim())
        );
        var download = page.Find("a[download]").GetAttribute("href")!;
        Assert.StartsWith("/transactions/history.csv?q=caf%C3%A9&account=", download, StringComparison.Ordinal);
        Assert.EndsWith("&dir=out&min=5&max=20&from=2026-03-01&to=2026-03-31", download, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Type_InTheSearchBox_SearchesAfterAPauseAndPutsItInTheAddress()
    {
        await SceneAsync();
        var page = Open<HistoryListPage>(Address);
        Assert.Equal(3, Titles(page).Count);

        page.Find("input[type=search]").Input("re");
        page.Find("input[type=search]").Input("rent");
        Assert.DoesNotContain("q=", Navigation.Uri, StringComparison.Ordinal);
        Bank.Time.Advance(TimeSpan.FromSeconds(1));

        page.WaitForAssertion(() => Assert.Equal(["Rent"], Titles(page)));
        Assert.EndsWith("?q=rent", Navigation.Uri, StringComparison.Ordinal);
        Assert.Single(Navigation.History, entry => entry.Uri.Contains("q=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Choose_Filters_ChangeTheAddressAndTheList()
    {
        await SceneAsync();
        var page = Open<HistoryListPage>(Address);

        Button(page, ".history-group button", "Money in").Click();
        page.WaitForAssertion(() => Assert.Equal(["Wages"], Titles(page)));
        Button(page, ".history-group button", "All").Click();
        Button(page, ".chip", "Card purchase").Click();
        Button(page, ".chip", "Payment").Click();
        page.WaitForAssertion(() => Assert.Equal(["Rent", "Cafe Luna"], Titles(page)));
        Assert.EndsWith("?kind=purchase&kind=payment", Navigation.Uri, StringComparison.Ordinal);

        page.FindAll(".history-group input.num")[0].Change("1,000.00");
        page.WaitForAssertion(() => Assert.Contains("Nothing matches", page.Find(".empty-title").TextContent));
        Assert.EndsWith("&min=1000", Navigation.Uri, StringComparison.Ordinal);

        Button(page, ".empty button", "Clear filters").Click();
        page.WaitForAssertion(() => Assert.Equal(3, Titles(page).Count));
        Assert.EndsWith(Address, Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Type_AmountThatIsNone_SaysSoAndKeepsTheList()
    {
        await SceneAsync();
        var page = Open<HistoryListPage>(Address);

        page.FindAll(".history-group input.num")[1].Change("ten");

        Assert.Contains("Enter an amount", page.Find(".field-invalid .field-error").TextContent);
        Assert.Equal("ten", page.FindAll(".history-group input.num")[1].GetAttribute("value"));
        Assert.Equal(3, Titles(page).Count);
    }

    [Theory]
    [InlineData("?min=-5", "Enter the amount without a sign.")]
    [InlineData("?max=abc", "Enter an amount such as 1234.56.")]
    [InlineData("?min=99999999999999999999", "Enter an amount such as 1234.56.")]
    public async Task Open_InvalidAmount_SaysWhatIsWrongWithIt(string query, string sentence)
    {
        await SceneAsync();

        var page = Open<HistoryListPage>(Address + query);

        Assert.Contains(sentence, page.Find(".history-filters").TextContent);
    }

    [Theory]
    [InlineData("?min=abc")]
    [InlineData("?min=10&max=5")]
    [InlineData("?from=2026-13-45")]
    [InlineData("?from=0001-01-01")]
    [InlineData("?to=9999-12-31")]
    [InlineData("?from=2026-03-05&to=2026-03-01")]
    [InlineData("?kind=bribe")]
    [InlineData("?kind=3")]
    [InlineData("?dir=sideways")]
    [InlineData("?sort=random")]
    [InlineData("?days=holidays")]
    public async Task Open_InvalidFilter_IsRefusedWithASentence(string query)
    {
        await SceneAsync();

        var page = Open<HistoryListPage>(Address + query);

        Assert.Contains("Please check the filters", page.Find(".empty-title").TextContent);
        Assert.NotEmpty(page.FindAll(".history-filters .field-error span, p.field-error"));
    }

    [Theory]
    [InlineData("?at=nonsense", "This page is not there any more")]
    [InlineData("?account=somebody-elses", "We could not find that account")]
    public async Task Open_PlaceThatIsNone_LeadsBack(string query, string title)
    {
        await SceneAsync();

        var page = Open<HistoryListPage>(Address + query);
        Assert.Contains(title, page.Find(".empty-title").TextContent);
        page.Find(".empty button").Click();

        page.WaitForAssertion(() => Assert.Equal(3, Titles(page).Count));
    }

    [Fact]
    public async Task Page_ThereAndBack_ShowsTheSameLines()
    {
        var account = await Bank.OpenAsync(Ann, 1_000);
        for (var i = 0; i < 40; i++)
        {
            await Bank.PostAsync(account, -1, $"Bill {i}");
        }

        var page = Open<HistoryListPage>(Address);
        var first = Titles(page);
        Assert.Equal(25, first.Count);
        Assert.Null(page.Find(".history-pager :first-child").GetAttribute("href"));

        Navigation.NavigateTo(page.Find(".history-pager a[rel=next]").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal(16, Titles(page).Count));
        Assert.Empty(Titles(page).Intersect(first, StringComparer.Ordinal));

        Navigation.NavigateTo(page.Find(".history-pager a[rel=prev]").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal(first, Titles(page)));
    }

    [Fact]
    public async Task Sort_ByDate_TurnsTheListAround()
    {
        await SceneAsync();
        var page = Open<HistoryListPage>(Address);
        Assert.Equal("descending", page.Find("th.entry-when").GetAttribute("aria-sort"));

        page.Find(".sort-button").Click();

        page.WaitForAssertion(() => Assert.Equal(["Wages", "Cafe Luna", "Rent"], Titles(page)));
        Assert.Equal("ascending", page.Find("th.entry-when").GetAttribute("aria-sort"));
        Assert.EndsWith("?sort=oldest", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_RareWordInALongHistory_OffersToSearchOn()
    {
        var account = await Bank.OpenAsync(Ann, 1, nickname: "Old");
        for (var i = 0; i < HistoryService.MaxExamined + 10; i++)
        {
            await Bank.PostAsync(account, 1, "Drop");
        }

        var page = Open<HistoryListPage>(Address + "?q=needle");

        Assert.Contains("Nothing found so far", page.Find(".empty-title").TextContent);
        Assert.Contains("Searched back to Mar 2, 2026", page.Find(".empty-text").TextContent);
        Navigation.NavigateTo(page.Find(".empty a").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Contains("Nothing more matches", page.Find(".empty-title").TextContent));
    }

    [Fact]
    public async Task Open_SeveralPages_CountsTheFilterWhenTheListIsShown()
    {
        var account = await Bank.OpenAsync(Ann, 1_000);
        for (var i = 0; i < 40; i++)
        {
            await Bank.PostAsync(account, -1, $"Bill {i}");
        }

        var page = Open<HistoryListPage>(Address + "?dir=out");

        page.WaitForAssertion(() => Assert.Equal(["40", "0", "4000", "-4000"], Totals(page)));
        Assert.DoesNotContain("Only a part", page.Markup, StringComparison.Ordinal);
        Navigation.NavigateTo(Address);
        page.WaitForAssertion(() => Assert.Empty(Totals(page)));
    }

    [Fact]
    public async Task Open_MoreThanMayBeRead_SaysThatItIsAPartAndCountsOn()
    {
        var account = await Bank.OpenAsync(Ann, 1);
        for (var i = 0; i < HistoryService.MaxExamined + 10; i++)
        {
            await Bank.PostAsync(account, 1, "Drop");
        }

        var page = Open<HistoryListPage>(Address + "?dir=in");
        page.WaitForAssertion(() => Assert.Contains("Only a part: counted back to Mar 2, 2026", page.Find(".totals-note").TextContent));
        Assert.Equal("2,000", Totals(page)[0]);

        page.Find(".totals-note button").Click();

        page.WaitForAssertion(() => Assert.Equal("2,011", Totals(page)[0]));
        Assert.Empty(page.FindAll(".totals-note"));
    }

    [Fact]
    public async Task Saved_FilterInUse_IsAnAddressWithANameThatCanBeRemoved()
    {
        await SceneAsync();
        var page = Open<HistoryListPage>(Address + "?q=rent&with=%22Rent%22&days=weekdays");
        Assert.Equal(["Rent"], Titles(page));
        Assert.Equal(["1", "0", "80000", "-80000"], Totals(page));

        Button(page, ".history-active button", "Save filter").Click();
        page.WaitForElement("input[name=filter-name]").Change("");
        page.Find(".saved-form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Enter a name", page.Find(".saved-form .field-error").TextContent));
        page.Find("input[name=filter-name]").Change("My rent");
        page.Find(".saved-form").Submit();

        var link = page.WaitForElement(".saved-name");
        Assert.Equal("My rent", link.TextContent);
        Assert.Equal(Address + "?q=rent&with=%22Rent%22&days=weekdays", link.GetAttribute("href"));
        Button(page, ".saved-actions button", "Remove").Click();
        page.WaitForAssertion(() => Assert.Contains("You have saved no filters yet", page.Find(".saved").TextContent));
    }

    [Fact]
    public async Task Open_Filters_OffersTheCategoriesThen()
    {
        await SceneAsync();
        var page = Open<HistoryListPage>(Address);
        Assert.Single(page.FindAll("#history-panel select option"));

        Button(page, ".history-more", "Filters").Click();

        page.WaitForAssertion(() => Assert.InRange(page.FindAll("#history-panel select option").Count, 20, 40));
    }

    private static string[] Totals(IRenderedComponent<HistoryListPage> page) =>
        [
            .. page.FindAll(".totals-sums dd")
                .Select(sum => sum.QuerySelector("[data-minor]")?.GetAttribute("data-minor") ?? sum.TextContent.Trim()),
        ];

    private static List<string> Titles(IRenderedComponent<HistoryListPage> page) =>
        [.. page.FindAll(".entry-list .entry-link").Select(link => link.TextContent)];

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<HistoryListPage> page, string selector, string text) =>
        page.FindAll(selector).First(button => button.TextContent.Trim() == text);

    private async Task<Account> SceneAsync()
    {
        var account = await Bank.OpenAsync(Ann);
        await Bank.OpenAsync(Ann, type: AccountType.Savings);

        // In the past, so that the session does not run out meanwhile.
        var now = Bank.Time.GetUtcNow();
        await Bank.PostAsync(account, 3_000, "Wages", TransferKind.Salary, now.AddHours(-3));
        await Bank.PostAsync(account, -12.5m, "Cafe Luna", TransferKind.Purchase, now.AddHours(-2));
        await Bank.PostAsync(account, -800, "Rent", TransferKind.Payment, now.AddHours(-1));
        return await Bank.FindAsync(account);
    }
}
