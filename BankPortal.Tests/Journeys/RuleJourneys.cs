namespace BankPortal.Tests.Journeys;

/// <summary>Two analysts take a rule set from draft to live, each at their own browser.</summary>
public sealed class RuleJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task RuleSet_FromDraftToLive_TakesTwoPeople() =>
        WalkAsync(async journey =>
        {
            var person = await Portal.CreateAsync("Margaret Customer", balance: 500);
            var rita = await journey.AnalystAsync("Rita Ruler");
            await rita.FollowMenuAsync("Rules");
            await rita.SeesHeadingAsync("Rules");
            await rita.PressAsync("Create a draft");
            await rita.FillAsync("Reason", "Catch what is enormous");
            await rita.PressAsync("Create the draft");
            await Expect(rita.Button("Add a rule")).ToBeVisibleAsync();
            var number = int.Parse(new Uri(rita.Page.Url).Segments[3].TrimEnd('/'), System.Globalization.CultureInfo.InvariantCulture);
            await rita.PressAsync("Add a rule");
            await rita.FillAsync("Name", "Enormous");
            await rita.Main.Locator(".cond-number input").FillAsync("a million");
            await rita.SeesAsync("Enter an amount such as 1,234.56.");
            await rita.Main.Locator(".cond-number input").FillAsync("900,000");
            await rita.SeesAsync("When amount is at least $900,000.00: +20 points.");

            // Not saved yet, and the page is loaded again.
            await rita.Page.ReloadAsync();
            await rita.SeesAsync("were restored");
            await rita.PressAsync("Save the draft");
            await Expect(rita.Main.Locator(".edit-state")).ToContainTextAsync("Nothing to save");

            await rita.GoAsync($"/fraud/rules/{number}");
            await rita.PressAsync("Run");
            await Expect(rita.Button("Run in shadow")).ToBeVisibleAsync();
            await Expect(rita.Main.Locator(".bt-figures")).ToBeVisibleAsync();
            await rita.PressAsync("Run in shadow");
            await rita.FillAsync("Reason", "Figures look right");
            await rita.PressAsync("Run it in shadow");
            await rita.SeesAsync("You have edited it, so you cannot approve it.");
            await Expect(rita.Button("Approve")).ToHaveCountAsync(0);

            // A transfer from now on is compared while the page is open. This node follows within two seconds; the test does not wait.
            await Portal.Services.GetRequiredService<RulesInForceRefresh>().RefreshAsync(Ct);
            Assert.True(
                (
                    await Portal
                        .Services.GetRequiredService<TransferService>()
                        .DepositAsync(
                            Actor.Customer(person.UserId),
                            Guid.NewGuid().ToString("N"),
                            person.AccountId,
                            Money.Of(25, Currency.Usd),
                            null,
                            Ct
                        )
                ).IsSuccess
            );
            await Expect(rita.Main.Locator("section[aria-label='In shadow']"))
                .ToContainTextAsync(new Regex("[1-9][0-9]* transfers? since", RegexOptions.None, TimeSpan.FromSeconds(1)));

            var adam = await journey.AnalystAsync("Adam Approver");
            await adam.GoAsync($"/fraud/rules/{number}");
            await adam.PressAsync("Approve");
            await adam.FillAsync("Reason", "Went through it");
            await adam.PressAsync("Approve it");
            await adam.PressAsync("Make live");
            await adam.FillAsync("Reason", "From today");
            await adam.PressAsync("Make it live");
            await adam.SeesAsync("It decides whether transfers are allowed, held or blocked.");
            var rules = Portal.Services.GetRequiredService<RulesInForce>();
            for (var i = 0; i < 300 && rules.Live.Set.Version != number; i++)
            {
                await Task.Delay(100, Ct);
            }

            Assert.Equal(number, rules.Live.Set.Version);
        });

    [Theory]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 1400)]
    public Task Pages_InBothThemes_FitAndHaveNoAccessibilityFault(ColorScheme theme, int width) =>
        WalkAsync(async journey =>
        {
            var service = Portal.Services.GetRequiredService<RuleSetService>();
            var analyst = new Actor("somebody", [BankRoles.Analyst]);
            var live = (await service.FindLiveAsync(analyst, Ct)).Value;
            var draft = (
                await service.DraftAsync(analyst, live.Number, "Fewer false alarms among the customers who are paid in cash", Ct)
            ).Value;
            draft = (
                await service.SaveAsync(
                    analyst,
                    draft,
                    [.. draft.Set.Rules.Select(rule => rule.Id == "structuring" ? rule with { Score = 50 } : rule)],
                    draft.Set.Thresholds with
                    {
                        Alert = 41,
                    },
                    Ct
                )
            ).Value;
            var payer = await Portal.CreateAsync("Frederick Payer", balance: 800);
            var transfer = await Portal.PayInAsync(payer, 55, "Cash");
            var visitor = await journey.AnalystAsync("Felicity Analyst", LookSteps.Screen(theme, width));

            foreach (
                var path in new[]
                {
                    "/fraud/rules",
                    $"/fraud/rules/{draft.Number}",
                    $"/fraud/rules/{draft.Number}/edit",
                    $"/staff/transactions/{transfer.Id}",
                }
            )
            {
                await visitor.GoAsync(path);
                await visitor.SettlesAsync();
                if (path.EndsWith("/edit", StringComparison.Ordinal))
                {
                    await visitor.PressAsync("Structuring");
                    await visitor.Main.Locator(".cond-number input").First.FillAsync("nonsense");
                    await visitor.SeesAsync("Enter an amount such as 1,234.56.");
                }
                else if (path == $"/fraud/rules/{draft.Number}")
                {
                    await visitor.PressAsync("Run");
                    await Expect(visitor.Main.GetByText("Run by", new LocatorGetByTextOptions { Exact = false }).First).ToBeVisibleAsync();
                }

                await visitor.FitsAndIsAccessibleAsync(width, $"{theme} {width} {path.Replace('/', ' ')}");
            }
        });

    [Fact]
    public Task Customer_AtTheRules_IsRefused() =>
        WalkAsync(async journey =>
        {
            var (mallory, _) = await journey.CustomerAsync("Mallory Meddler");
            await mallory.HasNoAccessAsync("/fraud/rules", "/fraud/rules/1", "/fraud/rules/1/edit");
        });
}
