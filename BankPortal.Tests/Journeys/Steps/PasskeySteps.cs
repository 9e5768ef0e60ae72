namespace BankPortal.Tests.Journeys.Steps;

/// <summary>Passkeys with Chromium's virtual authenticator in place of a finger.</summary>
public static class PasskeySteps
{
    /// <summary>Gives the browser's page a device that keeps passkeys and always agrees.</summary>
    /// <returns>The session that the device belongs to, and its id.</returns>
    public static async Task<(ICDPSession Session, string DeviceId)> PlugInAsync(this Visitor visitor)
    {
        var session = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return (session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    /// <summary>Makes the device's next checks of the person fail or succeed, as a finger that is not known.</summary>
    public static Task VerifyPersonAsync(this (ICDPSession Session, string DeviceId) device, bool isVerified) => device.Session.SendAsync(
        "WebAuthn.setUserVerified",
        new Dictionary<string, object>(StringComparer.Ordinal) { ["authenticatorId"] = device.DeviceId, ["isUserVerified"] = isVerified });

    /// <summary>Adds a passkey from the page about security.</summary>
    public static async Task AddPasskeyAsync(this Visitor visitor, string name)
    {
        await visitor.GoAsync("/identity/security");
        await visitor.FollowAsync("Add a passkey");
        await visitor.SeesHeadingAsync("Add a passkey");
        await visitor.FillAsync("Name", name);
        await visitor.PressAsync("Create the passkey");
    }

    /// <summary>The passkeys in the list of the page about security.</summary>
    public static ILocator Passkeys(this Visitor visitor) => visitor.Main.Locator("[data-passkey-row]");
}
