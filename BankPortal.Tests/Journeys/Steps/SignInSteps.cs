namespace BankPortal.Tests.Journeys.Steps;

/// <summary>Registering, signing in and out.</summary>
public static class SignInSteps
{
    /// <summary>Registers, opens the link in the message, and stands on the welcome page.</summary>
    /// <returns>The person with the number of the account that comes with it.</returns>
    public static async Task<Person> RegisterAsync(this Visitor visitor, Person person, JourneyPortal portal)
    {
        await visitor.GoAsync("/");
        await visitor.Main.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Open an account" }).First.ClickAsync();
        await visitor.FillAsync("Full name", person.Name);
        await visitor.FillAsync("E-mail", person.Email);
        await visitor.FillAsync("Phone", person.Phone);
        await visitor.FillAsync("Password", person.Password);
        await visitor.FillAsync("Repeat password", person.Password);
        await visitor.PressAsync("Register");
        await visitor.SeesHeadingAsync("Check your e-mail");

        await portal.LetterToAsync(person, "");
        await visitor.FollowAsync("Open the development mailbox");
        await visitor.Main.Locator("a[href*='/auth/confirm-email']").First.ClickAsync();
        await visitor.FillAsync("Password", person.Password);
        await visitor.PressAsync("Confirm and sign in");
        await visitor.SeesHeadingAsync($"Welcome, {person.Name}");
        return person with { AccountNumber = (await visitor.Main.Locator(".auth-facts dd").InnerTextAsync()).Trim() };
    }

    /// <summary>Signs in with everything it takes, and stands on the dashboard.</summary>
    public static async Task SignInAsync(this Visitor visitor, Person person)
    {
        await visitor.GivePasswordAsync(person);
        if (person.Authenticator is { } app)
        {
            await visitor.GiveCodeAsync(await app.NextCodeAsync(TestContext.Current.CancellationToken));
        }

        await visitor.StandsOnDashboardAsync();
    }

    /// <summary>Waits for the dashboard with all that is on it.</summary>
    public static async Task StandsOnDashboardAsync(this Visitor visitor)
    {
        await visitor.SeesHeadingAsync("Dashboard");
        await visitor.SettlesAsync();
    }

    /// <summary>The first step of signing in.</summary>
    public static async Task GivePasswordAsync(this Visitor visitor, Person person, string? password = null)
    {
        await visitor.GoAsync("/auth/login");
        await visitor.FillSignInAsync(person, password);
    }

    /// <summary>Fills in the sign-in page the visitor is at.</summary>
    public static async Task FillSignInAsync(this Visitor visitor, Person person, string? password = null)
    {
        await visitor.SeesHeadingAsync("Sign in");
        await visitor.FillAsync("E-mail", person.Email);
        await visitor.FillAsync("Password", password ?? person.Password);
        await visitor.PressAsync("Sign in");
    }

    /// <summary>The second step of signing in.</summary>
    public static async Task GiveCodeAsync(this Visitor visitor, string code)
    {
        await visitor.SeesHeadingAsync("Enter your code");
        await visitor.FillAsync("Code", code);
        await visitor.PressAsync("Continue");
    }

    /// <summary>The second step of signing in, without the phone.</summary>
    public static async Task GiveRecoveryCodeAsync(this Visitor visitor, string code)
    {
        await visitor.SeesHeadingAsync("Enter your code");
        await visitor.FollowAsync("Use a recovery code");
        await visitor.FillAsync("Recovery code", code);
        await visitor.PressAsync("Continue");
    }

    /// <summary>Signs out by the menu.</summary>
    public static async Task SignOutAsync(this Visitor visitor)
    {
        await visitor.SettlesAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Your menu" }).ClickAsync();
        await visitor.Page.Locator("#user-menu").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await visitor.IsAtAsync("/auth/(login|logout).*");
    }

    /// <summary>Goes to each of these pages and is refused.</summary>
    public static async Task HasNoAccessAsync(this Visitor visitor, params IEnumerable<string> paths)
    {
        visitor.Watch.Expect(403, "/auth/access-denied");
        foreach (var path in paths)
        {
            visitor.Watch.Expect(403, path);
            await visitor.GoAsync(path);
            await visitor.SeesHeadingAsync("You have no access to this page");
        }
    }

    /// <summary>Waits for a sentence among those a form was refused with.</summary>
    public static Task IsRefusedAsync(this Visitor visitor, string sentence) =>
        Expect(visitor.Main.Locator("[data-error-summary]")).ToContainTextAsync(sentence);

    /// <summary>Sets up the authenticator from the page that shows its key.</summary>
    /// <returns>The person with the phone and the recovery codes in hand.</returns>
    public static async Task<Person> SetUpAuthenticatorAsync(this Visitor visitor, Person person)
    {
        await visitor.SeesHeadingAsync("Set up the authenticator");
        await Expect(visitor.Main.GetByRole(AriaRole.Img, new LocatorGetByRoleOptions { Name = "QR code for the authenticator app" }))
            .ToBeVisibleAsync();
        var app = new Authenticator(
            (await visitor.Main.Locator("[data-authenticator-key]").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal)
        );
        await visitor.FillAsync("Code", await app.NextCodeAsync(TestContext.Current.CancellationToken));
        await visitor.PressAsync("Turn the authenticator on");
        await visitor.SeesHeadingAsync("Keep your recovery codes");
        ImmutableArray<string> codes = [.. await visitor.Main.Locator(".codes-list code").AllInnerTextsAsync()];
        await visitor.FollowAsync("I have saved them");
        await visitor.SeesHeadingAsync("Security");
        return person with { Authenticator = app, RecoveryCodes = codes };
    }
}
