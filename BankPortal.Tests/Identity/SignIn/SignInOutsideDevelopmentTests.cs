using BankPortal.Web.Features.Identity;
using BankPortal.Web.Features.Notifications;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>What differs where customers are.</summary>
[EngineTest]
public sealed class SignInOutsideDevelopmentTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static readonly (string, string)[] Production =
    [
        ("environment", "Production"), ("SignIn:PublicUrl", "https://bank.example"), ("Notifications:Sender", "None"),
        ("Security:AllowUnprotectedKeyRing", "true"),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mailbox_DoesNotExist()
    {
        using var host = portal.With(settings: Production);

        var browser = await AuthPortal.NewBrowser(host).GetAsync("/dev/mailbox");

        Assert.Equal(HttpStatusCode.NotFound, browser.Response.StatusCode);
    }

    [Fact]
    public async Task Login_OverHttps_SetsSecureCookiesAndShowsTheForm()
    {
        using var host = portal.With(settings: Production);

        var browser = await AuthPortal.NewBrowser(host).GetAsync("/auth/login");

        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        Assert.Contains(
            "; secure",
            Assert.Single(browser.Response.Headers.GetValues("Set-Cookie")).ToLowerInvariant(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Post_WithoutAntiforgeryToken_ExplainsItself()
    {
        using var host = portal.With(settings: Production);
        var browser = AuthPortal.NewBrowser(host);
        foreach (var path in new[] { "/auth/login", "/auth/logout" })
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "login")]);
            using var response = await browser.Http.PostAsync(path, content, Ct);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("We could not accept that form", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PlainRequest_IsLedToTheEncryptedAddress()
    {
        using var host = portal.With(settings: Production);
        using var client = Plain(host);
        using var response = await client.GetAsync("/auth/login?returnUrl=%2Faccount", Ct);

        Assert.Equal(HttpStatusCode.PermanentRedirect, response.StatusCode);
        Assert.Equal("https://bank.example/auth/login?returnUrl=%2Faccount", response.Headers.Location?.OriginalString);
        using var health = await client.GetAsync("/health/live", Ct);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task PlainRequest_ThroughAnUnknownProxy_IsRefusedWithTheReason()
    {
        using var host = portal.With(Proxy("10.0.0.7"), Production);
        using var response = await Plain(host).SendAsync(Forwarded(), Ct);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("must be listed", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Proxy:KnownProxies:0", "10.0.0.7")]
    [InlineData("Proxy:KnownNetworks:0", "10.0.0.0/16")]
    public async Task PlainRequest_ThroughAKnownProxy_CountsAsEncrypted(string key, string value)
    {
        using var host = portal.With(Proxy("10.0.0.7"), [.. Production, (key, value)]);
        using var response = await Plain(host).SendAsync(Forwarded(), Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("bank.example", "/auth/login", HttpStatusCode.OK)]
    [InlineData("BANK.example:443", "/auth/login", HttpStatusCode.OK)]
    [InlineData("localhost", "/auth/login", HttpStatusCode.OK)]
    [InlineData("[::1]:8443", "/auth/login", HttpStatusCode.OK)]
    [InlineData("evil.example", "/auth/login", HttpStatusCode.BadRequest)]
    [InlineData("bank.example.evil.example", "/css/app.css", HttpStatusCode.BadRequest)]
    [InlineData("sub.bank.example", "/", HttpStatusCode.BadRequest)]
    [InlineData("10.0.0.12:8080", "/", HttpStatusCode.BadRequest)]
    [InlineData("10.0.0.12:8080", "/health/live", HttpStatusCode.OK)]
    public async Task Request_ForAHost_IsAnsweredOnlyForOurOwn(string name, string path, HttpStatusCode expected)
    {
        using var host = portal.With(settings: Production);

        using var response = await RequestAsync(host, name, path);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
    }

    [Theory]
    [InlineData("internal.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    public async Task Request_AllowedHostsAreConfigured_AreThoseInstead(string name, HttpStatusCode expected)
    {
        using var host = portal.With(settings: [.. Production, ("AllowedHosts", "bank.example;internal.example")]);

        using var response = await RequestAsync(host, name, "/auth/login");

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("SignIn:PublicUrl", null, "SignIn:PublicUrl must be given outside Development")]
    [InlineData("SignIn:PublicUrl", "http://bank.example", "SignIn:PublicUrl must start with https://")]
    [InlineData("SignIn:PublicUrl", "bank", "SignIn:PublicUrl must be an address")]
    [InlineData("SignIn:FormsPerMinute", "0", "SignIn:FormsPerMinute must be between 1 and")]
    [InlineData("Notifications:Sender", null, "Notifications:Sender must be chosen")]
    [InlineData("Notifications:Sender", "Mailbox", "Notifications:Sender cannot be Mailbox outside Development")]
    [InlineData("Notifications:Sender", "Smtp", "Notifications:Smtp:Host must be given")]
    [InlineData("Notifications:Sender", "Pigeon", "Notifications:Sender must be one of")]
    [InlineData("Proxy:KnownProxies:0", "proxy.example", "which is not an IP address")]
    [InlineData("Proxy:KnownNetworks:0", "10.0.0.0", "which is not a network")]
    public void ValidateOptions_AnErrorInTheConfiguration_IsRefusedWithTheReason(string key, string? value, string reason)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(Production.Where(setting => setting.Item1 != key)
            .Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));
        if (value is not null)
        {
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]);
        }

        builder.Services.AddHosting();
        builder.Services.AddNotificationsFeature();
        builder.Services.AddIdentityFeature(builder.Environment);
        using var services = builder.Services.BuildServiceProvider();

        var refusal = Assert.Throws<OptionsValidationException>(services.ValidateOptions);

        Assert.Contains(refusal.Failures, failure => failure.Contains(reason, StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> RequestAsync(PortalHost host, string name, string path)
    {
        using var client = AuthPortal.NewBrowser(host).Http;
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = name } };
        return await client.SendAsync(request, Ct);
    }

    private static HttpClient Plain(PortalHost host) => host.CreateClient(new WebApplicationFactoryClientOptions
    {
        BaseAddress = new Uri("http://localhost"),
        AllowAutoRedirect = false,
    });

    private static HttpRequestMessage Forwarded()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/auth/login");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        return request;
    }

    // The in-process server knows no addresses; this one says who asks, before anything else looks.
    private static Action<IServiceCollection> Proxy(string address) => services =>
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter>(new ComesFrom(IPAddress.Parse(address))));

    private sealed class ComesFrom(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = address;
                return following(context);
            });
            next(app);
        };
    }
}
