namespace BankPortal.Tests.Journeys.Steps;

/// <summary>Working at the fraud desk.</summary>
public static class FraudSteps
{
    /// <summary>Creates a fraud analyst and signs them in at a new browser.</summary>
    public static Task<Visitor> AnalystAsync(this Journey journey, string name, BrowserNewContextOptions? options = null) =>
        StaffAsync(journey, name, BankRoles.Analyst, options);

    /// <summary>Creates a financial manager and signs them in at a new browser.</summary>
    public static Task<Visitor> ManagerAsync(this Journey journey, string name, BrowserNewContextOptions? options = null) =>
        StaffAsync(journey, name, BankRoles.Manager, options);

    /// <summary>Creates a compliance officer and signs them in at a new browser.</summary>
    public static Task<Visitor> ComplianceAsync(this Journey journey, string name, BrowserNewContextOptions? options = null) =>
        StaffAsync(journey, name, BankRoles.Compliance, options);

    private static async Task<Visitor> StaffAsync(Journey journey, string name, string role, BrowserNewContextOptions? options)
    {
        var person = await journey.Portal.CreateAsync(name, authenticator: true, role: role);
        var visitor = await journey.OpenBrowserAsync(name.Split(' ')[0], options);
        await visitor.GivePasswordAsync(person);
        await visitor.GiveCodeAsync(await person.Authenticator!.NextCodeAsync(TestContext.Current.CancellationToken));
        await visitor.SeesHeadingAsync("Overview");
        return visitor;
    }

    /// <summary>The row of a held transfer in the queue, by the name of its payer.</summary>
    public static ILocator HeldFrom(this Visitor visitor, string name) =>
        visitor.Main.Locator(".queue-item", new LocatorLocatorOptions { HasText = name });

    /// <summary>Decides on a held transfer in the queue: "Release" or "Reject".</summary>
    public static async Task DecideAsync(this Visitor visitor, string decision, string name, string reason)
    {
        await visitor.HeldFrom(name).GetByText(decision + "…").ClickAsync();
        await visitor.FillAsync("Reason", reason);
        await visitor.PressAsync(decision + " the transfer");
    }
}
