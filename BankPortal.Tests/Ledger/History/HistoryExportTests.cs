using System.Text;
using BankPortal.Web.Components.Export;

namespace BankPortal.Tests.Ledger.History;

[EngineTest]
public sealed class HistoryExportTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+61 400")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("  =cmd|' /C calc'!A0")]
    [InlineData("\t=1")]
    [InlineData("\uFF1D1+1")]
    public void Cell_TextThatCouldBeAFormula_GetsAnApostrophe(string text) => Assert.Equal("'" + text, CsvDownload.Text(text));

    [Theory]
    [InlineData("")]
    [InlineData("Rent March = paid")]
    [InlineData("Anna-Lena")]
    public void Cell_OtherText_StaysAsItIs(string text) => Assert.Equal(text, CsvDownload.Text(text));

    [Fact]
    public async Task Download_WithFilters_HoldsExactlyWhatPassesThem()
    {
        var (http, account) = await SignInAsync();
        await PostAsync(account, 3_000, "=HYPERLINK(\"http://evil\")", TransferKind.Salary);
        await PostAsync(account, -12.5m, "Café, \"Zürich\"", TransferKind.Purchase);
        await PostAsync(account, -700, "Rent", TransferKind.Payment);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-DE");

        var response = await http.GetAsync("/transactions/history.csv?dir=out&sort=oldest", Ct);
        var bytes = await response.Content.ReadAsByteArrayAsync(Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/csv; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Matches(@"^transactions-\d{4}-\d\d-\d\d\.csv$", response.Content.Headers.ContentDisposition.FileName!);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("Date,Time,UTC offset,Account,", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"Café, \"\"Zürich\"\"\",-12.50,USD,2987.50,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",-700.00,USD,2287.50,", lines[2], StringComparison.Ordinal);

        var all = await http.GetStringAsync("/transactions/history.csv", Ct);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil\"\")\",3000.00,", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_NobodySignedIn_LeadsToSignIn()
    {
        var response = await portal.NewBrowser().Http.GetAsync("/transactions/history.csv", Ct);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("/auth/login", response.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_AccountOfSomebodyElse_IsNotFound()
    {
        var (http, _) = await SignInAsync();
        var (_, other) = await SignInAsync();

        var response = await http.GetAsync("/transactions/history.csv?account=" + other.Id, Ct);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("We could not find that account.", await response.Content.ReadAsStringAsync(Ct));
    }

    [Theory]
    [InlineData("min=abc")]
    [InlineData("from=31.12.2026")]
    [InlineData("kind=nothing")]
    public async Task Download_InvalidFilter_IsRefusedWithASentence(string query)
    {
        var (http, _) = await SignInAsync();

        var response = await http.GetAsync("/transactions/history.csv?" + query, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("Exception", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private async Task<(HttpClient Http, Account Account)> SignInAsync()
    {
        var email = AuthPortal.NewEmail("csv");
        var user = await portal.CreateUserAsync(email);
        var browser = portal.NewBrowser();
        await (await browser.GetAsync("/auth/login")).SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
        var account = (await portal.Host.Services.GetRequiredService<AccountService>().EnsureFirstAccountAsync(user.Id, Ct)).Value;
        return (browser.Http, account);
    }

    private async Task PostAsync(Account account, decimal amount, string description, TransferKind kind)
    {
        var bank = GeneralLedger.Clearing(account.Currency);
        var result = await portal.Host.Services.GetRequiredService<LedgerService>().ExecuteAsync(
            new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = account.Id + amount.ToString(CultureInfo.InvariantCulture),
                Kind = kind,
                DebitAccountId = amount < 0 ? account.Id : bank,
                CreditAccountId = amount < 0 ? bank : account.Id,
                Amount = Money.Of(Math.Abs(amount), account.Currency),
                Description = description,
            },
            Ct);
        Assert.True(result.IsSuccess);
    }
}
