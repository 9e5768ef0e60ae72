namespace BankPortal.Tests.Journeys;

/// <summary>Nobody gets at other people's data or pages by typing an address.</summary>
public sealed class AccessJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task Ids_OfSomebodyElse_LeadNowhere() => WalkAsync(async journey =>
    {
        var owner = await Portal.CreateAsync("Hedy Lamarr", balance: 321);
        var secret = await Portal.PayInAsync(owner, 5, "Royalties");
        var (mallory, person) = await journey.CustomerAsync("Mallory Stranger", balance: 1);

        await mallory.GoAsync($"/account/details/{owner.AccountId}");
        await mallory.SeesAsync("We could not find that account");
        await mallory.GoAsync($"/transactions/details/{secret.Id}");
        await mallory.SeesAsync("We could not find this transaction");
        await mallory.GoAsync($"/transactions/history?account={owner.AccountId}");
        await mallory.SeesAsync("We could not find that account");
        await mallory.GoAsync($"/transactions/transfer?from={owner.AccountId}");
        await Expect(mallory.Field("From account")).ToHaveValueAsync(person.AccountId);
        await mallory.GoAsync($"/transactions/deposit?to={owner.AccountId}");
        await Expect(mallory.Field("Into account")).ToHaveValueAsync(person.AccountId);

        await mallory.GoAsync($"/statements/{owner.AccountId}/{Portal.Today.Year}");
        await mallory.SeesAsync("We could not find that statement");
        var statement = await mallory.Context.APIRequest.GetAsync(
            $"{Portal.Address}/statements/{owner.AccountId}/{Portal.Today.Year}/csv");
        Assert.Equal(404, statement.Status);

        var file = await mallory.Context.APIRequest.GetAsync($"{Portal.Address}/transactions/history.csv?account={owner.AccountId}");
        Assert.Equal(404, file.Status);
        Assert.DoesNotContain("Royalties", await file.TextAsync(), StringComparison.Ordinal);
    });

    [Fact]
    public Task Customer_AtTheBanksSide_IsRefused() => WalkAsync(async journey =>
    {
        var (tim, _) = await journey.CustomerAsync("Tim Berners");
        tim.Watch.Expect(404, "/no/such/page");

        await tim.HasNoAccessAsync("/staff", "/staff/transactions/00000000000000000000");
        await tim.GoAsync("/no/such/page");
        await tim.SeesAsync("404");
        await tim.Main.GetByText("Go to your start page").ClickAsync();
        await tim.StandsOnDashboardAsync();
    });

    [Fact]
    public Task Staff_WithoutASecondFactor_HaveToSetItUpFirst() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Joan Clarke", role: BankRoles.Analyst);
        var joan = await journey.OpenBrowserAsync("Joan");
        await joan.GivePasswordAsync(person);
        await joan.SeesHeadingAsync("Set up the authenticator");
        await joan.GoAsync("/staff");
        await joan.SetUpAuthenticatorAsync(person);
        await joan.GoAsync("/staff");
        await joan.SeesAsync("fraud analyst");
        await joan.HasNoAccessAsync("/account/dashboard");
    });

    [Fact]
    public Task Stranger_SentToSignIn_ComesBackToWhereTheyWantedToGo() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Leslie Lamport", balance: 12);
        var leslie = await journey.OpenBrowserAsync("Leslie");
        await leslie.GoAsync("/transactions/history?q=opening&dir=in");
        await leslie.IsAtAsync(@"/auth/login\?returnUrl=.*");
        await leslie.SeesAsync("Sign in to go on.");
        await leslie.FillSignInAsync(person, "Wrong-Harbour-71");
        await leslie.IsRefusedAsync("We could not sign you in");
        await leslie.FillSignInAsync(person);
        await leslie.IsAtAsync(@"/transactions/history\?q=opening&dir=in");
        await Expect(leslie.Entry("Opening deposit")).ToHaveCountAsync(1);
        await leslie.SignOutAsync();

        // A link that means to lead outside after signing in leads home.
        await leslie.GoAsync("/auth/login?returnUrl=https%3A%2F%2Felsewhere.example%2F");
        await leslie.FillSignInAsync(person);
        await leslie.IsAtAsync("/account/dashboard");
    });
}
