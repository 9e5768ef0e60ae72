using AngleSharp.Html.Dom;

namespace BankPortal.Tests.Identity.SignIn;

[EngineTest]
public sealed class RegistrationPagesTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_ThenLinkAndPassword_SignsInAsCustomerWithACheckingAccount()
    {
        var email = AuthPortal.NewEmail();
        var browser = portal.NewBrowser();

        await RegisterAsync(browser, email);
        Assert.Contains("Check your e-mail", browser.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);

        await browser.GetAsync(await portal.LinkAsync(email, "Confirm"));
        Assert.False((await portal.LoadAsync(email)).EmailConfirmed); // opening the link is not enough
        await browser.SendAsync(("Form.Password", AuthPortal.Password));
        browser.LeadsTo("/auth/welcome");
        await browser.FollowAsync();
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        Assert.Contains("Welcome, Ada Lovelace", browser.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);

        var user = await portal.LoadAsync(email);
        Assert.Equal([BankRoles.Customer], user.Roles);
        Assert.True(user.EmailConfirmed);
        Assert.Equal("+61412345678", user.PhoneNumber);
        await using var scope = portal.Host.Services.CreateAsyncScope();
        var account = Assert.Single(
            await scope.ServiceProvider.GetRequiredService<AccountService>().ListAsync(Actor.Customer(user.Id), Ct)
        );
        Assert.Equal(AccountType.Checking, account.Type);
        Assert.Contains(account.Number.Grouped, browser.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_AddressWithAnAccount_GivesTheSameAnswerAndWritesToItsOwner()
    {
        var email = AuthPortal.NewEmail();
        var first = await RegisterAsync(portal.NewBrowser(), email);
        await portal.LinkAsync(email, "Confirm");
        var firstBody = first.NeutralBody;
        var unconfirmed = await RegisterAsync(portal.NewBrowser(), email);
        Assert.Equal(firstBody, unconfirmed.NeutralBody);

        var taken = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(taken, name: "Grace Hopper");
        var again = await RegisterAsync(
            portal.NewBrowser(),
            taken.ToUpperInvariant(),
            name: "Mallory Intruder",
            password: "Another-Secret-99"
        );

        Assert.Equal(HttpStatusCode.OK, again.Response.StatusCode);
        Assert.Equal(
            firstBody.Replace(email, "", StringComparison.Ordinal).Replace(Uri.EscapeDataString(email), "", StringComparison.Ordinal),
            again
                .NeutralBody.Replace(taken.ToUpperInvariant(), "", StringComparison.Ordinal)
                .Replace(Uri.EscapeDataString(taken.ToUpperInvariant()), "", StringComparison.Ordinal)
        );
        var message = await portal.Mailbox.WaitForAsync(taken, "already have an account", Ct);
        Assert.Equal(taken, message.To);
        Assert.DoesNotContain("Mallory", message.Body, StringComparison.Ordinal);
        Assert.Equal(user.PasswordHash, (await portal.LoadAsync(taken)).PasswordHash);
    }

    [Fact]
    public async Task Register_Errors_AreNextToTheirFieldsAndOnlyPasswordsAreLost()
    {
        var browser = await portal.NewBrowser().GetAsync("/auth/register");
        await browser.SendAsync(
            ("Form.FullName", "Ada <script>"), ("Form.Email", "ada@nowhere"), ("Form.Phone", "0412 345 678"),
            ("Form.Password", "short"), ("Form.ConfirmPassword", "other"));

        Assert.Equal(4, browser.Errors.Count);
        Assert.Equal("Ada <script>", Input(browser, "full-name").Value);
        Assert.Equal("ada@nowhere", Input(browser, "email").Value);
        Assert.Equal("0412 345 678", Input(browser, "phone").Value);
        Assert.Equal("", Input(browser, "password").Value);
        Assert.Equal("", Input(browser, "confirm-password").Value);
        Assert.StartsWith("Error:", browser.Page.Title, StringComparison.Ordinal);
        foreach (var id in new[] { "full-name", "email", "phone", "password" })
        {
            var input = Input(browser, id);
            Assert.Equal("true", input.GetAttribute("aria-invalid"));
            var described = input.GetAttribute("aria-describedby")!.Split(' ').Select(part => browser.Page.GetElementById(part)).ToList();
            Assert.All(described, Assert.NotNull);
            Assert.Contains(described, element =>
                browser.Errors.Any(error => element!.TextContent.Contains(error, StringComparison.Ordinal))
            );
            Assert.NotNull(browser.Page.QuerySelector($"[data-error-summary] a[href$='#{id}']"));
        }
    }

    [Theory]
    [InlineData("Form.ConfirmPassword", "Quiet-Harbour-72", "The two passwords are not the same.")]
    [InlineData("Form.FullName", " ", "Enter your full name.")]
    [InlineData("Form.Email", "", "Enter your e-mail address.")]
    [InlineData("Form.Email", "ada@example.org\r\nBcc: eve@example.org", "Enter an e-mail address such as name@example.com.")]
    [InlineData("Form.Phone", "not a number", "Enter a phone number such as (201) 555-0123, or begin with + and the country code.")]
    public async Task Register_OneError_IsExplained(string field, string value, string sentence)
    {
        var browser = await portal.NewBrowser().GetAsync("/auth/register");
        var values = Filled(AuthPortal.NewEmail()).Where(pair => pair.Name != field).Append((field, value)).ToArray();
        await browser.SendAsync(values);

        Assert.Equal([sentence], browser.Errors);
    }

    [Fact]
    public async Task Register_RoleInTheForm_IsIgnored()
    {
        var email = AuthPortal.NewEmail();
        var browser = await portal.NewBrowser().GetAsync("/auth/register?Form.Role=admin&role=admin");
        var token = ((IHtmlInputElement)browser.Page.QuerySelector("main input[name=__RequestVerificationToken]")!).Value;
        (string Name, string Value)[] fields =
        [
            .. Filled(email), ("__RequestVerificationToken", token), ("_handler", "register"),
            ("Form.Role", "admin"), ("Form.Roles[0]", "admin"), ("Form.EmailConfirmed", "true"),
        ];
        using var content = new FormUrlEncodedContent(fields.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        using var response = await browser.Http.PostAsync("/auth/register", content, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var user = await portal.LoadAsync(email);
        Assert.Equal([BankRoles.Customer], user.Roles);
        Assert.False(user.EmailConfirmed);
    }

    [Fact]
    public async Task ConfirmEmail_WrongPassword_DoesNotConfirmAndLocksAfterFive()
    {
        var email = AuthPortal.NewEmail();
        var browser = portal.NewBrowser();
        await RegisterAsync(browser, email);
        var link = await portal.LinkAsync(email, "Confirm");
        for (var i = 0; i < 4; i++)
        {
            await browser.GetAsync(link);
            await browser.SendAsync(("Form.Password", "Wrong-Password-1"));
            Assert.Equal(["That is not the password you chose when you registered."], browser.Errors);
        }

        await browser.GetAsync(link);
        await browser.SendAsync(("Form.Password", "Wrong-Password-1"));
        browser.LeadsTo("/auth/lockout");
        await browser.GetAsync(link);
        await browser.SendAsync(("Form.Password", AuthPortal.Password));
        browser.LeadsTo("/auth/lockout");
        Assert.False((await portal.LoadAsync(email)).EmailConfirmed);
    }

    [Theory]
    [InlineData("/auth/confirm-email")]
    [InlineData("/auth/confirm-email?u=nobody&t=nothing")]
    [InlineData("/auth/reset-password")]
    [InlineData("/auth/reset-password?u=nobody&t=%00%ff")]
    public async Task Link_Broken_SaysSo(string path)
    {
        var browser = await portal.NewBrowser().GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        Assert.Contains("This link no longer works", browser.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfirmEmail_TokenOfAnotherUser_DoesNotWork()
    {
        var (mine, other) = (AuthPortal.NewEmail(), AuthPortal.NewEmail());
        await RegisterAsync(portal.NewBrowser(), mine);
        await RegisterAsync(portal.NewBrowser(), other);
        var link = await portal.LinkAsync(mine, "Confirm");
        var stolen = link.Replace((await portal.LoadAsync(mine)).Id, (await portal.LoadAsync(other)).Id, StringComparison.Ordinal);

        var browser = await portal.NewBrowser().GetAsync(stolen);

        Assert.Contains("This link no longer works", browser.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Register_WithoutASender_IsClosed()
    {
        using var closed = portal.With(settings: ("Notifications:Sender", "None"));
        var browser = await AuthPortal.NewBrowser(closed).GetAsync("/auth/register");

        Assert.Contains("Registration is closed at the moment", browser.Body, StringComparison.Ordinal);
        Assert.Null(browser.Page.QuerySelector("main form[method=post]"));
    }

    private static IHtmlInputElement Input(AuthBrowser browser, string id) => (IHtmlInputElement)browser.Page.GetElementById(id)!;

    private static (string Name, string Value)[] Filled(
        string email,
        string name = "Ada Lovelace",
        string password = AuthPortal.Password
    ) =>
        [
            ("Form.FullName", name),
            ("Form.Email", email),
            ("Form.Phone", "+61 412 345 678"),
            ("Form.Password", password),
            ("Form.ConfirmPassword", password),
        ];

    private static async Task<AuthBrowser> RegisterAsync(
        AuthBrowser browser,
        string email,
        string name = "Ada Lovelace",
        string password = AuthPortal.Password
    )
    {
        await browser.GetAsync("/auth/register");
        await browser.SendAsync(Filled(email, name, password));
        Assert.Empty(browser.Errors);
        return browser;
    }
}
