namespace BankPortal.Tests.Journeys;

/// <summary>A suspicious pattern opens a case, and analysts work on it until it is closed.</summary>
public sealed class CaseJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task Case_FromPatternToClosed_AppearsByItselfAndIsWorked() => WalkAsync(async journey =>
    {
        var tester = await Portal.CreateAsync("Tessa Tester", balance: 500);
        var shop = await Portal.CreateAsync("Shirley Shop");
        var fay = await journey.AnalystAsync("Fay Analyst");
        await fay.FollowMenuAsync("Cases");
        await fay.SeesHeadingAsync("Cases");
        await fay.SettlesAsync();

        // Stolen cards are tried with tiny amounts.
        await PayTinyAsync(tester, shop, 5);
        var row = fay.Main.Locator(".bank-grid tbody tr", new LocatorLocatorOptions { HasText = "Tessa Tester" });
        await Expect(row).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await fay.SeesHeadingAsync("Tessa Tester");
        await fay.SeesAsync("Burst of tiny amounts.");
        await fay.SeesAsync("as stolen cards are tried");

        await fay.PressAsync("Take this case");
        await Expect(fay.Main.Locator(".case-head")).ToContainTextAsync("Investigating");
        await fay.FillAsync("Note", "Called the customer.\nThe card is in their hand.");
        await fay.PressAsync("Add the note");
        await fay.SeesAsync("The card is in their hand.");

        // A colleague in another browser sees it as it is.
        var colleague = await journey.AnalystAsync("Oscar Other");
        await colleague.GoAsync(new Uri(fay.Page.Url).PathAndQuery);
        await colleague.SeesAsync("The card is in their hand.");
        await colleague.PressAsync("Close…");

        // Closing needs to say what it was; the colleague is told of what happened meanwhile and keeps what was typed.
        await fay.PressAsync("Close…");
        await fay.PressAsync("Close the case");
        await Expect(fay.Page.Locator(".mud-dialog")).ToContainTextAsync("Choose a disposition.");
        await fay.Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Confirmed fraud" }).CheckAsync();
        await fay.FillAsync("Reason", "Confirmed by the customer");
        await fay.PressAsync("Close the case");
        await Expect(fay.Main.Locator(".case-head")).ToContainTextAsync("Confirmed fraud");

        await Expect(colleague.Main.Locator(".case-head")).ToContainTextAsync("Confirmed fraud");
        await colleague.Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "False positive" }).CheckAsync();
        await colleague.FillAsync("Reason", "Looks fine to me");
        await colleague.PressAsync("Close the case");
        await Expect(colleague.Page.Locator(".mud-dialog")).ToContainTextAsync("Fay Analyst changed this case in the meantime");
        await Expect(colleague.Field("Reason")).ToHaveValueAsync("Looks fine to me");
    });

    [Fact]
    public Task Cases_AsACustomer_AreRefused() => WalkAsync(async journey =>
    {
        var (ada, _) = await journey.CustomerAsync("Ada Curious");
        await ada.HasNoAccessAsync("/fraud/cases", "/fraud/cases/00000000000000000000", "/fraud/alerts");
    });

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task CasePages_InOneTheme_HaveNoAccessibilityFaultAndFitAPhone(ColorScheme theme) => WalkAsync(async journey =>
    {
        var tester = await Portal.CreateAsync("Wolfgang Wolfeschlegelstein-Hausenbergerdorff", balance: 5500);
        var shop = await Portal.CreateAsync("Shirley Shop");
        await PayTinyAsync(tester, shop, 6);
        await TryAsync(tester, shop, 3100);
        var fay = await journey.AnalystAsync("Fay Analyst", new BrowserNewContextOptions
        {
            ColorScheme = theme,
            ViewportSize = new ViewportSize { Width = 1400, Height = 900 },
        });
        var faults = new List<string>();

        await fay.GoAsync("/fraud/cases");
        var row = fay.Main.Locator(".bank-grid tbody tr", new LocatorLocatorOptions { HasText = "Wolfgang" }).First;
        await Expect(row).ToBeVisibleAsync();
        await LookAsync("cases");
        await fay.GoAsync("/fraud/cases?state=closed&who=mine");
        await fay.SettlesAsync();
        await LookAsync("no cases");
        await fay.GoAsync("/fraud/alerts");
        await fay.SeesAsync("Wolfgang");
        await LookAsync("alerts");
        await fay.Main.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Open a case for Wolfgang" }).First.ClickAsync();
        await Expect(fay.Page.Locator(".mud-dialog")).ToBeVisibleAsync();
        await LookAsync("opening");
        await fay.FillAsync("Reason", "A large amount to somebody new, right after the tiny ones");
        await fay.PressAsync("Open the case");
        await fay.IsAtAsync("/fraud/cases/[0-9A-Z]{20}");
        await fay.PressAsync("Take this case");
        await Expect(fay.Main.Locator(".case-head")).ToContainTextAsync("Investigating");
        await fay.FillAsync("Note", "Called the customer twice.\nNo answer; the number is switched off.");
        await fay.PressAsync("Add the note");
        await fay.SeesAsync("switched off");
        await fay.PressAsync("Escalate to compliance…");
        await fay.FillAsync("Reason", "May be laundering");
        await fay.PressAsync("Escalate the case");
        await Expect(fay.Main.Locator(".case-links")).ToContainTextAsync("Escalated to");
        await LookAsync("case");
        await fay.PressAsync("Close…");
        await fay.PressAsync("Close the case");
        await Expect(fay.Page.Locator(".mud-dialog")).ToContainTextAsync("Choose a disposition.");
        await LookAsync("closing");

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));

        async Task LookAsync(string what)
        {
            await Journey.KeepPictureAsync(fay, $"{theme} {what}");
            faults.AddRange((await Accessibility.FindViolationsAsync(fay.Page)).Select(fault => $"{what}: {fault}"));
            await fay.Page.SetViewportSizeAsync(LookSteps.PhoneWidth, 740);
            await Journey.KeepPictureAsync(fay, $"Phone {theme} {what}");
            if (await LookSteps.FindTooWideAsync(fay.Page, LookSteps.PhoneWidth) is { Length: > 0 } wide)
            {
                faults.Add($"{what}: {wide}");
            }

            await fay.Page.SetViewportSizeAsync(1400, 900);
        }
    });

    private async Task PayTinyAsync(Person from, Person to, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await TryAsync(from, to, 1 + (i / 10m));
        }
    }

    // The rules may well decline what looks like card testing; the case opens either way.
    private async Task TryAsync(Person from, Person to, decimal amount)
    {
        var result = await Portal.TrySendAsync(from, to, amount);
        Assert.True(result.IsSuccess || result.Error is DeclinedError, result.Error?.Message);
    }
}
