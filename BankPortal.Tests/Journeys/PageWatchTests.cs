namespace BankPortal.Tests.Journeys;

/// <summary>A journey through pages with faults fails, and says what they are.</summary>
[BrowserTest]
public sealed class PageWatchTests(ChromiumFixture chromium, JourneyPortal portal)
{
    [Theory]
    [InlineData("console.error('broken on purpose')", "console: broken on purpose")]
    [InlineData("setTimeout(() => { throw new Error('thrown on purpose') })", "script: Error: thrown on purpose")]
    [InlineData("fetch('/nothing/there')", "status: 404 for GET")]
    [InlineData("fetch('http://elsewhere.invalid/')", "elsewhere: http://elsewhere.invalid/")]
    public async Task Journey_PageWithAFault_Fails(string script, string complaint)
    {
        await using var journey = new Journey(chromium, portal, $"{nameof(PageWatchTests)}.{nameof(Journey_PageWithAFault_Fails)}");

        var failure = await Assert.ThrowsAsync<JourneyFailedException>(() => journey.WalkAsync(async walk =>
        {
            var visitor = await walk.OpenBrowserAsync("Nobody");

            // A page without a content security policy of its own, and nobody outside is really asked.
            await visitor.Context.RouteAsync("**/*", route => route.FulfillAsync(
                    new RouteFulfillOptions
                    {
                        Status = route.Request.Url.EndsWith("/nothing/there", StringComparison.Ordinal) ? 404 : 200,
                        ContentType = "text/html",
                        Headers = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["Access-Control-Allow-Origin"] = "*",
                            ["Content-Type"] = "text/html",
                        },
                        Body =
                            "<!DOCTYPE html><html lang=\"en\"><title>Fault</title><link rel=\"icon\" href=\"data:,\"><body><main>Fault</main></body></html>",
                    }
                ));
            await visitor.GoAsync("/");
            await visitor.Page.EvaluateAsync($"() => {{ {script} }}");
            while (visitor.Watch.Complaints.Count == 0)
            {
                await visitor.Page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        })
        );

        Assert.Contains(complaint, failure.Message, StringComparison.Ordinal);
        Assert.Contains(".png", failure.Message, StringComparison.Ordinal);
    }
}
