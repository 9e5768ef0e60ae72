using BankPortal.Core.Fraud.Lists;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BankPortal.Tests.Journeys;

/// <summary>Customers and fraud analysts at the same time, each at a browser of their own.</summary>
public sealed class FraudDeskJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task SuspiciousTransfer_DecidedOnInTheQueue_IsFollowedByTheCustomerWithoutAWordOfWhy() => WalkAsync(async journey =>
    {
        var payer = await Portal.CreateAsync("Radia Perlman", balance: 9_000);
        var (first, second) = (await Portal.CreateAsync("Vint Cerfson"), await Portal.CreateAsync("Donald Daviesson"));
        var fraud = await journey.AnalystAsync(Portal, "Frances Analyst");
        await fraud.FollowMenuAsync("Held transfers");
        await fraud.SeesHeadingAsync("Held transfers");
        await Expect(fraud.HeldFrom(payer.Name)).ToHaveCountAsync(0);
        var radia = await journey.SignInAsync(payer);

        // Nearly all that came in an hour ago to somebody never paid before.
        await radia.ReviewPaymentAsync(payer, Payment.To(first, "8500.00", "Car"));
        await radia.SendButton().ClickAsync();
        await radia.SeesHeadingAsync("Your transfer is being reviewed");
        await Expect(fraud.HeldFrom(payer.Name)).ToContainTextAsync("to a payee the customer had not paid");
        await Journey.KeepPictureAsync(fraud, "Queue");
        await fraud.DecideAsync("Reject", payer.Name, "The customer knows nothing of it");
        await Expect(fraud.HeldFrom(payer.Name)).ToHaveCountAsync(0);
        await radia.SeesHeadingAsync("This transfer was not carried out");
        await Expect(radia.Main).Not.ToContainTextAsync("knows nothing");
        await Expect(radia.Main).Not.ToContainTextAsync("payee the customer");

        await radia.ReviewPaymentAsync(payer, Payment.To(second, "8400.00", "Another car"));
        await radia.SendButton().ClickAsync();
        await radia.SeesHeadingAsync("Your transfer is being reviewed");
        await fraud.DecideAsync("Release", payer.Name, "Confirmed by telephone");
        await Expect(fraud.HeldFrom(payer.Name)).ToHaveCountAsync(0);
        await radia.SeesHeadingAsync("Money sent");
        await Expect(radia.Main).Not.ToContainTextAsync("telephone");
        await radia.FollowMenuAsync("Dashboard");
        await radia.SeesAmountAsync(radia.Total(), 600);
    });

    [Fact]
    public Task Customer_Blocked_IsSignedOutAtOnceAndNotLetInUntilUnblocked() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Ivan Sutherland", balance: 50);
        var ivan = await journey.SignInAsync(person);
        var fraud = await journey.AnalystAsync(Portal, "Flora Analyst");
        await fraud.GoAsync($"/fraud/customers/{person.UserId}");
        await fraud.SeesHeadingAsync(person.Name);
        await fraud.PressAsync("Block sign-in…");
        await fraud.FillAsync("Reason", "Account taken over");
        await fraud.PressAsync("Block signing in");
        await fraud.SeesAsync("Signing in is blocked");

        // Wherever the customer was: no longer there.
        await ivan.IsAtAsync("/auth/login.*");
        await ivan.FillSignInAsync(person);
        await ivan.IsRefusedAsync("We cannot sign you in at the moment.");
        await Expect(ivan.Page.Locator("body")).Not.ToContainTextAsync("taken over");

        await fraud.PressAsync("Let sign in again…");
        await fraud.FillAsync("Reason", "Spoke with him in the branch");
        await fraud.PressAsync("Lift the block");
        await fraud.SeesAsync("Lifted the block on signing in");
        await ivan.SignInAsync(person);
    });

    [Fact]
    public Task Customer_AtTheFraudDesk_IsRefused() => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Mallory Curious", balance: 5);
        var mallory = await journey.SignInAsync(person);
        mallory.Watch.Expect(403, "/auth/access-denied");
        foreach (var path in new[] { "/fraud/queue", "/fraud/lists", "/fraud/accounts", $"/fraud/accounts/{person.AccountId}", $"/fraud/customers/{person.UserId}" })
        {
            mallory.Watch.Expect(403, path);
            await mallory.GoAsync(path);
            await mallory.SeesHeadingAsync("You have no access to this page");
        }
    });

    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    [InlineData(ColorScheme.Light, 1400)]
    [InlineData(ColorScheme.Dark, 1400)]
    public Task Pages_InBothThemes_FitAndHaveNoAccessibilityFault(ColorScheme theme, int width) => WalkAsync(async journey =>
    {
        var person = await Portal.CreateAsync("Wilhelmina Vanderbilt-Featherstonehaugh", balance: 9_000);
        var (payee, payer) = (await Portal.CreateAsync("Otto Receiver"), await Portal.CreateAsync("Olga Sender", balance: 5_000));
        var behind = await Portal.CreateAsync("Bertha Behind");
        await SendAsync(payer, person, 1_234.56m);
        await SendAsync(person, payee, 400);
        await SendAsync(person, payee, 310);
        await SendAsync(payee, person, 25);
        await SendAsync(payee, behind, 120);
        Assert.Equal(TransferStatus.Held, (await SendAsync(person, behind, 8_000, hold: true)).Status);
        var analyst = new Actor("somebody", [BankRoles.Analyst]);
        var lists = Portal.Services.GetRequiredService<RiskListService>();
        Assert.True((await lists.AddAsync(analyst, person.AccountId, ListedKind.Account, RiskLists.Watched, TimeSpan.FromDays(30), "Reported by another bank", Ct)).IsSuccess);

        var visitor = await journey.AnalystAsync(Portal, "Felicity Analyst", new BrowserNewContextOptions
        {
            ColorScheme = theme,
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            IsMobile = width < 500,
            HasTouch = width < 500,
        });
        foreach (var path in new[] { "/fraud/queue", "/fraud/lists", "/fraud/accounts", $"/fraud/accounts/{person.AccountId}", $"/fraud/customers/{person.UserId}" })
        {
            await visitor.GoAsync(path);
            await visitor.SettlesAsync();
            if (path.StartsWith("/fraud/customers", StringComparison.Ordinal))
            {
                await Expect(visitor.Main.Locator("a.links-person:visible").First).ToBeVisibleAsync();
            }

            await Journey.KeepPictureAsync(visitor, $"{theme} {width} {path.Split('/')[2]}");
            await Accessibility.AssertNoViolationsAsync(visitor.Page);
            Assert.Empty(await LookSteps.FindTooWideAsync(visitor.Page, width));
        }

        await visitor.PressAsync("Put on a list…");
        await Expect(visitor.Field("Reason")).ToBeVisibleAsync();
        await Accessibility.AssertNoViolationsAsync(visitor.Page);
    });

    private async Task<Transfer> SendAsync(Person payer, Person payee, decimal amount, bool hold = false)
    {
        var result = await Portal.Services.GetRequiredService<LedgerService>().ExecuteAsync(
            new TransferOrder
            {
                Actor = Actor.Customer(payer.UserId),
                IdempotencyKey = Guid.NewGuid().ToString("N"),
                Kind = TransferKind.Transfer,
                DebitAccountId = payer.AccountId,
                CreditAccountId = payee.AccountId,
                Amount = Money.Of(amount, Currency.Usd),
                CreditName = payee.Name,
                DebitName = payer.Name,
                DuplicateConfirmed = true,
                Hold = hold,
            },
            Ct);
        return result.IsSuccess ? result.Value : throw new InvalidOperationException($"The transfer was refused: {result.Error.Message}");
    }
}
