namespace BankPortal.Tests.Browser;

/// <summary>
/// What every page stands on: the Blazor script arrives whichever way the build got it, and nothing comes from elsewhere.
/// </summary>
[BrowserTest]
public sealed class FirstPageTests(ChromiumFixture chromium)
{
    [Fact]
    public async Task InteractivePage_Opened_RunsTheBlazorScriptAndAsksNobodyElse()
    {
        using var portal = new PortalHost();
        var address = portal.Start();
        await using var context = await chromium.NewContextAsync(address);
        var page = await context.NewPageAsync();
        var scripts = new ConcurrentQueue<(string Path, int Status)>();
        var elsewhere = new ConcurrentQueue<string>();
        var complaints = new ConcurrentQueue<string>();
        page.Response += (_, response) =>
        {
            var url = new Uri(response.Url);
            if (!response.Url.StartsWith(address, StringComparison.Ordinal))
            {
                elsewhere.Enqueue(response.Url);
            }
            else if (url.AbsolutePath.EndsWith(".js", StringComparison.Ordinal))
            {
                scripts.Enqueue((url.AbsolutePath, response.Status));
            }
        };
        page.PageError += (_, error) => complaints.Enqueue(error);

        var response = await page.GotoAsync("/dev/components");
        Assert.SkipWhen(response?.Status == (int)HttpStatusCode.NotFound, "The page of building blocks is in Debug builds only.");
        await page.WaitForFunctionAsync("() => window.Blazor !== undefined");

        Assert.Contains(scripts, script => script.Status == 200
            && script.Path.StartsWith("/_framework/blazor.web.", StringComparison.Ordinal)
            && script.Path != "/_framework/blazor.web.js");
        Assert.Empty(elsewhere);
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task FirstPage_CheckedWithAxe_HasNoViolation()
    {
        using var portal = new PortalHost();
        await using var context = await chromium.NewContextAsync(portal.Start());
        var page = await context.NewPageAsync();

        await page.GotoAsync("/");

        await Accessibility.AssertNoViolationsAsync(page);
    }

    [Fact]
    public async Task Accessibility_PageWithAFault_IsRefused()
    {
        await using var context = await chromium.NewContextAsync("http://localhost");
        var page = await context.NewPageAsync();
        await page.SetContentAsync(
            "<!DOCTYPE html><html lang=\"en\"><title>Fault</title><body><main><h1>Fault</h1><button></button></main></body></html>"
        );

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Accessibility.AssertNoViolationsAsync(page));

        Assert.Contains("button-name", failure.Message, StringComparison.Ordinal);
    }
}
