using BankPortal.Web.Components.Pages;

namespace BankPortal.Tests.Hosting;

/// <summary>What a browser gets before any script has run: the real content, for its owner alone, and nothing that leaks.</summary>
[EngineTest]
public sealed partial class FirstResponseTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/account/dashboard")]
    [InlineData("/transactions/history")]
    [InlineData("/account/details/{0}")]
    public async Task PageOfACustomer_FirstResponse_HasTheFiguresAndNoSkeleton(string path)
    {
        var (http, account) = await SignInAsync(1_234.56m);

        using var response = await http.GetAsync(string.Format(CultureInfo.InvariantCulture, path, account.Id), Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);

        Assert.Contains("$1,234.56", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"skeleton", html, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/transactions/transfer")]
    [InlineData("/transactions/deposit")]
    [InlineData("/transactions/withdraw?op=no-key")]
    public async Task PageThatMovesMoney_FirstResponse_HasItsKeyAndItsForm(string path)
    {
        var (http, _) = await SignInAsync(1_234.56m);

        using var redirect = await http.GetAsync(path, Ct);
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        var address = redirect.Headers.Location!.ToString();
        Assert.Matches(@"\?op=[0-9a-f]{32}$", address);
        var html = await http.GetStringAsync(address, Ct);

        Assert.Contains("$1,234.56", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"skeleton", html, StringComparison.Ordinal);
        Assert.Contains($"{path[1..].Split('?')[0]}:{address[^32..]}", html, StringComparison.Ordinal);

        // Without a circuit there is nobody to send it to.
        Assert.DoesNotContain("type=\"submit\" class=\"btn btn-primary", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/account/dashboard", true)]
    [InlineData("/transactions/history", true)]
    [InlineData("/account/create?op=0123456789abcdef0123456789abcdef", false)]
    public async Task PageOfACustomer_FirstResponse_BringsTheComponentLibraryOnlyWhereItIsNeeded(string path, bool isLight)
    {
        var (http, _) = await SignInAsync(1);

        var html = await http.GetStringAsync(path, Ct);
        var inert = html.IndexOf("<template id=\"library\"", StringComparison.Ordinal);

        Assert.Equal(isLight, inert > 0);
        Assert.Equal(isLight ? 1 : 2, Regex.Count(html[Math.Max(0, inert)..], @"[""/]MudBlazor\.min\.[^""]*js""|media=""print"""));
    }

    [Fact]
    public async Task PageOfACustomer_ItsState_IsSmallHoweverMuchThePageShows()
    {
        var (http, account) = await SignInAsync(1_234.56m);
        for (var i = 1; i <= 20; i++)
        {
            await PayInAsync(account, i);
        }

        var html = await http.GetStringAsync("/transactions/history", Ct);
        var state = State().Match(html).Groups["state"].Value;

        // Encrypted, and in it a token of 43 letters for what waits on the server.
        Assert.InRange(state.Length, 1, 1_500);
        Assert.DoesNotContain(account.Id, state, StringComparison.Ordinal);
        Assert.True(portal.Host.Services.GetRequiredService<HandOverStore>().Count > 0);
    }

    [Fact]
    public async Task PageOfACustomer_OfSomebodyElsesAccount_SaysThatThereIsNone()
    {
        var (_, account) = await SignInAsync(77.77m);
        var (http, _) = await SignInAsync(1);

        var html = await http.GetStringAsync($"/account/details/{account.Id}", Ct);

        Assert.Contains("We could not find that account", html, StringComparison.Ordinal);
        Assert.DoesNotContain("77.77", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfACustomer_SessionOver_ShowsNothing()
    {
        var (http, account) = await SignInAsync(1_234.56m);
        await portal.Host.Services.GetRequiredService<ISessionRegistry>().EndAllAsync(account.OwnerId, ct: Ct);

        using var response = await http.GetAsync("/account/dashboard", Ct);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.DoesNotContain("1,234.56", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfACustomer_CredentialsChangedElsewhere_ShowsNoFigures()
    {
        var (http, account) = await SignInAsync(1_234.56m);
        await using var scope = portal.Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<BankUser>>();
        await users.UpdateSecurityStampAsync((await users.FindByIdAsync(account.OwnerId))!);

        using var response = await http.GetAsync("/account/dashboard", Ct);

        Assert.DoesNotContain("1,234.56", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageOfACustomer_OtherZoneAndLanguage_IsWrittenForThem()
    {
        var (http, _) = await SignInAsync(1_234.56m);
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-DE");

        var html = WebUtility.HtmlDecode(await http.GetStringAsync("/account/dashboard", Ct));

        Assert.Contains("1.234,56", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LandingPage_OfAVisitor_MayBeKeptAndListed()
    {
        var http = portal.NewBrowser().Http;

        using var response = await http.GetAsync("/", Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(TimeSpan.FromMinutes(1), response.Headers.CacheControl?.MaxAge);
        Assert.True(response.Headers.CacheControl?.Private);
        Assert.False(response.Headers.CacheControl?.NoStore);
        Assert.Contains("Cookie", string.Join(',', response.Headers.Vary), StringComparison.Ordinal);
        Assert.Matches("<meta name=\"description\" content=\"[^\"]{50,}\"", html);
        Assert.DoesNotContain("noindex", html, StringComparison.Ordinal);
        Assert.DoesNotContain("blazor.web", html, StringComparison.Ordinal);
        Assert.DoesNotContain("&quot;Inter", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LandingPage_OfSomebodySignedIn_IsNotKept()
    {
        var (http, _) = await SignInAsync(1);

        using var response = await http.GetAsync("/", Ct);

        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("/auth/login", true)]
    [InlineData("/auth/register", true)]
    [InlineData("/auth/forgot-password", false)]
    public async Task FormOfAVisitor_IsNeverKept(string path, bool isListed)
    {
        using var response = await portal.NewBrowser().Http.GetAsync(path, Ct);
        var html = await response.Content.ReadAsStringAsync(Ct);

        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(!isListed, html.Contains("noindex", StringComparison.Ordinal));
        Assert.Equal(isListed, html.Contains("<meta name=\"description\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryFileOfAPage_HasAFingerprintAndIsKeptForever()
    {
        var (http, _) = await SignInAsync(1);
        var html = await http.GetStringAsync("/account/dashboard", Ct);

        var files = Files().Matches(html).Select(match => match.Groups["file"].Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.Contains(files, file => file.Contains("inter-latin-wght-normal", StringComparison.Ordinal));
        Assert.All(files, file => Assert.Matches(@"\.[a-z0-9]{10}\.", file));
    }

    private async Task<(HttpClient Http, Account Account)> SignInAsync(decimal balance)
    {
        var email = AuthPortal.NewEmail("first");
        var user = await portal.CreateUserAsync(email);
        var account = (await portal.Host.Services.GetRequiredService<AccountService>().EnsureFirstAccountAsync(user.Id, Ct)).Value;
        await PayInAsync(account, balance);
        var browser = portal.NewBrowser();
        await (await browser.GetAsync("/auth/login")).SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
        return (browser.Http, account);
    }

    private async Task PayInAsync(Account account, decimal amount)
    {
        var result = await portal.Host.Services.GetRequiredService<TransferService>().DepositAsync(
            Actor.Customer(account.OwnerId), Guid.NewGuid().ToString("N"), account.Id, Money.Of(amount, account.Currency), "Deposit", Ct);
        Assert.True(result.IsSuccess);
    }

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^>]*)-->", RegexOptions.NonBacktracking)]
    private static partial Regex State();

    [GeneratedRegex("(?:href|src)=\"(?<file>[^\"]+\\.(?:css|js|woff2|svg))\"", RegexOptions.NonBacktracking)]
    private static partial Regex Files();
}
