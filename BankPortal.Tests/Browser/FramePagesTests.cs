namespace BankPortal.Tests.Browser;

/// <summary>
/// The frame in a real browser: theme, menus, drafts, a lost connection, charts; on the page of building blocks, which Debug
/// builds have.
/// </summary>
[BrowserTest]
public sealed class FramePagesTests(ChromiumFixture chromium, FramePagesTests.Portal portal) : IClassFixture<FramePagesTests.Portal>
{
    private const string Blocks = "/dev/components";
    private const string Description = "input[name=description]";
    private const string Typed = "text=Typed:";

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task BuildingBlocks_CheckedWithAxe_HaveNoViolationAndFitTheWidth(ColorScheme scheme, int width)
    {
        await using var context = await chromium.NewContextAsync(portal.Address, new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ReducedMotion = ReducedMotion.Reduce,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
        });
        var page = await OpenBlocksAsync(context);

        await Accessibility.AssertNoViolationsAsync(page);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task Theme_Chosen_HoldsAtOnceAndAfterLoadingAgain()
    {
        await using var context = await chromium.NewContextAsync(
            portal.Address,
            new BrowserNewContextOptions { ColorScheme = ColorScheme.Light }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        var light = await BackgroundAsync();

        await page.GetByLabel("Display settings").First.ClickAsync();
        await page.Locator("[data-theme-set=dark]").ClickAsync();
        var dark = await BackgroundAsync();
        Assert.NotEqual(light, dark);

        await page.ReloadAsync();
        Assert.Equal(dark, await BackgroundAsync());
        Assert.Equal("dark", await page.Locator("html").GetAttributeAsync("data-theme"));

        Task<string> BackgroundAsync() => page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
    }

    [Fact]
    public async Task ThemeSwitch_OnAPhone_WorksByKeyboardBeforeAnyCircuitAndSaysWhatItDoes()
    {
        await using var context = await chromium.NewContextAsync(
            portal.Address,
            new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark, ViewportSize = new ViewportSize { Width = 360, Height = 740 } }
        );
        var page = await context.NewPageAsync();
        await page.RouteAsync("**/_blazor/**", route => route.AbortAsync());
        await page.GotoAsync("/");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));

        var toLight = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch to the light theme" });
        await toLight.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        var toDark = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Switch to the dark theme" });
        await Assertions.Expect(toDark).ToBeFocusedAsync();
        await page.ReloadAsync();
        await toDark.ClickAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task Navigation_OnAPhone_IsADrawerAndOnAWideScreenBesideThePage()
    {
        await using var context = await chromium.NewContextAsync(
            portal.Address,
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } }
        );
        var page = await OpenBlocksAsync(context);
        var navigation = page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Main" });
        await Assertions.Expect(navigation).ToBeHiddenAsync();

        var button = page.Locator(".nav-toggle");
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(navigation).ToBeVisibleAsync();
        await Accessibility.AssertNoViolationsAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Close menu" })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(navigation).ToBeHiddenAsync();
        await Assertions.Expect(button).ToBeFocusedAsync();

        await button.ClickAsync();
        await page.SetViewportSizeAsync(1280, 800);
        await Assertions.Expect(page.Locator(".side-nav:popover-open")).ToHaveCountAsync(0);
        await Assertions.Expect(navigation).ToBeVisibleAsync();
        await Assertions.Expect(button).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Theme_ChosenWhileChartsAreShown_GivesThemItsColours()
    {
        await using var context = await chromium.NewContextAsync(
            portal.Address,
            new BrowserNewContextOptions { ColorScheme = ColorScheme.Light }
        );
        var page = await OpenBlocksAsync(context);
        const string Colour = "document.querySelector('.apexcharts-bar-area')?.getAttribute('fill')";
        var light = await page.EvaluateAsync<string>("() => " + Colour);

        await page.Locator(".user-menu-button").ClickAsync();
        await page.Locator("[data-theme-set=dark]").ClickAsync();

        await page.WaitForFunctionAsync($"light => {{ const now = {Colour}; return now && now !== light; }}", light);
    }

    [Fact]
    public async Task Draft_PageLoadedAgain_ComesBackAndReachesTheServer()
    {
        await using var context = await chromium.NewContextAsync(portal.Address);
        var page = await OpenBlocksAsync(context);
        await page.FillAsync(Description, "Rent for May");
        await page.Locator(Description).BlurAsync();

        await page.ReloadAsync();

        await Assertions.Expect(page.Locator(Typed)).ToContainTextAsync("Rent for May");
        await Assertions.Expect(page.Locator(Description)).ToHaveValueAsync("Rent for May");
    }

    [Fact]
    public async Task Draft_PageOpenedAfresh_IsForgotten()
    {
        await using var context = await chromium.NewContextAsync(portal.Address);
        var page = await OpenBlocksAsync(context);
        await page.FillAsync(Description, "Rent for May");
        await page.Locator(Description).BlurAsync();
        await Assertions.Expect(page.Locator(Typed)).ToContainTextAsync("Rent for May");

        await page.GotoAsync("/");
        await page.GotoAsync(Blocks);
        await WaitForChartsAsync(page);

        await Assertions.Expect(page.Locator(Description)).ToHaveValueAsync("");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Object.keys(sessionStorage).filter(key => key.startsWith('draft:')).length"));
    }

    [Fact]
    public async Task Connection_LostAndFoundAgain_ShowsTheDialogMeanwhileAndKeepsThePage()
    {
        await using var context = await chromium.NewContextAsync(portal.Address);
        var page = await context.NewPageAsync();
        var sockets = new List<IWebSocketRoute>();
        var isDown = false;
        await page.RouteWebSocketAsync("**/_blazor**", socket =>
        {
            if (isDown)
            {
                _ = socket.CloseAsync(new WebSocketRouteCloseOptions { Code = 1001 });
                return;
            }

            sockets.Add(socket);
            sockets.Add(socket.ConnectToServer());
        });
        await OpenBlocksAsync(page);
        await page.FillAsync(Description, "typed before");
        await page.Locator(Description).BlurAsync();
        await Assertions.Expect(page.Locator(Typed)).ToContainTextAsync("typed before");

        isDown = true;
        foreach (var socket in sockets)
        {
            await socket.CloseAsync(new WebSocketRouteCloseOptions { Code = 1001 });
        }

        var dialog = page.Locator("#components-reconnect-modal");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("The connection is lost");
        isDown = false;
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(Description)).ToHaveValueAsync("typed before");
    }

    [Fact]
    public async Task Dialog_Opened_HoldsTheFocusAndClosesByEscape()
    {
        await using var context = await chromium.NewContextAsync(portal.Address);
        var page = await OpenBlocksAsync(context);

        await page.GetByText("Ask first").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Close this account?" });
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByText("Cancel")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await page.GetByText("Ask first").ClickAsync();
        await Assertions.Expect(dialog).ToBeVisibleAsync();
    }

    private static async Task<IPage> OpenBlocksAsync(IBrowserContext context) => await OpenBlocksAsync(await context.NewPageAsync());

    private static async Task<IPage> OpenBlocksAsync(IPage page)
    {
        var response = await page.GotoAsync(Blocks);
        Assert.SkipWhen(response?.Status == (int)HttpStatusCode.NotFound, "The page of building blocks is in Debug builds only.");
        await WaitForChartsAsync(page);
        return page;
    }

    // Drawn charts mean that the circuit is up.
    private static Task WaitForChartsAsync(IPage page) => LookSteps.SeeChartsAsync(page);

    /// <summary>One portal for all tests of the class; none of them changes anything in it.</summary>
    public sealed class Portal : IDisposable
    {
        private readonly PortalHost _host = new(new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo:Enabled"] = "false" });

        public Portal() => Address = _host.Start();

        public string Address { get; }

        public void Dispose() => _host.Dispose();
    }
}
