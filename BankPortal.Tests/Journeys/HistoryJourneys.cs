namespace BankPortal.Tests.Journeys;

/// <summary>The history: search, filters, pages and download.</summary>
public sealed class HistoryJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task History_SearchedAndFiltered_IsInTheAddressAndInTheFile() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Shafi Goldwasser", balance: 1000);
        await Portal.TakeOutAsync(person, 30, "Groceries at the market");
        await Portal.TakeOutAsync(person, 80, "Shoes, brown");
        await Portal.PayInAsync(person, 45.67m, "=2+5");
        await Portal.TakeOutAsync(person, 75, "Groceries in town");
        var shafi = await journey.SignInAsync(person);
        await shafi.FollowMenuAsync("History");
        await Expect(shafi.Rows()).ToHaveCountAsync(5);

        await shafi.SearchHistoryAsync("groceries");
        await Expect(shafi.Rows()).ToHaveCountAsync(2);
        await shafi.IsAtAsync(@"/transactions/history\?q=groceries");
        await shafi.PressAsync("Filters");
        await shafi.FillAsync("Amount from", "50");
        await shafi.Field("Amount from").PressAsync("Tab");
        await shafi.IsAtAsync(@"/transactions/history\?q=groceries&min=50");
        await Expect(shafi.Rows()).ToHaveCountAsync(1);
        await Expect(shafi.Entry("Groceries in town")).ToBeVisibleAsync();

        // The address is the view: whoever opens it sees the same.
        await shafi.Page.ReloadAsync();
        await Expect(shafi.Rows()).ToHaveCountAsync(1);
        await Expect(shafi.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("groceries");

        await shafi.PressAsync("Clear all");
        await Expect(shafi.Rows()).ToHaveCountAsync(5);
        await shafi.PressAsync("Filters");
        await shafi.PressAsync("Money in");
        await shafi.IsAtAsync(@"/transactions/history\?dir=in");
        await Expect(shafi.Rows()).ToHaveCountAsync(2);

        var download = await shafi.Page.RunAndWaitForDownloadAsync(() => shafi.FollowAsync("Download CSV"));
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal(
            "Date,Time,UTC offset,Account,Account number,Type,Counterparty,Description,Amount,Currency,Balance,Reference",
            lines[0]
        );
        Assert.Equal(3, lines.Length);
        Assert.Contains("'=2+5,45.67,USD,935.67,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",Opening deposit,1000.00,USD,1000.00,", lines[2], StringComparison.Ordinal);
        Assert.Contains(person.AccountNumber, lines[1], StringComparison.Ordinal);

        await shafi.SearchHistoryAsync("nothing like this");
        await shafi.SeesAsync("Nothing matches");
    });

    [Fact]
    public Task History_OfManyPages_LeadsThereAndBack() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Manuel Blum", balance: 100);
        for (var i = 1; i <= 30; i++)
        {
            await Portal.PayInAsync(person, i, $"Deposit no. {i:00}");
        }

        var manuel = await journey.SignInAsync(person);
        await manuel.FollowMenuAsync("History");
        await Expect(manuel.Entry("Deposit no. 30")).ToBeVisibleAsync();
        await Expect(manuel.Entry("Opening deposit")).ToHaveCountAsync(0);
        await manuel.FollowAsync("Older");
        await Expect(manuel.Entry("Opening deposit")).ToBeVisibleAsync();
        await manuel.FollowAsync("Newer");
        await Expect(manuel.Entry("Deposit no. 30")).ToBeVisibleAsync();
        await manuel.PressAsync("Date");
        await Expect(manuel.Rows().First).ToContainTextAsync("Opening deposit");
    });
}
