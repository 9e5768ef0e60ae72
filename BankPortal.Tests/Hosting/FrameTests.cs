using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace BankPortal.Tests.Hosting;

/// <summary>Every response has the security headers, number formats, and pages for "not found" and for faults.</summary>
[EngineTest]
public sealed partial class FrameTests(FrameTests.Portal portal) : IClassFixture<FrameTests.Portal>
{
    private readonly HttpClient _client = portal.Client;

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    [InlineData("/fault", HttpStatusCode.InternalServerError)]
    public async Task EveryPage_OfAnyOutcome_HasTheSecurityHeaders(string path, HttpStatusCode status)
    {
        using var response = await _client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains("script-src 'self';", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("strict-origin-when-cross-origin", Header("Referrer-Policy"));
        Assert.Contains("camera=()", Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.NotNull(response.Headers.CacheControl);
        Assert.False(response.Headers.Contains("Server"));

        string Header(string name) => Assert.Single(response.Headers.GetValues(name));
    }

    [Fact]
    public async Task FirstPage_Html_RunsNoInlineScript()
    {
        var html = await _client.GetStringAsync("/", TestContext.Current.CancellationToken);

        Assert.All(Script().Matches(html), script => Assert.Contains(" src=", script.Value, StringComparison.Ordinal));
        Assert.DoesNotMatch(" on[a-z]+=\"", html);
    }

    [Fact]
    public async Task UnknownAddress_Asked_HasAPageThatSaysSo()
    {
        using var response = await _client.GetAsync("/no-such-page", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(
            "There is no page here",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Fault_InARequest_ShowsAReferenceThatTheLogHasAndNothingElse()
    {
        using var response = await _client.GetAsync("/fault", TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var reference = Reference().Match(html).Value;
        Assert.NotEmpty(reference);
        Assert.Contains(portal.Logged, line => line.Contains(reference, StringComparison.Ordinal));
        Assert.DoesNotContain(Portal.FaultWords, html, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorPage_OpenedByItself_SaysNothingIsWrong()
    {
        var html = await _client.GetStringAsync("/error", TestContext.Current.CancellationToken);

        Assert.Contains("Nothing is wrong", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-AT,de;q=0.8,en;q=0.5", null, "de-AT")]
    [InlineData("tlh,fr-BE;q=0.9", null, "fr-FR")]
    [InlineData("en;q=0.5,sv", null, "sv-SE")]
    [InlineData("tlh", null, "en-US")]
    [InlineData(null, null, "en-US")]
    [InlineData("de-DE", "c=en-GB|uic=en-US", "en-GB")]
    [InlineData("de-DE", "c=xx-XX|uic=en-US", "de-DE")]
    public async Task Formats_OfThePage_FollowCookieThenBrowser(string? languages, string? cookie, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        if (languages is not null)
        {
            request.Headers.Add("Accept-Language", languages);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", ".AspNetCore.Culture=" + Uri.EscapeDataString(cookie));
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains($"data-culture=\"{expected}\"", html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("theme=dark", "dark")]
    [InlineData("theme=light", "light")]
    [InlineData("theme=\"><script>", "system")]
    [InlineData("other=1", "system")]
    public async Task Theme_OfThePage_IsTheChosenOneFromTheFirstByte(string cookie, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", cookie);

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains(
            $"data-theme=\"{expected}\"",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Form_WithoutAToken_IsRefusedWithASentence()
    {
        using var form = new FormUrlEncodedContent([new("_handler", "login"), new("Form.Email", "a@example.com")]);

        using var response = await _client.PostAsync("/auth/login", form, TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("We could not accept that form", html, StringComparison.Ordinal);
        Assert.DoesNotContain("antiforgery token was not provided", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Circuit_AskedForByAnotherSite_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", "https://evil.example");

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [GeneratedRegex("<script[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Script();

    [GeneratedRegex("[2-9A-Z]{4}-[2-9A-Z]{4}(?=</strong>)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    /// <summary>The portal with one more address, which always fails.</summary>
    public sealed class Portal : IDisposable
    {
        public const string FaultWords = "the words of the fault";

        private readonly ListLogger<Web.Features.Home.Error> _log = new();
        private readonly PortalHost _host;

        public Portal()
        {
            _host = new PortalHost(new Dictionary<string, string>(StringComparer.Ordinal) { ["Demo:Enabled"] = "false" }, services =>
            {
                services.AddSingleton<IStartupFilter, FaultyAddress>();
                services.AddSingleton<ILogger<Web.Features.Home.Error>>(_log);
            });
            Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            {
                BaseAddress = new Uri(_host.Start()),
            };
        }

        public HttpClient Client { get; }

        public IEnumerable<string> Logged => _log.Lines;

        public IServiceProvider Services => _host.Services;

        public void Dispose()
        {
            Client.Dispose();
            _host.Dispose();
        }

        private sealed class FaultyAddress : IStartupFilter
        {
            public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
            {
                next(app);
                app.Map("/fault", branch => branch.Run(_ => throw new InvalidOperationException(FaultWords)));
            };
        }
    }
}
