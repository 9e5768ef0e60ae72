namespace BankPortal.Tests.Journeys;

/// <summary>
/// No page has an error that the W3C's validator finds: neither as it is sent nor as it stands when its circuit is up, apart from what
/// libraries put into it.
/// </summary>
public sealed class ValidHtmlJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    // The page as it stands, without the drawings of charts, the marks by which the framework finds elements and is told when to start,
    // and three peculiarities of the component library; nothing while the title is away.
    private const string Standing = """
        () => {
            const copy = document.documentElement.cloneNode(true);
            if (!copy.querySelector('title')?.textContent) {
                return false;
            }
            copy.querySelectorAll('.chart-canvas').forEach(canvas => canvas.replaceChildren());
            copy.querySelectorAll('.mud-table-loading').forEach(bar => bar.closest('tr').remove());
            copy.querySelectorAll('tfoot.mud-table-foot').forEach(foot => foot.remove());
            copy.querySelectorAll('script[autostart]').forEach(script => script.removeAttribute('autostart'));
            copy.querySelectorAll('textarea[type]').forEach(area => area.removeAttribute('type'));
            copy.querySelectorAll('*').forEach(one => one.getAttributeNames()
                .filter(name => name.startsWith('_bl_'))
                .forEach(name => one.removeAttribute(name)));
            return '<!DOCTYPE html>\n' + copy.outerHTML;
        }
        """;

    private readonly List<(string Name, string Html)> _pages = [];

    [Fact]
    public Task EveryPage_Sent_IsValidHtml() => WalkAsync(async journey =>
    {
        Assert.SkipWhen(HtmlChecker.MissingBecause is not null, HtmlChecker.MissingBecause ?? "");
        var payer = await Portal.CreateAsync("Vera Validator", balance: 12_345.67m);
        var friend = await Portal.CreateAsync("Walt Friend");
        var paid = await Portal.SendAsync(payer, friend, 19.99m);
        await Portal.SendAsync(payer, friend, 8_000, hold: true);

        var visitor = await journey.OpenBrowserAsync("Vera");
        visitor.Watch.Expect(404, "/no/such/page");
        visitor.Watch.Expect(403, "/auth/access-denied");
        await TakeAsync(
            visitor, "/", "/auth/login", "/auth/login?reason=idle", "/auth/register", "/auth/forgot-password", "/auth/lockout",
            "/auth/logout", "/no/such/page", "/error", "/dev/mailbox");
        await visitor.SignInAsync(payer);
        await TakeAsync(
            visitor, "/account/dashboard", "/account/create", $"/account/details/{payer.AccountId}", "/account/details/unknown",
            "/transactions/deposit", "/transactions/withdraw", "/transactions/transfer", "/transactions/history",
            "/transactions/history?q=nothing+like+this", "/transactions/history?direction=out&kinds=transfer",
            $"/transactions/details/{paid.Id}", "/statements", $"/statements/{payer.AccountId}/{Portal.Today.Year}",
            "/statements/unknown/2026-01", "/analytics", $"/analytics/monthly/{Portal.Today.Year}/{Portal.Today.Month}",
            $"/analytics/yearly/{Portal.Today.Year}", "/analytics/categories", "/analytics/budgets", $"/analytics/transaction/{paid.Id}",
            "/identity/security", "/identity/profile", "/identity/authenticator", "/identity/passkeys/add",
            "/identity/password", "/auth/access-denied");

        var analyst = await journey.AnalystAsync("Anna Analyst");
        await TakeAsync(
            analyst, "/staff", "/staff/reconciliation", "/staff/transactions", $"/staff/transactions/{paid.Id}", "/fraud/live",
            "/fraud/queue", "/fraud/cases", "/fraud/alerts", "/fraud/rules", "/fraud/rules/1", "/fraud/lists", "/fraud/accounts",
            $"/fraud/accounts/{payer.AccountId}", $"/fraud/customers/{payer.UserId}");

        var manager = await journey.ManagerAsync("Mira Manager");
        await TakeAsync(
            manager, "/staff", "/products", "/products/propose?product=Savings", "/lending", "/lending/book", "/lending/performance",
            "/lending/products");

        var errors = await HtmlChecker.FindErrorsAsync(_pages);
        Assert.True(errors.Count == 0, string.Join(Environment.NewLine, errors));
    });

    [Fact]
    public async Task Checker_PageWithAnError_NamesIt()
    {
        Assert.SkipWhen(HtmlChecker.MissingBecause is not null, HtmlChecker.MissingBecause ?? "");
        const string Start = "<!DOCTYPE html><html lang=\"en\"><head><title>A</title></head><body>";

        var errors = await HtmlChecker.FindErrorsAsync([
            ("right", Start + "<p>Right</p></body></html>"),
            ("label", Start + "<div aria-label=\"x\">y</div></body></html>"),
            ("time", Start + "<p><time datetime=\"2026-11-20T15:04:05.0000000Z\">now</time></p></body></html>"),
        ]);

        Assert.Equal(["label", "time"], errors.Select(error => error.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    private async Task TakeAsync(Visitor visitor, params string[] addresses)
    {
        foreach (var address in addresses)
        {
            var response = await visitor.Page.GotoAsync(address);
            _pages.Add((address + " as sent", await response!.TextAsync()));
            await visitor.SettlesAsync();

            // The framework takes the title away for a moment, and puts its own there.
            var standing = await visitor.Page.WaitForFunctionAsync(Standing);
            _pages.Add((address, await standing.JsonValueAsync<string>()));
        }
    }
}
