namespace BankPortal.Tests.Journeys;

/// <summary>Managers and compliance officers work with reports.</summary>
public sealed class ReportJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task Report_BuiltSavedSharedAndScheduled_IsOpenedDownToItsRowsAndExported() => WalkAsync(async journey =>
    {
        var customer = await Portal.CreateAsync("Petra Payer", balance: 1_000);
        await Portal.TakeOutAsync(customer, 77.35m, "Cash for the market");
        var manager = await journey.ManagerAsync("Rita Reports");
        var officer = await journey.ComplianceAsync("Otto Officer");

        // Build.
        await manager.GoAsync("/reports");
        await manager.FollowAsync("Build a report");
        await manager.SeesHeadingAsync("Build a report");
        await manager.SettlesAsync();
        await manager.ChooseAsync("Break down by", "Kind");
        await HasAsync(manager, "by=kind");
        await manager.Main.Locator("button.chip", new() { HasText = "Amount" }).First.ClickAsync();
        await HasAsync(manager, "measure=count,sum");
        await manager.ChooseAsync("Columns (pivot)", "In or out");
        await HasAsync(manager, "pivot=direction");
        await Expect(manager.Main.Locator(".report-table").GetByText("Withdrawal")).ToBeVisibleAsync();
        await manager.SeesChartsAsync();

        // Save, share with the officer, have it delivered.
        await manager.FillAsync("Title", "Money by kind");
        await manager.Main.GetByLabel("Otto Officer").CheckAsync();
        await manager.ChooseAsync("Delivery", "Every morning");
        await manager.PressAsync("Save");
        await manager.SeesHeadingAsync("Money by kind");
        await manager.SeesAsync("Every morning");

        // Open the figure down to its rows: no name, a masked number.
        var cell = manager.Main.Locator("tr", new() { HasText = "Withdrawal" }).Locator("a.report-cell").Last;
        await cell.ClickAsync();
        await manager.SeesHeadingAsync("Behind the figure");
        await Expect(manager.Main.Locator("tbody tr").First).ToContainTextAsync("••");
        await Expect(manager.Main.GetByText("Petra Payer")).ToHaveCountAsync(0);

        // The officer finds it, sees who is behind it, and exports it.
        await officer.GoAsync("/reports");
        await officer.FollowAsync("Money by kind");
        await officer.SeesHeadingAsync("Money by kind");
        await officer.SettlesAsync();
        foreach (var (link, start) in new[] { ("CSV", "\uFEFFKind"), ("Excel", "PK"), ("PDF", "%PDF-1.") })
        {
            var download = await officer.Page.RunAndWaitForDownloadAsync(() => officer.FollowAsync(link));
            var path = (await download.PathAsync())!;
            var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
            Assert.StartsWith(start.TrimStart('\uFEFF'), text.TrimStart('\uFEFF'), StringComparison.Ordinal);
        }

        await officer.Main.Locator("tr", new() { HasText = "Withdrawal" }).Locator("a.report-cell").Last.ClickAsync();
        await officer.SeesHeadingAsync("Behind the figure");
        await Expect(officer.Main.GetByText("Petra Payer").First).ToBeVisibleAsync();
    });

    [Fact]
    public async Task Report_ThatNeedsEveryTransaction_IsMadeInTheBackground()
    {
        await using var own = JourneyPortal.With(("Jobs:Enabled", "true"), ("Jobs:LookEvery", "00:00:00.5"));
        await WalkAsync(own, async journey =>
        {
            await own.CreateAsync("Paul Payer", balance: 100);
            var manager = await journey.ManagerAsync("Bruno Background");
            await manager.GoAsync("/reports/build?subject=transactions&measure=distinct&by=kind&period=last-7-days");
            await manager.PressAsync("Make it in the background");

            await Expect(manager.Main.Locator(".report-table")).ToContainTextAsync("Deposit");
            await Expect(manager.Main.Locator("progress")).ToHaveCountAsync(0);
            await manager.GoAsync("/reports/runs");
            await manager.SeesAsync("Ready");
        });
    }

    [Fact]
    public Task Reports_ForACustomer_CannotBeReached() => WalkAsync(async journey =>
    {
        var visitor = await journey.SignInAsync(await Portal.CreateAsync("Cathy Customer"));
        await visitor.HasNoAccessAsync("/reports", "/reports/build", "/reports/rows", "/reports/runs", "/reports/shipped/liquidity");
    });

    [Theory]
    [InlineData(ColorScheme.Light, LookSteps.PhoneWidth)]
    [InlineData(ColorScheme.Dark, 1280)]
    public Task Reports_InBothThemes_AreAccessibleAndFit(ColorScheme theme, int width) => WalkAsync(async journey =>
    {
        var customer = await Portal.CreateAsync($"Lena Look {theme}", balance: 500);
        await Portal.TakeOutAsync(customer, 20, "Cash");
        var manager = await journey.ManagerAsync($"Lisa Look {theme}", LookSteps.Screen(theme, width));
        foreach (var path in new[]
        {
            "/reports",
            "/reports/build?subject=transactions&measure=sum,count&by=month,kind&compare=before",
            "/reports/build?subject=deposits&measure=sum&by=hour",
            "/reports/rows?subject=transactions&measure=count&period=today",
            "/reports/runs",
            "/reports/shipped/transaction-mix",
        })
        {
            await manager.GoAsync(path);
            await manager.SettlesAsync();
            await manager.FitsAndIsAccessibleAsync(width, $"{theme} {width} {path.Split('?')[0].Replace('/', ' ')}");
        }
    });

    private static Task HasAsync(Visitor visitor, string query) =>
        Expect(visitor.Page).ToHaveURLAsync(new Regex(Regex.Escape(query), RegexOptions.None, TimeSpan.FromSeconds(1)));
}
