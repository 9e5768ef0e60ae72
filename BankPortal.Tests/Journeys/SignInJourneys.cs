namespace BankPortal.Tests.Journeys;

/// <summary>Signing in, out, and not at all.</summary>
public sealed class SignInJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task Codes_OfPhoneAndPaper_WorkOnceEach() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Grace Hopper", authenticator: true);
        var grace = await journey.OpenBrowserAsync("Grace");
        var code = await person.Authenticator!.NextCodeAsync(TestContext.Current.CancellationToken);
        await grace.GivePasswordAsync(person);
        await grace.GiveCodeAsync(code);
        await grace.StandsOnDashboardAsync();
        await grace.SignOutAsync();
        await grace.SeesAsync("You are signed out.");

        await grace.GivePasswordAsync(person);
        await grace.GiveCodeAsync(code);
        await grace.IsRefusedAsync("That code is not right, or it was used already.");

        await grace.GiveRecoveryCodeAsync(person.RecoveryCodes[0]);
        await grace.StandsOnDashboardAsync();
        await grace.SignOutAsync();

        await grace.GivePasswordAsync(person);
        await grace.GiveRecoveryCodeAsync(person.RecoveryCodes[0]);
        await grace.IsRefusedAsync("That recovery code is not right, or it was used already.");
        await grace.FillAsync("Recovery code", person.RecoveryCodes[1]);
        await grace.PressAsync("Continue");
        await grace.StandsOnDashboardAsync();
        await grace.GoAsync("/identity/security");
        await Expect(grace.Main.Locator("section", new() { HasText = "Recovery codes left" }).Locator("dd")).ToContainTextAsync("8 of 10");
    });

    [Fact]
    public Task WrongPasswords_FiveTimes_LockTheRightOneOutToo() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Edsger Dijkstra");
        var edsger = await journey.OpenBrowserAsync("Edsger");
        for (var i = 0; i < 4; i++)
        {
            await edsger.GivePasswordAsync(person, "Wrong-Harbour-71");
            await edsger.IsRefusedAsync("We could not sign you in");
        }

        // Whether the address is known is not to be seen.
        var sentence = await edsger.Main.Locator("[data-error-summary]").InnerTextAsync();
        await edsger.GivePasswordAsync(Person.Named("Nobody Atall"));
        await edsger.IsRefusedAsync("We could not sign you in");
        Assert.Equal(sentence, await edsger.Main.Locator("[data-error-summary]").InnerTextAsync());

        await edsger.GivePasswordAsync(person, "Wrong-Harbour-71");
        await edsger.SeesHeadingAsync("Signing in is locked for a while");
        await edsger.GivePasswordAsync(person);
        await edsger.SeesHeadingAsync("Signing in is locked for a while");
        await edsger.GoAsync("/account/dashboard");
        await edsger.IsAtAsync("/auth/login.*");
    });

    [Fact]
    public Task ForgottenPassword_IsReplacedByTheLinkInTheMessage() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Niklaus Wirth");
        var niklaus = await journey.OpenBrowserAsync("Niklaus");
        await niklaus.GoAsync("/auth/login");
        await niklaus.FollowAsync("Forgot your password?");
        await niklaus.FillAsync("E-mail", person.Email);
        await niklaus.PressAsync("Send the link");
        await niklaus.SeesHeadingAsync("Check your e-mail");
        await Portal.LetterToAsync(person, "password");
        await niklaus.FollowAsync("Open the development mailbox");
        await niklaus.Main.Locator("a[href*='/auth/reset-password']").First.ClickAsync();
        await niklaus.FillAsync("New password", "Calm-Meadow-82");
        await niklaus.FillAsync("Repeat new password", "Calm-Meadow-82");
        await niklaus.Main.Locator("button[type=submit]").ClickAsync();
        await niklaus.SeesAsync("Your new password is set");

        await niklaus.FillSignInAsync(person);
        await niklaus.IsRefusedAsync("We could not sign you in");
        await niklaus.FillSignInAsync(person, "Calm-Meadow-82");
        await niklaus.StandsOnDashboardAsync();
    });

    [Fact]
    public Task Keyboard_Alone_SignsInAndSendsMoney() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Katherine Johnson", balance: 500, authenticator: true);
        var payee = await Portal.CreateAsync("Dorothy Vaughan");
        var katherine = await journey.OpenBrowserAsync("Katherine");
        var keyboard = katherine.Page.Keyboard;

        await katherine.GoAsync("/auth/login");
        await Expect(katherine.Field("E-mail")).ToBeFocusedAsync();
        await keyboard.TypeAsync(person.Email);
        await katherine.TabToAsync(katherine.Field("Password"));
        await keyboard.TypeAsync(person.Password);
        await keyboard.PressAsync("Enter");
        await Expect(katherine.Field("Code")).ToBeFocusedAsync();
        await keyboard.TypeAsync(await person.Authenticator!.NextCodeAsync(TestContext.Current.CancellationToken));
        await keyboard.PressAsync("Enter");
        await katherine.SeesAmountAsync(katherine.Total(), 500);

        await katherine.TabToAsync(katherine.Link("Transfer"));
        await keyboard.PressAsync("Enter");
        await katherine.SeesHeadingAsync("Transfer");
        await katherine.TabToAsync(katherine.Field("Account number"));
        await katherine.HasVisibleFocusAsync();
        await keyboard.TypeAsync(payee.AccountNumber);
        await katherine.TabToAsync(katherine.Field("Name of the account holder"));
        await keyboard.TypeAsync(payee.Name);
        await katherine.TabToAsync(katherine.Field("Amount"));
        await keyboard.TypeAsync("120.25");
        await katherine.TabToAsync(katherine.Field("Description"));
        await keyboard.TypeAsync("Trajectories");

        // Nothing of what was typed at the speed of a machine is lost on the way to the server and back.
        await Expect(katherine.Field("Name of the account holder")).ToHaveValueAsync(payee.Name);
        await Expect(katherine.Field("Amount")).ToHaveValueAsync("120.25");
        await Expect(katherine.Field("Description")).ToHaveValueAsync("Trajectories");
        await keyboard.PressAsync("Enter");

        await Expect(katherine.Heading("Check before you send")).ToBeFocusedAsync();
        await katherine.TabToAsync(katherine.Button("Confirm this payment"));
        await katherine.HasVisibleFocusAsync();
        await keyboard.PressAsync("Enter");
        await Expect(katherine.Field("Code")).ToBeFocusedAsync();
        await keyboard.TypeAsync(await person.Authenticator!.NextCodeAsync(TestContext.Current.CancellationToken));
        await keyboard.PressAsync("Enter");
        await katherine.SeesAsync("You have confirmed this payment.");
        await katherine.TabToAsync(katherine.SendButton());
        await katherine.HasVisibleFocusAsync();
        await keyboard.PressAsync("Enter");
        await Expect(katherine.Heading("Money sent")).ToBeFocusedAsync();
        await katherine.TabToAsync(katherine.Link("Back to the overview"));
        await keyboard.PressAsync("Enter");
        await katherine.SeesAmountAsync(katherine.Total(), 379.75m);
    });
}
