[assembly: AssemblyFixture(typeof(BankPortal.Tests.Browser.ChromiumFixture))]

namespace BankPortal.Tests.Browser;

/// <summary>
/// One Chromium for the whole run, started by the first test that asks. It is the browser of the machine
/// (or the one that <c>BANKPORTAL_TEST_BROWSER</c> names), never a downloaded one; without any, the test is skipped.
/// </summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private const string BrowserVariable = "BANKPORTAL_TEST_BROWSER";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // Chromium refuses its sandbox to root; the rest keeps it from looking anything up on its own.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A fresh profile in its own window; skips the calling test where there is no browser. Dispose it with the test.</summary>
    public async Task<IBrowserContext> NewContextAsync(string baseAddress, BrowserNewContextOptions? options = null)
    {
        var browser = await GetBrowserAsync();
        options ??= new BrowserNewContextOptions();
        options.BaseURL ??= baseAddress;
        options.Locale ??= "en-GB";
        options.TimezoneId ??= "UTC";
        var context = await browser.NewContextAsync(options);

        // A shared machine may be slow: a test that passes must not depend on how slow.
        context.SetDefaultTimeout(60_000);
        context.SetDefaultNavigationTimeout(60_000);
        return context;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> GetBrowserAsync()
    {
        var path = FindBrowser();
        Assert.SkipWhen(path is null, $"No browser: install chromium, or name one in {BrowserVariable}.");

        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args = Arguments,
                Timeout = 120_000,
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    private static string? FindBrowser()
    {
        if (Environment.GetEnvironmentVariable(BrowserVariable) is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return Names
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }
}
