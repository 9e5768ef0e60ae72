namespace BankPortal.Tests.Journeys;

/// <summary>The main job of the portal, from nothing to money that has moved between two people.</summary>
public sealed class FirstDayJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task FirstDay_OfTwoPeople_EndsWithMoneyThatBothSee() => WalkAsync(async journey =>
    {
        var ada = await journey.OpenBrowserAsync("Ada");
        var lovelace = await ada.RegisterAsync(Person.Named("Ada Lovelace"), Portal);
        await ada.FollowAsync("Set up the authenticator");
        lovelace = await ada.SetUpAuthenticatorAsync(lovelace);
        Assert.Equal(10, lovelace.RecoveryCodes.Distinct(StringComparer.Ordinal).Count());

        var bob = await journey.OpenBrowserAsync("Bob");
        var babbage = await bob.RegisterAsync(Person.Named("Charles Babbage"), Portal);
        await bob.FollowAsync("Not now");
        await bob.SeesAmountAsync(bob.Total(), 0);
        await bob.Page.EvaluateAsync("window.neverReloaded = true");

        // The recovery codes were shown once.
        await ada.GoAsync("/identity/recovery-codes");
        await ada.SeesHeadingAsync("Make new recovery codes");
        await Expect(ada.Main).Not.ToContainTextAsync(lovelace.RecoveryCodes[0]);

        await ada.OpenSavingsAsync("Holidays");
        await ada.SeesHeadingAsync("Holidays");
        await ada.DepositAsync("1,250", "Checking", "Savings from the old bank");
        await ada.FollowAsync("Back to the overview");
        await ada.SeesAmountAsync(ada.Total(), 1250);

        await ada.MoveAsync("Checking", "Holidays", "400");
        await ada.PayAsync(lovelace, Payment.To(babbage, "75.50", "Engine parts"));
        await ada.SeesAsync("Charles Babbage");
        await ada.FollowAsync("Details of this transaction");
        await ada.SeesAsync("Balance afterwards");
        await ada.SeesAsync("Engine parts");
        await ada.HasInTotalAsync(1174.50m);
        await ada.SeesAmountAsync(ada.BalanceOf("Checking"), 774.50m);
        await ada.SeesAmountAsync(ada.BalanceOf("Holidays"), 400);

        // The other side, on a page that was open all the time.
        await bob.SeesAmountAsync(bob.Total(), 75.50m);
        await Expect(bob.Entry("Ada Lovelace")).ToContainTextAsync("Engine parts");
        Assert.True(await bob.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
    });
}
