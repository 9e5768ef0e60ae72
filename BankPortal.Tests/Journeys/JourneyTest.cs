using System.Runtime.CompilerServices;

namespace BankPortal.Tests.Journeys;

/// <summary>
/// What journeys have in common: people at browsers in front of one portal. A journey fails, too, when a page writes an
/// error to the browser's console, asks for something that is not there, or asks anybody but the portal, and when the portal
/// logs an error; a failure names a picture and the text of every window as it stood.
/// </summary>
public abstract class JourneyTest(ChromiumFixture chromium, JourneyPortal portal)
{
    /// <summary>The browser that all journeys share.</summary>
    protected ChromiumFixture Chromium => chromium;

    /// <summary>The portal that all journeys share.</summary>
    protected JourneyPortal Portal => portal;

    /// <summary>Walks a journey through the shared portal.</summary>
    protected Task WalkAsync(Func<Journey, Task> walk, [CallerMemberName] string name = "") => WalkAsync(portal, walk, name);

    /// <summary>Walks a journey through another portal.</summary>
    protected async Task WalkAsync(JourneyPortal where, Func<Journey, Task> walk, [CallerMemberName] string name = "")
    {
        await using var journey = new Journey(chromium, where, $"{GetType().Name}.{name}");
        await journey.WalkAsync(walk);
    }
}
