namespace BankPortal.Tests.Journeys;

/// <summary>Managers work on rates and fees.</summary>
public sealed class ProductJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Theory]
    [InlineData(ColorScheme.Light, LookSteps.PhoneWidth)]
    [InlineData(ColorScheme.Dark, 1280)]
    public Task RatesAndFees_ProposedByOneManagerAndApprovedByAnother_AreAccessibleAndFit(ColorScheme theme, int width) =>
        WalkAsync(async journey =>
        {
            var maker = await journey.ManagerAsync($"Mira Maker {theme}", LookSteps.Screen(theme, width));
            await maker.GoAsync("/products/propose?product=Checking");
            await maker.SettlesAsync();
            await maker.FitsAndIsAccessibleAsync(width, $"{theme} {width} propose");
            var fee = theme == ColorScheme.Light ? "1.25" : "1.75";
            await maker.FillAsync("Monthly fee", fee);
            await maker.FillAsync("Reason", "The cards cost more");
            await maker.PressAsync("Propose");
            await maker.SeesHeadingAsync("Rates and fees");
            await Expect(maker.Main.GetByText($"${fee} a month.").First).ToBeVisibleAsync();

            var checker = await journey.ManagerAsync($"Cleo Checker {theme}", LookSteps.Screen(theme, width));
            await checker.GoAsync("/products");
            await checker.SettlesAsync();
            await checker.FitsAndIsAccessibleAsync(width, $"{theme} {width} products");
            await checker.Main.GetByText("Approve…").First.ClickAsync();
            await checker.FillAsync("Reason", "Agreed");
            await checker.PressAsync("Approve them");
            await Expect(checker.Main.GetByText("Approve…")).ToHaveCountAsync(0);
        });
}
