namespace BankPortal.Tests.Journeys;

/// <summary>The life of an account: opened, named, emptied, closed.</summary>
public sealed class AccountJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task Account_OpenedRenamedAndEmptied_CanBeClosed() => WalkAsync(async journey =>
    {
        var (maurice, _) = await journey.CustomerAsync("Maurice Wilkes", balance: 80);
        await maurice.OpenSavingsAsync("Rainy day");
        await maurice.SeesHeadingAsync("Rainy day");
        await maurice.PressAsync("Rename");
        await maurice.FillAsync("Name for this account", "Sunny day");
        await maurice.PressAsync("Save");
        await maurice.SeesHeadingAsync("Sunny day");
        await maurice.MoveAsync("Checking", "Sunny day", "80");
        await maurice.FollowAsync("Back to the overview");
        await maurice.SeesAmountAsync(maurice.BalanceOf("Sunny day"), 80);

        await maurice.FollowAsync("Sunny day");
        await maurice.SeesHeadingAsync("Close this account");
        await Expect(maurice.Button("Close the account")).ToHaveCountAsync(0);
        await maurice.FollowAsync("Withdraw");
        await Expect(maurice.Field("From account")).ToContainTextAsync("Sunny day");
        await maurice.FillAsync("Amount", "80.01");
        await maurice.PressAsync("Continue");
        await maurice.IsInvalidAsync("Amount", "$80.00");
        await Expect(maurice.Field("Amount")).ToBeFocusedAsync();
        await maurice.FillAsync("Amount", "80");
        await maurice.PressAsync("Continue");
        await maurice.SeesHeadingAsync("Check before you take out");
        await maurice.PressAsync("Take out $80.00");
        await maurice.SeesHeadingAsync("Money taken out");

        await maurice.FollowMenuAsync("Dashboard");
        await maurice.FollowAsync("Sunny day");
        await maurice.PressAsync("Close the account");
        var dialog = maurice.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Close this account?" });
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Keep it" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await maurice.PressAsync("Close the account");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close the account" }).ClickAsync();
        await maurice.SeesAsync("This account was closed");
        await maurice.FollowMenuAsync("Dashboard");
        await maurice.SettlesAsync();
        await Expect(maurice.Main.Locator(".dash-account")).ToHaveCountAsync(1);
    });
}
