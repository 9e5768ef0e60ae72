namespace BankPortal.Tests.Journeys;

/// <summary>Staff decide on a transaction in one browser; its customer sees what came of it in another.</summary>
public sealed class TransactionDeskJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task HeldTransfer_ReleasedAndThenReversed_IsFollowedByTheCustomer() => WalkAsync(async journey =>
    {
        var payer = await Portal.CreateAsync("Karen Sparck", balance: 300);
        var payee = await Portal.CreateAsync("Jean Sammet");
        var held = await Portal.SendAsync(payer, payee, 120, hold: true);
        var karen = await journey.SignInAsync(payer);
        await karen.GoAsync($"/transactions/details/{held.Id}");
        await karen.SeesAsync("Pending");
        await karen.SeesAsync("The amount is reserved in your account");

        var grace = await journey.AnalystAsync("Grace Analyst");
        await grace.GoAsync("/staff/transactions");
        await grace.FillAsync("Reference", held.Reference.ToLowerInvariant());
        await grace.PressAsync("Look it up");
        await grace.SeesAsync("Without a decision it is rejected on");
        await grace.PressAsync("Release");
        await grace.PressAsync("Release the transfer");
        await grace.SeesAsync("Enter the reason.");
        await grace.FillAsync("Reason", "Confirmed by telephone");
        await grace.PressAsync("Release the transfer");
        await grace.SeesAsync("Confirmed by telephone");

        // Without a reload, and without a word of why.
        await karen.SeesAsync("Done");
        await Expect(karen.Main).Not.ToContainTextAsync("telephone");

        // The payee spends some of it before it turns out to be fraud after all.
        await Portal.TakeOutAsync(payee, 20, "Lunch");
        await grace.Page.ReloadAsync();
        await grace.PressAsync("Reverse");
        await grace.FillAsync("Reason", "Fraud after all");
        await grace.PressAsync("Reverse the transaction");
        await grace.SeesAsync("Tick the box to take back all of it.");
        await Journey.KeepPictureAsync(grace, "Overdraw");
        await grace.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await grace.PressAsync("Reverse the transaction");
        await grace.SeesAsync("Reversed by");

        await karen.SeesAsync("This transaction was reversed");
        await karen.Main.Locator("dd a[href^='/transactions/details/']").ClickAsync();
        await karen.SeesAsync("Reversal of");
        await karen.HasInTotalAsync(300);
        await Expect(karen.Main).Not.ToContainTextAsync("Fraud");
    });

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task Transaction_OnAPhone_FitsAndHasNoAccessibilityFault(ColorScheme theme) => WalkAsync(async journey =>
    {
        var payer = await Portal.CreateAsync("Barbara Liskov-Featherstonehaugh", balance: 12_345.67m);
        var payee = await Portal.CreateAsync("Edsger Dijkstra");
        var held = await Portal.SendAsync(payer, payee, 120, hold: true);
        var visitor = await journey.AnalystAsync("Ada Analyst", LookSteps.Screen(theme));
        foreach (var path in new[] { "/staff/transactions", $"/staff/transactions/{held.Id}" })
        {
            await visitor.GoAsync(path);
            await visitor.SettlesAsync();
            await visitor.FitsAndIsAccessibleAsync(LookSteps.PhoneWidth, $"{theme} {path}");
        }

        await visitor.PressAsync("Reject");
        await Expect(visitor.Field("Reason")).ToBeFocusedAsync();
        await Accessibility.AssertNoViolationsAsync(visitor.Page);
    });
}
