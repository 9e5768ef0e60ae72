using System.Security.Cryptography;
using BankPortal.Core.Statements;

namespace BankPortal.Tests.Statements;

/// <summary>The download of statements: who gets them, and what is said to the others.</summary>
[EngineTest]
public sealed class StatementDownloadTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(
        DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("America/New_York")).DateTime);

    [Theory]
    [InlineData("pdf", "application/pdf", "pdf")]
    [InlineData("csv", "text/csv; charset=utf-8", "csv")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")]
    [InlineData("ofx", "application/x-ofx", "ofx")]
    [InlineData("qif", "application/qif; charset=utf-8", "qif")]
    [InlineData("camt053", "application/xml; charset=utf-8", "xml")]
    [InlineData("mt940", "text/plain; charset=us-ascii", "sta")]
    public async Task Download_OwnStatement_IsAFileWithItsHash(string format, string type, string extension)
    {
        var (http, account) = await SignInAsync();
        var period = StatementPeriod.Month(Today.Year, Today.Month).Key;

        var response = await http.GetAsync($"/statements/{account.Id}/{period}/{format}", Ct);
        var bytes = await response.Content.ReadAsByteArrayAsync(Ct);
        using var head = await http.SendAsync(
            new HttpRequestMessage(HttpMethod.Head, $"/statements/{account.Id}/{period}/{format}"), Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            $"statement-{account.Number.Digits[^4..]}-{period}-provisional.{extension}",
            response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal($"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:", response.Headers.GetValues("Repr-Digest").Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Download_AccountOfSomebodyElse_IsNotFound()
    {
        var (http, own) = await SignInAsync();
        var (_, other) = await SignInAsync();
        var period = StatementPeriod.Month(Today.Year, Today.Month).Key;

        foreach (var path in new[] { $"{other.Id}/{period}/pdf", $"none/{period}/pdf" })
        {
            var response = await http.GetAsync("/statements/" + path, Ct);

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("We could not find that account.", await response.Content.ReadAsStringAsync(Ct));
        }

        var unknown = await http.GetAsync($"/statements/{own.Id}/{period}/docx", Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"/statements/{own.Id}/banana/pdf", Ct)).StatusCode);
    }

    [Fact]
    public async Task Download_NobodySignedIn_LeadsToSignIn()
    {
        var response = await portal.NewBrowser().Http.GetAsync("/statements/some/2026-10/pdf", Ct);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("/auth/login", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-01", "The account was opened on ")]
    [InlineData("2030-01-02_2030-01-01", "The last day is before the first day.")]
    [InlineData("2090-01", "This day is still to come.")]
    public async Task Download_PeriodThatIsNotPossible_IsRefusedWithASentence(string period, string sentence)
    {
        var (http, account) = await SignInAsync();

        var response = await http.GetAsync($"/statements/{account.Id}/{period}/pdf", Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith(sentence, await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private async Task<(HttpClient Http, Account Account)> SignInAsync()
    {
        var email = AuthPortal.NewEmail("statement");
        var user = await portal.CreateUserAsync(email);
        var browser = portal.NewBrowser();
        await (await browser.GetAsync("/auth/login")).SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
        var account = (await portal.Host.Services.GetRequiredService<AccountService>().EnsureFirstAccountAsync(user.Id, Ct)).Value;
        return (browser.Http, account);
    }
}
