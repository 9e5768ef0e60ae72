using Microsoft.Playwright;

namespace BankPortal.Tests.Journeys.Steps;

/// <summary>Working at the fraud desk.</summary>
public static class FraudSteps
{
    /// <summary>A fraud analyst at a browser of their own, signed in.</summary>
    public static async Task<Visitor> AnalystAsync(this Journey journey, JourneyPortal portal, string name, BrowserNewContextOptions? options = null)
    {
        var person = await portal.CreateAsync(name, authenticator: true, role: BankRoles.Analyst);
        var visitor = await journey.OpenBrowserAsync(name.Split(' ')[0], options);
        await visitor.GivePasswordAsync(person);
        await visitor.GiveCodeAsync(await person.Authenticator!.NextCodeAsync(TestContext.Current.CancellationToken));
        await visitor.SeesHeadingAsync("Overview");
        return visitor;
    }

    /// <summary>The held transfer from somebody in the queue.</summary>
    public static ILocator HeldFrom(this Visitor visitor, string name) =>
        visitor.Main.Locator(".queue-item", new LocatorLocatorOptions { HasText = name });

    /// <summary>Decides on a held transfer in the queue: "Release" or "Reject".</summary>
    public static async Task DecideAsync(this Visitor visitor, string act, string name, string reason)
    {
        await visitor.HeldFrom(name).GetByText(act + "…").ClickAsync();
        await visitor.FillAsync("Reason", reason);
        await visitor.PressAsync(act + " the transfer");
    }
}
