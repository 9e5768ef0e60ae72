using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.Passkeys;

/// <summary>The list of passkeys on the page about security.</summary>
public sealed class PasskeyListTests : BankPageContext
{
    private const string Hostile = "<img src=x onerror=alert(1)>\"&";

    [Fact]
    public void Rows_Passkeys_ShowNameTimesAndWhetherTheyAreSynced()
    {
        var now = Bank.Time.GetUtcNow();

        var list = Render<PasskeyList>(parameters => parameters.Add(p => p.Passkeys,
        [
            Passkey("one", "Ann's phone", isEligible: true, isBackedUp: true, lastUsedAt: now),
            Passkey("two", "Security key", isEligible: false, isBackedUp: false, lastUsedAt: null),
            Passkey("three", null, isEligible: true, isBackedUp: false, lastUsedAt: null),
        ]));

        var rows = list.FindAll("[data-passkey-row]");
        Assert.Equal(["Ann's phone", "Security key", "Passkey"], rows.Select(row => row.QuerySelector(".session-device")!.TextContent));
        Assert.Contains("Synced to your other devices", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Last used", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(2, rows[0].QuerySelectorAll("time").Length);
        Assert.Contains("Stays on its device", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Not used yet", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Can be synced, but is not", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["/identity/passkeys/edit?id=one", "/identity/passkeys/edit?id=two", "/identity/passkeys/edit?id=three"],
            list.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.Equal("Change the passkey Security key", list.FindAll("a")[1].TextContent);
    }

    [Fact]
    public void Rows_NameWithMarkup_IsShownAsText()
    {
        var list = Render<PasskeyList>(parameters => parameters.Add(
            p => p.Passkeys, [Passkey("one", Hostile, isEligible: false, isBackedUp: false, lastUsedAt: null)]));

        Assert.Empty(list.FindAll("img"));
        Assert.Equal(Hostile, list.Find(".session-device").TextContent);
    }

    private BankPasskey Passkey(string id, string? name, bool isEligible, bool isBackedUp, DateTimeOffset? lastUsedAt) => new(
        id,
        new UserPasskeyInfo(
            [1],
            [2],
            Bank.Time.GetUtcNow(),
            signCount: 0,
            transports: null,
            isUserVerified: true,
            isEligible,
            isBackedUp,
            attestationObject: [],
            clientDataJson: [])
        {
            Name = name,
        },
        lastUsedAt);
}
