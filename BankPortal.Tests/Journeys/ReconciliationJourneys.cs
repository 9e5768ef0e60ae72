using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Journeys;

/// <summary>A balance is changed directly in the database, and the reconciliation page shows it by itself.</summary>
public sealed class ReconciliationJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public async Task BalanceChangedInTheDatabase_ComesUpOnTheScreenByItself()
    {
        // A portal of its own: the shared one's ledger stays in order, and its log free of errors.
        await using var own = JourneyPortal.With(
            ("Reconciliation:StepEvery", "00:00:00.5"),
            ("Jobs:LookEvery", "00:00:00.5"),
            ("Reconciliation:PauseAfterCycle", "00:00:00"),
            ("Reconciliation:LookAgainAfter", "00:00:00"),
            ("Logging:LogLevel:BankPortal.Core.Ledger.Reconciliation.ReconciliationService", "None")
        );
        await WalkAsync(own, async journey =>
        {
            var customer = await own.CreateAsync("Grace Hopper", balance: 120);
            var staff = await own.CreateAsync("Katherine Johnson", authenticator: true, role: BankRoles.Compliance);
            var visitor = await journey.OpenBrowserAsync("Katherine");
            await visitor.GivePasswordAsync(staff);
            await visitor.GiveCodeAsync(await staff.Authenticator!.NextCodeAsync(TestContext.Current.CancellationToken));
            await visitor.SeesAsync("compliance officer");
            await Expect(visitor.Main.Locator(".reconciliation .badge")).ToHaveTextAsync("In order");
            await visitor.FollowAsync("More about the reconciliation");
            await visitor.SeesHeadingAsync("Reconciliation");
            await visitor.SeesAsync("Everything that was checked agrees.");

            await ChangeBalanceAsync(own, customer.AccountId);

            await Expect(visitor.Main.Locator(".differences tbody tr")).ToHaveCountAsync(1);
            await visitor.SeesAsync("Balance does not match the last entry");
            await Expect(visitor.Main.Locator(".differences tbody tr")).ToContainTextAsync(customer.AccountId);
            await visitor.SettlesAsync();
            await Accessibility.AssertNoViolationsAsync(visitor.Page);
            await visitor.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
            await Accessibility.AssertNoViolationsAsync(visitor.Page);
            await visitor.Page.SetViewportSizeAsync(LookSteps.PhoneWidth, 740);
            Assert.Equal("", await LookSteps.FindTooWideAsync(visitor.Page, LookSteps.PhoneWidth));
            await visitor.GoAsync("/staff");
            await Expect(visitor.Main.Locator(".reconciliation .badge")).ToHaveTextAsync("1 difference");
            Assert.Equal("", await LookSteps.FindTooWideAsync(visitor.Page, LookSteps.PhoneWidth));
        });
    }

    private static Task ChangeBalanceAsync(JourneyPortal portal, string accountId)
    {
        var database = portal.Services.GetRequiredService<DynamoDatabase>();
        return database.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = database.TableName(AccountTables.Accounts),
            Key = new() { [AccountItems.Key] = Attr.S(accountId) },
            UpdateExpression = "SET balance = :much",
            ExpressionAttributeValues = new() { [":much"] = Attr.N(1_000_000_00L) },
        });
    }
}
