using System.Runtime.CompilerServices;

namespace BankPortal.Tests.Journeys;

/// <summary>
/// The base of the journeys: people at browsers who use one portal. A journey also fails when a page writes an error to the
/// browser's console, requests something that is not found or another host, or when the portal logs an error. A failure
/// names a picture and the text of every window.
/// </summary>
[BrowserTest]
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
