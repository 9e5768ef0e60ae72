using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Tests.Browser;

/// <summary>How a page arrives: with its content, without flicker or shifts, read once, and not heavier than it may be.</summary>
[BrowserTest]
public sealed class PageLoadTests(ChromiumFixture chromium, AuthPortal portal) : IClassFixture<AuthPortal>
{
    private const double MostShift = 0.05;

    // A build is compressed with gzip only. What is published, with brotli, weighs less: at most 260 and 390 (benchmarks.md).
    private const int MostKilobytes = 300;
    private const int MostKilobytesWithCharts = 455;

    // Notes what the page shows from its first moment on.
    private const string Watching = """
        window.seen = { skeletons: 0, shift: 0 };
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) {
            window.seen.shift += entry.hadRecentInput ? 0 : entry.value;
          }
        }).observe({ type: "layout-shift", buffered: true });
        new MutationObserver(() => { window.seen.skeletons += document.querySelectorAll("main .skeleton").length; })
          .observe(document, { childList: true, subtree: true });
        """;

    // A chart is drawn when the browser has time, which on a busy machine may be later.
    private static readonly LocatorAssertionsToBeVisibleOptions Patiently = new() { Timeout = 60_000 };

    private readonly InMemorySignIns _readings = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/account/dashboard", 412, 823)]
    [InlineData("/account/dashboard", 1350, 940)]
    [InlineData("/transactions/history", 412, 823)]
    [InlineData("/transactions/history", 1350, 940)]
    [InlineData("/account/details/{0}", 412, 823)]
    [InlineData("/transactions/transfer", 412, 823)]
    public async Task Page_Loaded_DoesNotShift(string path, int width, int height)
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, width, height);
        var (page, account) = await SignInAsync(context);

        await page.GotoAsync(string.Format(CultureInfo.InvariantCulture, path, account.Id));
        await InteractiveAsync(page);
        if (await page.Locator(".dash-balance").CountAsync() > 0)
        {
            // Also while the charts appear.
            await page.Locator(".dash-balance").ScrollIntoViewIfNeededAsync();
            await Expect(page.Locator(".dash-balance svg").First).ToBeVisibleAsync(Patiently);
        }

        await page.EvaluateAsync("() => new Promise(resolve => requestIdleCallback(() => requestAnimationFrame(resolve)))");

        Assert.InRange(await page.EvaluateAsync<double>("() => window.seen.shift"), 0, MostShift);
    }

    [Theory]
    [InlineData("/account/dashboard")]
    [InlineData("/transactions/history")]
    [InlineData("/account/details/{0}")]
    public async Task Page_TakenOverByItsCircuit_NeverShowsASkeleton(string path)
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 1350, 940);
        var (page, account) = await SignInAsync(context);

        await page.GotoAsync(string.Format(CultureInfo.InvariantCulture, path, account.Id));
        await InteractiveAsync(page);

        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.seen.skeletons"));
        await Expect(page.Locator(".entry-list tbody tr").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Dashboard_Loaded_IsReadOnce()
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 1350, 940);
        var (page, _) = await SignInAsync(context);
        var before = _readings.Reads;

        await page.GotoAsync("/account/dashboard");
        await InteractiveAsync(page);
        await page.Locator(".dash-balance").ScrollIntoViewIfNeededAsync();
        await Expect(page.Locator(".dash-balance svg").First).ToBeVisibleAsync(Patiently);

        Assert.Equal(before + 1, _readings.Reads);
    }

    [Fact]
    public async Task History_UsedBeforeTheCircuitIsUp_DoesWhatWasAskedFor()
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 1350, 940);
        var (page, _) = await SignInAsync(context);
        var release = await HoldCircuitAsync(page);
        await page.GotoAsync("/transactions/history");

        await page.Locator("input[type=search]").FillAsync("Deposit 3");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Filters" }).ClickAsync();
        await Expect(page.Locator("main[data-waiting]")).ToHaveCountAsync(1);
        release.SetResult();

        await Expect(page.Locator("#history-panel")).ToBeVisibleAsync();
        await Expect(page.Locator("input[type=search]")).ToHaveValueAsync("Deposit 3");
        await Expect(page.Locator(".entry-list tbody tr")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Transfer_UsedBeforeTheCircuitIsUp_DoesWhatWasAskedFor()
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 412, 823);
        var (page, _) = await SignInAsync(context);
        var release = await HoldCircuitAsync(page);
        await page.GotoAsync("/transactions/transfer");
        var address = page.Url;

        await page.FillAsync("#amount", "12.50");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Continue" }).ClickAsync();
        await Expect(page.Locator("main[data-waiting]")).ToHaveCountAsync(1);
        release.SetResult();

        await Expect(page.Locator("#number[aria-invalid=true]")).ToBeVisibleAsync();
        await Expect(page.Locator("#amount")).ToHaveValueAsync("12.50");
        Assert.Equal(address, page.Url);
        Assert.Equal(0, await page.EvaluateAsync<int>("() => window.seen.skeletons"));
    }

    [Fact]
    public async Task Form_SentBeforeTheCircuitIsUp_WaitsForItAndIsSentThen()
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 1350, 940);
        var (page, _) = await SignInAsync(context);
        var release = await HoldCircuitAsync(page);
        await page.GotoAsync("/statements");
        var address = page.Url;

        await page.FillAsync("#to", "2026-01-01");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page.Locator("main[data-waiting] button[aria-busy=true]")).ToHaveCountAsync(1);
        release.SetResult();

        await Expect(page.Locator("#from[aria-invalid=true]")).ToBeVisibleAsync();
        await Expect(page.Locator("#to")).ToHaveValueAsync("2026-01-01");
        Assert.Equal(address, page.Url);
    }

    [Theory]
    [InlineData(".side-nav a[href$='/transactions/history']", "/transactions/history")]
    [InlineData("main a[href*='account/details/']", "/account/details/")]
    public async Task Press_BegunBeforeAndEndedAfterTheCircuitIsUp_IsAClick(string link, string leadsTo)
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 1350, 940);
        var (page, _) = await SignInAsync(context);
        var release = await HoldCircuitAsync(page);
        await page.GotoAsync("/account/dashboard");
        await page.Locator(link).First.HoverAsync();
        await page.Mouse.DownAsync();
        await Expect(page.Locator("main[data-waiting]")).ToHaveCountAsync(1);
        release.SetResult();
        await InteractiveAsync(page);
        await page.Mouse.UpAsync();

        await page.WaitForURLAsync(url => url.Contains(leadsTo, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LightPage_StepToAnotherPage_BringsTheComponentLibrary()
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 1350, 940);
        var (page, _) = await SignInAsync(context);
        await page.GotoAsync("/account/dashboard");
        await InteractiveAsync(page);
        Assert.True(await page.EvaluateAsync<bool>("() => window.mudPopover === undefined && (window.sameDocument = true)"));

        await page.Locator("a[href*='account/details/']").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Rename" }).ClickAsync();
        await page.Locator(".rename input").FillAsync("Holidays");
        await page.Locator(".rename button[type=submit]").ClickAsync();

        // With its sheet a toast lies over the page; the tokens still decide the looks, as they come after it.
        await Expect(page.Locator(".mud-snackbar")).ToBeVisibleAsync();
        Assert.True(await page.Locator(".mud-snackbar").EvaluateAsync<bool>("""
            element => {
              while (element && getComputedStyle(element).position !== 'fixed') element = element.parentElement;
              return element !== null;
            }
            """));
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));
        Assert.True(await page.EvaluateAsync<bool>("""
            () => {
              const sheets = [...document.querySelectorAll('link[rel=stylesheet]')].map(link => link.href);
              return sheets.findIndex(href => href.includes('MudBlazor')) < sheets.findIndex(href => href.includes('tokens'));
            }
            """));
    }

    [Fact]
    public async Task Charts_OutOfView_AreLoadedWhenTheyComeIntoView()
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 412, 823);
        var (page, _) = await SignInAsync(context);
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) => asked.Enqueue(new Uri(request.Url).AbsolutePath);
        await page.GotoAsync("/account/dashboard");
        await InteractiveAsync(page);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.DoesNotContain(asked, path => path.Contains("apexcharts", StringComparison.Ordinal));

        // The figures need no drawing.
        var chart = page.Locator(".dash-balance");
        await chart.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show as table" }).ClickAsync();
        await Expect(chart.Locator("tbody tr").First).ToBeVisibleAsync();
        await chart.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Show as chart" }).ClickAsync();

        await chart.ScrollIntoViewIfNeededAsync();
        await Expect(chart.Locator("svg").First).ToBeVisibleAsync(Patiently);
        var library = Assert.Single(asked, path => path.Contains("apexcharts", StringComparison.Ordinal));
        Assert.Matches(@"/apexcharts\.esm\.[a-z0-9]{10}\.js$", library);
    }

    [Fact]
    public async Task Dashboard_FirstVisit_WeighsNoMoreThanItMay()
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 412, 823);
        var (signedIn, _) = await SignInAsync(context);
        await signedIn.CloseAsync();
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        long bytes = 0;
        network.Event("Network.loadingFinished").OnEvent += (_, finished) =>
            Interlocked.Add(ref bytes, (long)finished!.Value.GetProperty("encodedDataLength").GetDouble());
        await network.SendAsync("Network.enable");
        await network.SendAsync("Network.clearBrowserCache");

        await page.GotoAsync("/account/dashboard");
        await InteractiveAsync(page);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        Assert.InRange(Interlocked.Read(ref bytes) / 1000, 50, MostKilobytes);

        await page.Locator(".dash-balance").ScrollIntoViewIfNeededAsync();
        await Expect(page.Locator(".dash-balance svg").First).ToBeVisibleAsync(Patiently);
        Assert.InRange(Interlocked.Read(ref bytes) / 1000, 100, MostKilobytesWithCharts);
    }

    [Fact]
    public async Task LandingPage_LeftAndComeBackTo_IsAsItWas()
    {
        using var host = NewHost();
        await using var context = await NewContextAsync(host, 1350, 940);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");

        var reasons = await page.EvaluateAsync<string>(
            "() => ['unload', 'beforeunload'].filter(name => window['on' + name] !== null).join()");
        Assert.Equal("", reasons);
        await Expect(page.Locator("script[src*='blazor']")).ToHaveCountAsync(0);
        Assert.True(await page.EvaluateAsync<bool>("() => document.fonts.load('16px \"Inter Variable\"').then(fonts => fonts.length > 0)"));
    }

    /// <summary>Keeps the circuits of a page from starting until the result is set.</summary>
    private static async Task<TaskCompletionSource> HoldCircuitAsync(IPage page)
    {
        var release = new TaskCompletionSource();
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        return release;
    }

    private static Task InteractiveAsync(IPage page) => Expect(page.Locator("main:not([data-waiting])"))
        .ToHaveCountAsync(1, new LocatorAssertionsToHaveCountOptions { Timeout = 60_000 });

    // Static files as outside Development: compressed by the build, kept for good.
    private PortalHost NewHost() => portal.With(
        services => services.Replace(ServiceDescriptor.Singleton<ISignInHistory>(_readings)),
        ("ReloadStaticAssetsAtRuntime", "false"),
        ("EnableStaticAssetsDevelopmentCaching", "true"));

    private async Task<IBrowserContext> NewContextAsync(PortalHost host, int width, int height)
    {
        var context = await chromium.NewContextAsync(
            host.Start(), new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        await context.AddInitScriptAsync(Watching);
        return context;
    }

    private async Task<(IPage Page, Account Account)> SignInAsync(IBrowserContext context)
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        var services = portal.Host.Services;
        var account = (await services.GetRequiredService<AccountService>().EnsureFirstAccountAsync(user.Id, Ct)).Value;
        for (var i = 1; i <= 8; i++)
        {
            var paid = await services.GetRequiredService<TransferService>().DepositAsync(
                Actor.Customer(user.Id), Guid.NewGuid().ToString("N"), account.Id, Money.Of(100 + i, account.Currency), $"Deposit {i}", Ct);
            Assert.True(paid.IsSuccess);
        }

        var page = await context.NewPageAsync();
        await page.GotoAsync("/auth/login?returnUrl=/identity/security");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", AuthPortal.Password);
        await page.ClickAsync("main button[type=submit]");
        await page.WaitForURLAsync("**/identity/security");
        return (page, account);
    }
}
