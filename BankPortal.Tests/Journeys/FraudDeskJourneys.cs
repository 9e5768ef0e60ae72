namespace BankPortal.Tests.Journeys;

/// <summary>Customers and fraud analysts work at the same time, each at their own browser.</summary>
public sealed class FraudDeskJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task SuspiciousTransfer_DecidedOnInTheQueue_IsFollowedByTheCustomerWithoutAWordOfWhy() =>
        WalkAsync(async journey =>
        {
            var payer = await Portal.CreateAsync("Radia Perlman", balance: 9_000);
            var (first, second) = (await Portal.CreateAsync("Vint Cerfson"), await Portal.CreateAsync("Donald Daviesson"));
            var fraud = await journey.AnalystAsync("Frances Analyst");
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
            await radia.HasInTotalAsync(600);
        });

    [Fact]
    public Task Customer_Blocked_IsSignedOutAtOnceAndNotLetInUntilUnblocked() =>
        WalkAsync(async journey =>
        {
            var (ivan, person) = await journey.CustomerAsync("Ivan Sutherland", balance: 50);
            var fraud = await journey.AnalystAsync("Flora Analyst");
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
    public Task Customer_AtTheFraudDesk_IsRefused() =>
        WalkAsync(async journey =>
        {
            var (mallory, person) = await journey.CustomerAsync("Mallory Curious", balance: 5);
            await mallory.HasNoAccessAsync(
                "/fraud/queue",
                "/fraud/lists",
                "/fraud/accounts",
                $"/fraud/accounts/{person.AccountId}",
                $"/fraud/customers/{person.UserId}"
            );
        });

    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    [InlineData(ColorScheme.Light, 1400)]
    [InlineData(ColorScheme.Dark, 1400)]
    public Task Pages_InBothThemes_FitAndHaveNoAccessibilityFault(ColorScheme theme, int width) =>
        WalkAsync(async journey =>
        {
            var person = await Portal.CreateAsync("Wilhelmina Vanderbilt-Featherstonehaugh", balance: 9_000);
            var (payee, payer) = (await Portal.CreateAsync("Otto Receiver"), await Portal.CreateAsync("Olga Sender", balance: 5_000));
            var behind = await Portal.CreateAsync("Bertha Behind");
            await Portal.SendAsync(payer, person, 1_234.56m);
            await Portal.SendAsync(person, payee, 400);
            await Portal.SendAsync(person, payee, 310);
            await Portal.SendAsync(payee, person, 25);
            await Portal.SendAsync(payee, behind, 120);
            Assert.Equal(TransferStatus.Held, (await Portal.SendAsync(person, behind, 8_000, hold: true)).Status);
            var analyst = StaffActors.Fresh("somebody", BankRoles.Analyst);
            var lists = Portal.Services.GetRequiredService<RiskListService>();
            Assert.True(
                (
                    await lists.AddAsync(
                        analyst,
                        person.AccountId,
                        ListedKind.Account,
                        RiskLists.Watched,
                        TimeSpan.FromDays(30),
                        "Reported by another bank",
                        Ct
                    )
                ).IsSuccess
            );

            var visitor = await journey.AnalystAsync("Felicity Analyst", LookSteps.Screen(theme, width));
            foreach (
                var path in new[]
                {
                    "/fraud/queue",
                    "/fraud/lists",
                    "/staff/related-persons",
                    "/fraud/accounts",
                    $"/fraud/accounts/{person.AccountId}",
                    $"/fraud/customers/{person.UserId}",
                }
            )
            {
                await visitor.GoAsync(path);
                await visitor.SettlesAsync();
                if (path.StartsWith("/fraud/customers", StringComparison.Ordinal))
                {
                    await Expect(visitor.Main.Locator("a.links-person:visible").First).ToBeVisibleAsync();
                }

                await visitor.FitsAndIsAccessibleAsync(width, $"{theme} {width} {path.Split('/')[2]}");
            }

            await visitor.PressAsync("Put on a list…");
            await Expect(visitor.Field("Reason")).ToBeVisibleAsync();
            await Accessibility.AssertNoViolationsAsync(visitor.Page);
        });
}
