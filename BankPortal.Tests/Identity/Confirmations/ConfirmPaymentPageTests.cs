using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Tests.Identity.Confirmations;

/// <summary>The page that asks for a code for one payment.</summary>
[EngineTest]
public sealed class ConfirmPaymentPageTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private const string Return = "/transactions/transfer?op=0f8fad5bd9cb469fa16570867728950e";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private PaymentConfirmations Confirmations => portal.Host.Services.GetRequiredService<PaymentConfirmations>();

    [Fact]
    public async Task Verify_RightCode_ConfirmsThatPaymentAndNothingElse()
    {
        var (browser, actor, secret) = await SignedInAsync(withAuthenticator: true);
        var before = await SessionAsync(actor);
        var payment = Payment(1_250);
        var other = await Confirmations.AskAsync(actor, Payment(1_251), Ct);
        var asked = await Confirmations.AskAsync(actor, payment, Ct);

        // What is shown comes from the bank, whatever the address says.
        await browser.GetAsync(IdentityRoutes.ConfirmThen(asked.Id, Return) + "&amount=1.00&payee=Somebody");
        Assert.Equal("Confirm this payment", browser.Page.QuerySelector("h1")!.TextContent.Trim());
        var facts = browser.Page.QuerySelector("dl.facts")!.TextContent;
        Assert.Contains("1,250.00", facts, StringComparison.Ordinal);
        Assert.Contains("Zoë <b>Cole", facts, StringComparison.Ordinal);
        Assert.Contains("12 3456 7890", facts, StringComparison.Ordinal);
        Assert.Contains("does not match", facts, StringComparison.Ordinal);

        await browser.SendAsync(("Form.Secret", "000000"));
        Assert.Contains("not right", Assert.Single(browser.Errors), StringComparison.Ordinal);
        var code = AuthenticatorApp.Code(secret!, DateTimeOffset.UtcNow.AddSeconds(30));
        await browser.SendAsync(("Form.Secret", code));
        browser.LeadsTo(Return);
        Assert.True(await Confirmations.IsConfirmedAsync(actor, payment, "use", Ct));

        // The session is as it was: other sensitive steps ask for a code of their own.
        var after = await SessionAsync(actor);
        Assert.Equal((before.SecondFactorAt, before.KeyNumber), (after.SecondFactorAt, after.KeyNumber));

        // A code is used once, also for another payment.
        await browser.GetAsync(IdentityRoutes.ConfirmThen(other.Id, Return));
        await browser.SendAsync(("Form.Secret", code));
        Assert.Contains("used already", Assert.Single(browser.Errors), StringComparison.Ordinal);
        Assert.False(await Confirmations.IsConfirmedAsync(actor, Payment(1_251), "use", Ct));

        // Back on the page of the confirmed payment, no second code is asked for.
        (await browser.GetAsync(IdentityRoutes.ConfirmThen(asked.Id, Return))).LeadsTo(Return);
    }

    [Fact]
    public async Task Verify_WithoutAuthenticator_TakesThePasswordForThatPayment()
    {
        var (browser, actor, _) = await SignedInAsync(withAuthenticator: false);
        var payment = Payment(99);
        var asked = await Confirmations.AskAsync(actor, payment, Ct);
        await browser.GetAsync(IdentityRoutes.ConfirmThen(asked.Id, Return));
        await browser.SendAsync(("Form.Secret", "Not-My-Password-1"));
        Assert.Equal(["The password is not right."], browser.Errors);
        await browser.SendAsync(("Form.Secret", AuthPortal.Password));
        browser.LeadsTo(Return);
        Assert.True(await Confirmations.IsConfirmedAsync(actor, payment, "use", Ct));
    }

    [Fact]
    public async Task Verify_OfSomebodyElseOrMadeUp_ShowsNothingAndTakesNoCode()
    {
        var (_, owner, _) = await SignedInAsync(withAuthenticator: false);
        var asked = await Confirmations.AskAsync(owner, Payment(500), Ct);
        var (browser, actor, _) = await SignedInAsync(withAuthenticator: false);
        var own = await Confirmations.AskAsync(actor with { SessionId = "another-session" }, Payment(500), Ct);
        foreach (var id in new[] { asked.Id, own.Id, DerivedId.Random(), "x' OR 1=1", "" })
        {
            await browser.GetAsync(IdentityRoutes.ConfirmThen(id, Return));
            Assert.Equal("This payment no longer waits", browser.Page.QuerySelector("h1")!.TextContent.Trim());
            Assert.DoesNotContain("500.00", browser.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Cole", browser.Body, StringComparison.Ordinal);
            Assert.Null(browser.Page.QuerySelector("#secret"));
        }

        Assert.NotNull(await Confirmations.FindOpenAsync(owner.UserId, owner.SessionId!, asked.Id, Ct));
        Assert.False(await Confirmations.IsConfirmedAsync(owner, Payment(500), "use", Ct));
    }

    [Fact]
    public async Task Verify_UsedWhileThePageWasOpen_AsksForNoCodeAndConfirmsNothing()
    {
        var (browser, actor, _) = await SignedInAsync(withAuthenticator: false);
        var asked = await Confirmations.AskAsync(actor, Payment(700), Ct);
        await browser.GetAsync(IdentityRoutes.ConfirmThen(asked.Id, Return));
        await Confirmations.ConfirmAsync(actor.UserId, actor.SessionId!, asked.Id, ConfirmationFactor.Password, Ct);
        await Confirmations.UseAsync(actor, Payment(700), "use", Ct);

        await browser.SendAsync(("Form.Secret", AuthPortal.Password));
        Assert.Contains("no longer waits", Assert.Single(browser.Errors), StringComparison.Ordinal);
        Assert.False(await Confirmations.IsConfirmedAsync(actor, Payment(700), "other", Ct));
    }

    private async Task<UserSession> SessionAsync(Actor actor) =>
        Assert.Single(await portal.Host.Services.GetRequiredService<ISessionRegistry>().ListAsync(actor.UserId, Ct));

    private static PaymentToConfirm Payment(decimal amount) => new()
    {
        Purpose = ConfirmationPurpose.Transfer,
        Key = "form",
        Amount = Money.Of(amount, Currency.Usd),
        FromAccountId = "from",
        ToAccountId = "to",
        PayeeName = "Zoë <b>Cole",
        IsNameRight = false,
        PayeeNumber = "12 3456 7890",
        FromLabel = "Checking",
    };

    private async Task<(AuthBrowser Browser, Actor Actor, string? Secret)> SignedInAsync(bool withAuthenticator)
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail());
        var secret = withAuthenticator ? (await portal.EnrolAsync(user.Id)).Secret : null;
        var browser = portal.NewBrowser();
        await browser.GetAsync("/auth/login");
        await browser.SendAsync(("Form.Email", user.Email!), ("Form.Password", AuthPortal.Password));
        if (secret is not null)
        {
            await browser.FollowAsync();
            await browser.SendAsync(("Form.Code", AuthenticatorApp.Code(secret, DateTimeOffset.UtcNow)));
        }

        var session = Assert.Single(await portal.Host.Services.GetRequiredService<ISessionRegistry>().ListAsync(user.Id, Ct));
        return (browser, Actor.Customer(user.Id) with { SessionId = session.SessionId }, secret);
    }
}
