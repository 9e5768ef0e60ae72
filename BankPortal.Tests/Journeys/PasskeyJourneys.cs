namespace BankPortal.Tests.Journeys;

/// <summary>Passkeys, from adding one to removing it.</summary>
public sealed class PasskeyJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    // Browsers keep passkeys for names, not for bare network addresses.
    private string Address => Portal.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    [Fact]
    public Task Passkey_AddedThenSignsInProvesAndIsRemoved() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Radia Perlman", authenticator: true);
        var radia = await journey.OpenBrowserAsync("Radia", new() { BaseURL = Address });
        var device = await radia.PlugInAsync();

        // The page that signs out may ask about its session at that moment.
        radia.Watch.Expect(401, "/identity/session");
        await radia.SignInAsync(person);
        await radia.AddPasskeyAsync("Radia's laptop");
        await radia.SeesAsync("The passkey was added. All other sessions were ended.");
        await Expect(radia.Passkeys()).ToContainTextAsync("Radia's laptop");
        await Expect(radia.Passkeys()).ToContainTextAsync("Not used yet");
        await Accessibility.AssertNoViolationsAsync(radia.Page);
        await Journey.KeepPictureAsync(radia, "passkeys-security");

        // The device knows that it has one.
        await radia.AddPasskeyAsync("Radia's laptop");
        await radia.SeesAsync("This device already has a passkey for your account.");
        await Accessibility.AssertNoViolationsAsync(radia.Page);
        await Journey.KeepPictureAsync(radia, "passkeys-add");

        // Signing in takes neither address, password nor code; somebody else's finger does not sign in.
        await radia.GoAsync("/auth/logout");
        await radia.PressAsync("Sign out");
        await radia.SeesAsync("You are signed out.");
        await Accessibility.AssertNoViolationsAsync(radia.Page);
        await Journey.KeepPictureAsync(radia, "passkeys-login");
        await device.VerifyPersonAsync(isVerified: false);
        await radia.PressAsync("Sign in with a passkey");
        await radia.SeesAsync("Nothing was confirmed: you cancelled, or it took too long.");
        await device.VerifyPersonAsync(isVerified: true);
        await radia.PressAsync("Sign in with a passkey");
        await radia.StandsOnDashboardAsync();

        // Step-up, and back to where it was asked for.
        await radia.GoAsync("/identity/verify?returnUrl=%2Fidentity%2Fprofile");
        await Accessibility.AssertNoViolationsAsync(radia.Page);
        await Journey.KeepPictureAsync(radia, "passkeys-verify");
        await radia.PressAsync("Use a passkey instead");
        await radia.IsAtAsync("/identity/profile");

        await radia.GoAsync("/identity/security");
        await Expect(radia.Passkeys()).ToContainTextAsync("Last used");
        await radia.FollowAsync("Change the passkey Radia's laptop");
        await radia.SeesHeadingAsync("Radia's laptop");
        await Accessibility.AssertNoViolationsAsync(radia.Page);
        await Journey.KeepPictureAsync(radia, "passkeys-change");
        await radia.FillAsync("Name", "Old laptop");
        await radia.PressAsync("Save the name");
        await radia.SeesAsync("The passkey has its new name.");
        await radia.FollowAsync("Change the passkey Old laptop");
        await radia.PressAsync("Remove");
        await radia.PressAsync("Remove the passkey");
        await radia.SeesAsync("The passkey was removed.");
        await Expect(radia.Passkeys()).ToHaveCountAsync(0);

        await radia.GoAsync("/auth/logout");
        await radia.PressAsync("Sign out");
        await radia.PressAsync("Sign in with a passkey");
        await radia.IsRefusedAsync("This passkey was not accepted.");
    });

    [Fact]
    public Task PasskeyAlone_OnAPhoneInTheDark_IsTheSecondStepAfterThePassword() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Karen Jones");
        var karen = await journey.OpenBrowserAsync(
            "Karen", new() { BaseURL = Address, ViewportSize = new() { Width = 360, Height = 740 }, ColorScheme = ColorScheme.Dark });
        await karen.PlugInAsync();
        karen.Watch.Expect(401, "/identity/session");
        await karen.SignInAsync(person);
        await karen.AddPasskeyAsync("My phone");
        await karen.SeesHeadingAsync("Keep your recovery codes");
        var code = await karen.Main.Locator(".codes-list code").First.InnerTextAsync();
        await karen.FollowAsync("I have saved them");
        await Expect(karen.Passkeys()).ToContainTextAsync("My phone");
        await Accessibility.AssertNoViolationsAsync(karen.Page);
        Assert.True(await karen.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await Journey.KeepPictureAsync(karen, "passkeys-security-phone");

        await karen.FollowAsync("Change the passkey My phone");
        await karen.SeesAsync("It is your only second factor");
        await karen.GoAsync("/identity/verify");
        await Accessibility.AssertNoViolationsAsync(karen.Page);
        await Journey.KeepPictureAsync(karen, "passkeys-verify-phone");
        await karen.PressAsync("Use your passkey");
        await karen.SeesHeadingAsync("Security");

        await karen.GoAsync("/auth/logout");
        await karen.PressAsync("Sign out");
        await karen.SeesHeadingAsync("Sign in");
        await Journey.KeepPictureAsync(karen, "passkeys-login-phone");
        await karen.FillSignInAsync(person);
        await karen.SeesHeadingAsync("Use your passkey");
        await Accessibility.AssertNoViolationsAsync(karen.Page);
        await Journey.KeepPictureAsync(karen, "passkeys-second-phone");
        await karen.PressAsync("Use a passkey");
        await karen.StandsOnDashboardAsync();

        // Without the device, a recovery code lets in.
        var other = await journey.OpenBrowserAsync("Karen elsewhere", new() { BaseURL = Address });
        await other.GivePasswordAsync(person);
        await other.SeesHeadingAsync("Use your passkey");
        await other.FollowAsync("Use a recovery code");
        await other.FillAsync("Recovery code", code);
        await other.PressAsync("Continue");
        await other.StandsOnDashboardAsync();
    });
}
