using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>The advice that a form asks for while somebody types a new password.</summary>
[EngineTest]
public sealed class PasswordAdviceTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_APassword_AnswersAsTheServerJudgesTheForm()
    {
        var easy = await AskAsync(new { password = "Sunflower7", name = "Ada Lovelace", email = "ada@example.org" });
        var personal = await AskAsync(new { password = "Lovelace-7x2q", name = "Ada Lovelace", email = "ada@example.org" });
        var hard = await AskAsync(new { password = "quiet harbour at night" });

        Assert.Equal(PasswordStrength.Of("Sunflower7", null, null).Problem, easy.GetProperty("problem").GetString());
        Assert.NotEqual(0, easy.GetProperty("advice").GetArrayLength());
        Assert.Contains("your name", personal.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, hard.GetProperty("problem").ValueKind);
        Assert.Equal(4, hard.GetProperty("score").GetInt32());
    }

    [Fact]
    public async Task Post_NothingOrTooMuch_IsRefused()
    {
        var http = portal.NewBrowser().Http;

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, new { password = "" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, new { name = "Ada" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, new { password = new string('x', 129) })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(http, new { password = "x", name = new string('x', 401) })).StatusCode);
    }

    [Fact]
    public async Task Post_MoreThanTheLimit_IsAskedToWait()
    {
        using var strict = portal.With(settings: ("SignIn:AdvicePerMinute", "2"));
        var http = AuthPortal.NewBrowser(strict).Http;
        Assert.True((await PostAsync(http, new { password = "one" })).IsSuccessStatusCode);
        Assert.True((await PostAsync(http, new { password = "two" })).IsSuccessStatusCode);

        var refused = await PostAsync(http, new { password = "three" });

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("60", refused.Headers.GetValues("Retry-After").Single());
        Assert.Empty(await refused.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task Post_LoggingEverything_LogsNoPasswordAndIsNotKeptByTheBrowser()
    {
        const string password = "Unmistakable-Gooseberry-83";
        using var log = new EverythingLogged();
        using var host = portal.With(
            services => services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace)),
            ("Logging:LogLevel:Default", "Trace"));

        var response = await PostAsync(AuthPortal.NewBrowser(host).Http, new { password, name = "Ada", email = "ada@example.org" });

        Assert.True(response.IsSuccessStatusCode);
        Assert.True(response.Headers.CacheControl is { NoStore: true });
        Assert.DoesNotContain(password, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line => Assert.DoesNotContain("Gooseberry", line, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Register_PasswordThatIsEasyToGuess_IsExplainedWithAdvice()
    {
        var browser = await portal.NewBrowser().GetAsync("/auth/register");

        await browser.SendAsync(
            ("Form.FullName", "Ada Lovelace"),
            ("Form.Email", AuthPortal.NewEmail()),
            ("Form.Phone", "+61 412 345 678"),
            ("Form.Password", "Sunflower7"),
            ("Form.ConfirmPassword", "Sunflower7"));

        Assert.Equal([PasswordStrength.Of("Sunflower7", null, null).Problem!], browser.Errors);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, object question) =>
        http.PostAsJsonAsync("/auth/password-advice", question, Ct);

    private async Task<JsonElement> AskAsync(object question)
    {
        using var response = await PostAsync(portal.NewBrowser().Http, question);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    private sealed class EverythingLogged : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> Lines => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
