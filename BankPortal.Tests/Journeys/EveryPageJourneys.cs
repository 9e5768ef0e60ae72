using BankPortal.Core.Scheduling.Requests;

namespace BankPortal.Tests.Journeys;

/// <summary>Every page has no accessibility fault in either theme, and does not scroll sideways on a phone.</summary>
public sealed class EveryPageJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    private static readonly string[] PublicPages =
    [
        "/",
        "/auth/login",
        "/auth/register",
        "/auth/forgot-password",
        "/auth/lockout",
        "/auth/logout",
        "/auth/login?reason=idle",
        "/no/such/page",
    ];

    private static readonly string[] OwnPages =
    [
        "/account/dashboard",
        "/account/create",
        "/analytics",
        "/analytics/budgets",
        "/analytics/categories",
        "/analytics/monthly/2026/01",
        "/transactions/deposit",
        "/transactions/withdraw",
        "/transactions/transfer",
        "/transactions/history",
        "/transactions/history?q=nothing+like+this",
        "/payees",
        "/standing-orders",
        "/standing-orders/new",
        "/requests",
        "/requests/new",
        "/loans",
        "/loans/apply",
        "/statements",
        "/notifications",
        "/notifications/settings",
        "/notifications?topic=Security&unread=1",
        "/identity/security",
        "/identity/profile",
        "/identity/authenticator",
        "/identity/passkeys/add",
        "/identity/password",
        "/auth/access-denied",
    ];

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task EveryPage_InOneTheme_HasNoAccessibilityFault(ColorScheme theme) =>
        WalkAsync(async journey =>
        {
            var faults = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
            await VisitAllAsync(journey, new BrowserNewContextOptions { ColorScheme = theme }, async (page, visitor) =>
            {
                await Journey.KeepPictureAsync(visitor, $"{theme} {page}");
                foreach (var fault in await Accessibility.FindViolationsAsync(visitor.Page))
                {
                    faults.TryAdd(fault, []);
                    faults[fault].Add(page);
                }
            });
            Assert.True(
                faults.Count == 0,
                string.Join(Environment.NewLine, faults.Select(fault => $"{fault.Key} on {string.Join(", ", fault.Value)}"))
            );
        });

    [Fact]
    public Task EveryPage_OnAPhone_FitsItsWidth() =>
        WalkAsync(async journey =>
        {
            var faults = new List<string>();
            var phone = new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = LookSteps.PhoneWidth, Height = 740 },
                IsMobile = true,
                HasTouch = true,
            };
            await VisitAllAsync(journey, phone, async (path, visitor) =>
            {
                await Journey.KeepPictureAsync(visitor, $"Phone {path}");
                var wide = await LookSteps.FindTooWideAsync(visitor.Page, LookSteps.PhoneWidth);
                if (wide.Length > 0)
                {
                    faults.Add($"{path}: {wide}");
                }
            });
            Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        });

    [Fact]
    public async Task TooWide_PageWithSomethingWide_IsFound()
    {
        await using var context = await Chromium.NewContextAsync("http://localhost", LookSteps.Screen(ColorScheme.Light));
        var page = await context.NewPageAsync();
        await page.SetContentAsync(
            "<!DOCTYPE html><html lang=\"en\"><title>Wide</title><body><main><p id=\"wide\" style=\"width:40rem\">Wide</p></main></body></html>"
        );

        Assert.Contains("id=\"wide\"", await LookSteps.FindTooWideAsync(page, LookSteps.PhoneWidth), StringComparison.Ordinal);
    }

    private async Task<PaymentRequest> AskAsync(Person asker, Person payer)
    {
        var ask = new AskForMoney(
            Guid.NewGuid().ToString("N"),
            asker.AccountId,
            new TransferTarget.Someone(payer.AccountNumber, payer.Name),
            Money.Of(18.50m, Currency.Usd),
            "Your share of the present for the whole department, with the wrapping paper",
            Portal.Today.AddDays(7),
            IsNameConfirmed: true);
        var asked = await Portal.Services.GetRequiredService<PaymentRequestService>().AskAsync(
            Actor.Customer(asker.UserId), ask, TestContext.Current.CancellationToken);
        return asked.IsSuccess ? asked.Value : throw new InvalidOperationException(asked.Error.Message);
    }

    private async Task VisitAllAsync(Journey journey, BrowserNewContextOptions options, Func<string, Visitor, Task> look)
    {
        var person = await Portal.CreateAsync("Adele Goldberg-Wolfeschlegelstein", balance: 12_345.67m);
        var friend = await Portal.CreateAsync("Alan Kay");
        await Portal.TakeOutAsync(person, 250, "Theatre tickets for the whole family, with the programme and two drinks in the interval");
        var (asked, asking) = (await AskAsync(friend, person), await AskAsync(person, friend));
        var visitor = await journey.OpenBrowserAsync("Adele", options);
        visitor.Watch.Expect(404, "/no/such/page");
        visitor.Watch.Expect(403, "/auth/access-denied");
        await LookAtAsync(PublicPages);

        await visitor.SignInAsync(person);
        await visitor.SeesChartsAsync();
        await look("/account/dashboard with charts", visitor);
        await LookAtAsync([
            .. OwnPages,
            $"/account/details/{person.AccountId}",
            "/account/details/unknown",
            "/transactions/details/unknown",
            $"/requests/{asked.Id}",
            $"/requests/{asking.Id}",
            "/requests/unknown",
            $"/statements/{person.AccountId}/{Portal.Today.Year}",
            "/statements/unknown/2026-01",
        ]);

        // The steps of a payment that have no address of their own.
        await visitor.GoAsync("/transactions/transfer");
        await visitor.FillPaymentAsync(new Payment("123", "", "", ""));
        await visitor.PressAsync("Continue");
        await Expect(visitor.Field("Account number")).ToHaveAttributeAsync("aria-invalid", "true");
        await look("transfer with errors", visitor);
        await visitor.FillPaymentAsync(new Payment(friend.AccountNumber, "Somebody Else", "19.99", "A book"));
        await visitor.PressAsync("Continue");
        await visitor.SeesHeadingAsync("Check before you send");
        await look("review that asks who it is", visitor);
        await visitor.StandAtReviewAsync(person);
        await look("review with a warning", visitor);
        await visitor
            .Field("I have checked these details with the person I want to pay, and want to send the money to this account.")
            .CheckAsync();
        await visitor.SendAsync();
        await look("receipt", visitor);
        await visitor.FollowAsync("Details of this transaction");
        await visitor.SettlesAsync();
        await look("transaction", visitor);

        async Task LookAtAsync(string[] paths)
        {
            foreach (var path in paths)
            {
                await visitor.GoAsync(path);
                await visitor.SettlesAsync();
                await look(path, visitor);
            }
        }
    }
}
