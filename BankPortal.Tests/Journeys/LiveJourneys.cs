namespace BankPortal.Tests.Journeys;

/// <summary>The live monitor shows what customers do in other browsers by itself.</summary>
public sealed class LiveJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task SuspiciousTransfer_MadeInOneBrowser_AppearsInTheAnalystsWithoutReload() => WalkAsync(async journey =>
    {
        var payer = await Portal.CreateAsync("Hedy Lamarr", balance: 4_900);
        var payee = await Portal.CreateAsync("George Antheil");
        var fay = await journey.AnalystAsync("Fay Watcher");
        await fay.FollowMenuAsync("Live monitor");
        await fay.SeesHeadingAsync("Live monitor");
        await fay.SettlesAsync();
        await fay.Page.EvaluateAsync("() => { window.notReloaded = true; }");

        var hedy = await journey.SignInAsync(payer);
        await hedy.ReviewPaymentAsync(payer, Payment.To(payee, "4811.07", "Frequencies"));
        await hedy.SendButton().ClickAsync();
        await hedy.SeesAsync("being reviewed");

        var row = fay.Main.Locator(".live-table tbody tr", new LocatorLocatorOptions { HasText = "4,811.07" });
        await Expect(row).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("Held");
        await Expect(row).ToContainTextAsync("Large transfer to a new payee");
        await fay.SeesChartsAsync();
        Assert.True(await fay.Page.EvaluateAsync<bool>("() => window.notReloaded === true"));

        // Paused, the list stands still; a filter in the address is there after a reload.
        await fay.PressAsync("Held");
        await fay.IsAtAsync(@"/fraud/live\?outcome=hold");
        await fay.Page.ReloadAsync();
        await Expect(row).ToBeVisibleAsync();
        await fay.PressAsync("Pause");
        await Expect(fay.Button("Resume")).ToBeVisibleAsync();

        // The customer learns nothing of the rules.
        await Expect(hedy.Main).Not.ToContainTextAsync("new payee");

        await row.GetByRole(AriaRole.Link).First.ClickAsync();
        await fay.SeesAsync("Hedy Lamarr");
        await fay.IsAtAsync("/staff/transactions/.+");
    });

    [Fact]
    public Task Customer_AtTheMonitor_IsRefused() => WalkAsync(async journey =>
    {
        var (kay, _) = await journey.CustomerAsync("Kay McNulty");
        await kay.HasNoAccessAsync("/fraud/live");
    });

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task Monitor_OnAPhone_FitsAndHasNoAccessibilityFault(ColorScheme theme) => WalkAsync(async journey =>
    {
        var payer = await Portal.CreateAsync("Beatrice Featherstonehaugh-Cholmondeley", balance: 12_345.67m);
        await Portal.TakeOutAsync(payer, 20, "Lunch");
        var fay = await journey.AnalystAsync("Ida Analyst", LookSteps.Screen(theme));
        foreach (var path in new[] { "/fraud/live", "/fraud/live?outcome=block&min=999999", "/fraud/live?outcome=nonsense" })
        {
            await fay.GoAsync(path);
            await fay.SettlesAsync();
            await fay.SeesChartsAsync();
            await fay.FitsAndIsAccessibleAsync(LookSteps.PhoneWidth, $"{theme} {path}");
        }

        await fay.Main.Locator(".chart-toggle").First.ClickAsync();
        await Expect(fay.Main.Locator(".chart-table").First).ToBeVisibleAsync();
        await Accessibility.AssertNoViolationsAsync(fay.Page);
    });

}
