using PdfSharp.Pdf.IO;

namespace BankPortal.Tests.Journeys;

/// <summary>A customer understands their money: categories, budgets, reports on paper, charts that lead to entries, receipts.</summary>
public sealed class AnalyticsJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task Category_CorrectedForAllLikeIt_SticksForThePastToo() => WalkAsync(async journey =>
    {
        var (emmy, person) = await journey.CustomerAsync("Emmy Noether", balance: 500);
        var first = await SpendAsync(person, 30, "Ring Books");
        await SpendAsync(person, 12, "Ring Books");

        await emmy.GoAsync($"/transactions/details/{first.Id}");
        await emmy.FollowAsync("Category");
        await Expect(emmy.Main.Locator(".category-now")).ToHaveTextAsync("Shopping");
        await emmy.ChooseAsync("New category", "Education");
        await emmy.Main.GetByLabel("All of “Ring Books”, past and future").CheckAsync();
        await emmy.PressAsync("Save category");
        await Expect(emmy.Main.Locator(".category-now")).ToHaveTextAsync("Education");

        // It sticks: after loading again, for the other one, and for one that comes later.
        await SpendAsync(person, 8, "RING BOOKS");
        await emmy.Page.ReloadAsync();
        await Expect(emmy.Main.Locator(".category-now")).ToHaveTextAsync("Education");
        await emmy.GoAsync("/analytics?from=" + Month(-1) + "&to=" + Month(0));
        await emmy.Main.GetByRole(AriaRole.Link, new() { Name = "Education" }).First.ClickAsync();
        await emmy.IsAtAsync("/transactions/history.*category=education.*");
        await Expect(emmy.Rows()).ToHaveCountAsync(3);
        await emmy.SeesAmountAsync(emmy.Main.Locator(".totals-sums [data-minor]").Nth(1), 50);
    });

    [Fact]
    public Task Budget_SetAndReached_ShowsItsProgressAndSaysSo() => WalkAsync(async journey =>
    {
        var (sofia, person) = await journey.CustomerAsync("Sofia Kovalevskaya", balance: 500);
        await SpendAsync(person, 40, "Noodle House");
        await sofia.FollowMenuAsync("Analytics");
        await sofia.GoAsync("/analytics/budgets");

        await sofia.FillAsync("A month at most", "-5");
        await sofia.ChooseAsync("Category", "Eating out");
        await sofia.PressAsync("Set budget");
        await Expect(sofia.Field("A month at most")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(sofia.Main.Locator(".budget")).ToHaveCountAsync(0);
        await sofia.FillAsync("A month at most", "100");
        await sofia.PressAsync("Set budget");

        var budget = sofia.Main.Locator(".budget");
        await Expect(budget).ToContainTextAsync("$40.00 of $100.00");
        await Expect(budget.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("value", "40");
        await Expect(budget).ToContainTextAsync("$60.00 left");

        // It follows the account by itself.
        await SpendAsync(person, 60, "Noodle House");
        await Expect(budget).ToContainTextAsync("Budget reached");
        await Expect(budget.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("value", "100");
        await SpendAsync(person, 5, "Noodle House");
        await Expect(budget).ToContainTextAsync("$5.00 more than planned");
    });

    [Fact]
    public Task Report_OfAMonth_PrintsWholeWithoutTheFrame() => WalkAsync(async journey =>
    {
        var (ada, person) = await journey.CustomerAsync("Ada Monthly", balance: 500);
        foreach (var name in new[] { "Greenleaf Market", "Noodle House", "City Transit", "Harbor Electronics and everything for your home" })
        {
            await SpendAsync(person, 12.34m, name);
        }

        await ada.GoAsync("/analytics");
        await ada.SettlesAsync();
        await ada.Main.GetByRole(AriaRole.Link, new() { Name = "Printable report" }).ClickAsync();
        await ada.IsAtAsync(@"/analytics/monthly/\d{4}/\d\d");
        await ada.SettlesAsync();
        await ada.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        // A sheet of A4 with the browser's margins.
        const int Width = 718;
        await ada.Page.SetViewportSizeAsync(Width, 1_000);
        await Expect(ada.Page.Locator(".app-bar, .side-nav").First).ToBeHiddenAsync();
        await Expect(ada.Main.Locator("button:visible")).ToHaveCountAsync(0);
        await Expect(ada.Main.Locator(".chart-canvas")).ToHaveCountAsync(0);
        Assert.Empty(await LookSteps.FindTooWideAsync(ada.Page, Width));
        Assert.Equal(0, await ada.Main.Locator("table").EvaluateAllAsync<int>(
            "(tables, width) => tables.filter(t => t.getBoundingClientRect().right > width || t.scrollWidth > t.clientWidth + 1).length", Width));
        await ada.SeesAsync("Harbor Electronics and everything for your home");

        var pdf = await ada.Page.PdfAsync(new PagePdfOptions { Format = "A4" });
        using var document = PdfReader.Open(new MemoryStream(pdf), PdfDocumentOpenMode.Import);
        Assert.InRange(document.PageCount, 1, 4);
    });

    [Fact]
    public Task Chart_BarClicked_LeadsToTheEntriesBehindIt() => WalkAsync(async journey =>
    {
        var (sonja, person) = await journey.CustomerAsync("Sonja Bar", balance: 500);
        await SpendAsync(person, 40, "Noodle House");
        await sonja.GoAsync("/analytics");
        await sonja.SeesChartsAsync();

        await sonja.Main.Locator(".apexcharts-pie-area").First.ClickAsync(new() { Position = new() { X = 170, Y = 25 } });
        await sonja.IsAtAsync("/transactions/history.*category=dining.*");
        await Expect(sonja.Rows()).ToHaveCountAsync(1);
        await sonja.Page.GoBackAsync();
        await sonja.SeesChartsAsync();
        await sonja.Main.Locator(".apexcharts-bar-area[val='40']").First.ClickAsync();
        await sonja.IsAtAsync("/transactions/history.*category=all-spending.*");
        await sonja.SeesAmountAsync(sonja.Main.Locator(".totals-sums [data-minor]").Nth(1), 40);
    });

    [Fact]
    public Task Receipt_Uploaded_IsDownloadedAsItWas() => WalkAsync(async journey =>
    {
        var (rosa, person) = await journey.CustomerAsync("Rosa Receipt", balance: 500);
        var posted = await SpendAsync(person, 40, "Noodle House");
        var photo = new byte[3_000_000];
        for (var i = 0; i < photo.Length; i++)
        {
            photo[i] = (byte)(((i * 2_654_435_761L) >> 13) & 0xFF);
        }

        SampleReceipts.Jpeg.CopyTo(photo, 0);
        await rosa.GoAsync($"/transactions/details/{posted.Id}");
        await rosa.FillAsync("Note", "Dinner with the team");
        await rosa.PressAsync("Save note");
        await rosa.SeesAsync("Only you see them.");

        await rosa.Field("Add a receipt").SetInputFilesAsync(
            new FilePayload { Name = "page.html", MimeType = "text/html", Buffer = "<script>alert(1)</script>"u8.ToArray() });
        await rosa.SeesAsync("This is not a PDF, JPEG, PNG or WebP file.");
        await rosa.Field("Add a receipt").SetInputFilesAsync(new FilePayload { Name = "Menü.JPG", MimeType = "image/jpeg", Buffer = photo });
        await Expect(rosa.Link("Menü.jpg")).ToBeVisibleAsync();

        await rosa.Page.ReloadAsync();
        await Expect(rosa.Field("Note")).ToHaveValueAsync("Dinner with the team");
        var download = await rosa.Page.RunAndWaitForDownloadAsync(() => rosa.FollowAsync("Menü.jpg"));
        Assert.Equal("Menü.jpg", download.SuggestedFilename);
        Assert.Equal(photo, await File.ReadAllBytesAsync(await download.PathAsync()));
        await rosa.PressAsync("Remove Menü.jpg");
        await Expect(rosa.Link("Menü.jpg")).ToHaveCountAsync(0);
    });

    private string Month(int offset) => Portal.Today.AddMonths(offset).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private async Task<Transfer> SpendAsync(Person person, decimal amount, string name)
    {
        var result = await Portal.Services.GetRequiredService<LedgerService>().ExecuteAsync(
            new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = Guid.NewGuid().ToString("N"),
                Kind = TransferKind.Purchase,
                DebitAccountId = person.AccountId,
                CreditAccountId = GeneralLedger.Clearing(Currency.Usd),
                Amount = Money.Of(amount, Currency.Usd),
                Description = name,
                DuplicateConfirmed = true,
            },
            TestContext.Current.CancellationToken);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException(result.Error.Message);
    }
}
