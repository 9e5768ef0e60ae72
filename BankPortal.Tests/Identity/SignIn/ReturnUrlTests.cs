namespace BankPortal.Tests.Identity.SignIn;

/// <summary>Signing in leads back to any address of the portal, and never fails because of one.</summary>
[EngineTest]
public sealed class ReturnUrlTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    [Theory]
    [InlineData("%2Fcaf%C3%A9", "/caf%C3%A9")]
    [InlineData("/caf%C3%A9?q=%E4%B8%96", "/caf%C3%A9?q=%E4%B8%96")]
    [InlineData("%2Fa%0Ab", "/account/dashboard")]
    [InlineData("%2F%2Fevil.example%2Fcaf%C3%A9", "/account/dashboard")]
    public async Task Login_WithAReturnUrl_SignsInAndLeadsThere(string returnUrl, string expected)
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        var browser = portal.NewBrowser();

        await browser.GetAsync("/auth/login?returnUrl=" + returnUrl);
        await browser.SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));

        browser.LeadsTo(expected);
        await browser.GetAsync("/account/dashboard");
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
    }

    [Fact]
    public async Task Login_SignedInAlready_LeadsToAReturnUrlInOtherLetters()
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        var browser = portal.NewBrowser();
        await browser.GetAsync("/auth/login");
        await browser.SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));

        await browser.GetAsync("/auth/login?returnUrl=%2Fcaf%C3%A9");

        browser.LeadsTo("/caf%C3%A9");
    }
}
