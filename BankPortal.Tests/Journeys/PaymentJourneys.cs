namespace BankPortal.Tests.Journeys;

/// <summary>Money is not sent twice, not to the wrong person, and not by accident.</summary>
public sealed class PaymentJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public Task OneForm_SentAgainInEveryWay_PaysOnce() => WalkAsync(async journey =>
    {
        var (john, payer, payee) = await journey.PayerAsync("John Backus", 300, "Frances Allen");
        await john.ReviewPaymentAsync(payer, Payment.To(payee, "100", "Compiler"));

        // The same form in a second tab, with another amount, before the first is sent.
        var form = john.Page.Url;
        var other = await journey.OpenTabAsync(john, "John's other tab");
        await other.GoAsync(form);
        await other.FillPaymentAsync(Payment.To(payee, "55", "Compiler"));
        await other.PressAsync("Continue");
        await other.StandAtReviewAsync(payer);

        await john.SendButton().DblClickAsync();
        await john.SeesHeadingAsync("Money sent");
        var reference = await john.ReferenceAsync();

        await john.Page.ReloadAsync();
        await john.SeesAsync("nothing was done a second time");
        Assert.Equal(reference, await john.ReferenceAsync());

        await john.FollowAsync("Details of this transaction");
        await john.SeesAsync("Balance afterwards");
        await john.Page.GoBackAsync();
        await john.SeesAsync("nothing was done a second time");
        Assert.Equal(reference, await john.ReferenceAsync());

        await other.SendButton().ClickAsync();
        await other.SeesAsync("This form has been used already");
        await other.PressAsync("See what was done");
        await other.SeesAsync("nothing was done a second time");
        Assert.Equal(reference, await other.ReferenceAsync());

        await john.HasInTotalAsync(200);
        await Expect(john.Entry("Frances Allen")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task Code_ForAnotherAmount_IsRefusedAndTheRightOnePays() => WalkAsync(async journey =>
    {
        var payee = await journey.Portal.CreateAsync("Hedy Lamarr");
        var payer = await journey.Portal.CreateAsync("George Antheil", balance: 3_000, authenticator: true);
        var george = await journey.SignInAsync(payer);
        await george.FollowMenuAsync("Transfer");
        await george.FillPaymentAsync(Payment.To(payee, "1500", "Frequencies"));
        await george.PressAsync("Continue");
        await george.SeesHeadingAsync("Check before you send");
        await george.PressAsync("Confirm this payment");

        // The prompt shows what the code is for.
        await george.SeesHeadingAsync("Confirm this payment");
        await george.SeesAsync("1,500.00");
        await george.SeesAsync(payee.Name);
        await george.SeesAsync(payee.AccountNumber);
        await george.SeesAsync("The name matches the account.");
        await george.ProveAsync(payer, "Confirm this payment");
        await george.SeesHeadingAsync("Check before you send");
        await george.SeesAsync("You have confirmed this payment.");

        // Another amount is not what was confirmed: nothing is sent, and the code is asked for again.
        await george.PressAsync("Change");
        await george.FillAsync("Amount", "2500");
        await george.PressAsync("Continue");
        await george.SeesHeadingAsync("Check before you send");
        await Expect(george.SendButton()).ToHaveCountAsync(0);
        await george.PressAsync("Confirm this payment");
        await george.SeesAsync("2,500.00");
        await george.FollowAsync("Cancel");

        // Nothing entered is lost, and the first amount is still confirmed.
        await george.SeesHeadingAsync("Check before you send");
        await george.PressAsync("Change");
        await Expect(george.Field("Description")).ToHaveValueAsync("Frequencies");
        await george.FillAsync("Amount", "1500");
        await george.PressAsync("Continue");
        await george.SendAsync();
        await george.HasInTotalAsync(1_500);
    });

    [Fact]
    public Task Clicks_ThatArriveTogether_PayInOnce() => WalkAsync(async journey =>
    {
        var (ken, _) = await journey.CustomerAsync("Ken Thompson");
        await ken.FollowMenuAsync("Deposit");
        await ken.FillAsync("Amount", "64");
        await ken.PressAsync("Continue");
        await ken.SeesHeadingAsync("Check before you pay in");

        // Faster than any hand: before the button can be seen disabled.
        await ken
            .Main.Locator("form:not([hidden]) button[type=submit]")
            .EvaluateAsync("button => { button.click(); button.click(); button.click(); }");

        await ken.SeesHeadingAsync("Money paid in");
        await ken.FollowMenuAsync("History");
        await Expect(ken.Entry("Cash deposit")).ToHaveCountAsync(1);
        await ken.HasInTotalAsync(64);
    });

    [Fact]
    public Task Page_LoadedAgainWhileTyping_GivesBackWhatWasTyped() => WalkAsync(async journey =>
    {
        var (ada, payer, payee) = await journey.PayerAsync("Ada Yonath", 90, "Dorothy Hodgkin");
        await ada.FollowMenuAsync("Transfer");
        await ada.FillPaymentAsync(Payment.To(payee, "30", "Crystals"));
        await ada.Page.ReloadAsync();
        await Expect(ada.Field("Name of the account holder")).ToHaveValueAsync(payee.Name);
        await Expect(ada.Field("Description")).ToHaveValueAsync("Crystals");
        await ada.PressAsync("Continue");
        await ada.StandAtReviewAsync(payer);
        await ada.SendAsync();
        await ada.HasInTotalAsync(60);
    });

    [Fact]
    public Task Connection_LostAroundTheSending_PaysOnce() => WalkAsync(async journey =>
    {
        var payer = await Portal.CreateAsync("Lynn Conway", balance: 100);
        var payee = await Portal.CreateAsync("Carver Mead");
        var lynn = await journey.OpenBrowserAsync("Lynn");
        lynn.Watch.ExpectText("Connection disconnected");
        var sockets = new ConcurrentStack<IWebSocketRoute>();
        await lynn.Page.RouteWebSocketAsync(new Regex("/_blazor", RegexOptions.None, TimeSpan.FromSeconds(1)), socket =>
        {
            socket.ConnectToServer();
            sockets.Push(socket);
        });
        await lynn.SignInAsync(payer);
        await lynn.ReviewPaymentAsync(payer, Payment.To(payee, "40", "Chips"));

        // Lost and found again: the review is still there.
        var before = sockets.Count;
        Assert.True(sockets.TryPeek(out var open));
        await open.CloseAsync(new WebSocketRouteCloseOptions { Code = 3001, Reason = "lost" });
        await Expect(lynn.SendButton()).ToBeEnabledAsync();
        await lynn.SendButton().ClickAsync();

        // Lost again while it is being sent, and this time the page is loaded anew. Whatever had arrived: it is paid once.
        if (sockets.TryPeek(out open))
        {
            await open.CloseAsync(new WebSocketRouteCloseOptions { Code = 3001, Reason = "lost" });
        }

        await lynn.Page.ReloadAsync();
        await lynn.SettlesAsync();
        await Expect(lynn.Heading("Money sent").Or(lynn.Button("Continue"))).ToBeVisibleAsync();
        if (await lynn.Button("Continue").IsVisibleAsync())
        {
            await lynn.PressAsync("Continue");
            await lynn.StandAtReviewAsync(payer);
            await lynn.SendAsync();
        }

        Assert.True(sockets.Count > before, "The connection was not taken up again.");
        await lynn.HasInTotalAsync(60);
        await Expect(lynn.Entry("Carver Mead")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task SamePayment_SoonAgain_AsksFirst() => WalkAsync(async journey =>
    {
        var (dennis, payer, payee) = await journey.PayerAsync("Dennis Ritchie", 100, "Brian Kernighan");
        var payment = Payment.To(payee, "20", "Lunch");
        await dennis.PayAsync(payer, payment);

        await dennis.ReviewPaymentAsync(payer, payment);
        await dennis.SeesAsync("Is this meant to go twice?");
        await dennis.SendButton().ClickAsync();
        await dennis.SeesAsync("Tick this if you want to send it again.");
        await dennis.Field("Yes, send the same amount again.").CheckAsync();
        await dennis.SendAsync();

        await dennis.HasInTotalAsync(60);
    });

    [Fact]
    public Task Name_ThatIsNotTheHolders_WarnsAndNeedsASecondYes() => WalkAsync(async journey =>
    {
        var (margaret, payer, payee) = await journey.PayerAsync("Margaret Hamilton", 100, "Annie Easley");

        await margaret.ReviewPaymentAsync(payer, new Payment(payee.AccountNumber, "Annie Easly", "10", "Fuel"));
        await margaret.SeesAsync("The name is close, but not the same.");
        await margaret.PressAsync("Change");
        await margaret.FillAsync("Name of the account holder", "Gustav Unbekannt");
        await margaret.PressAsync("Continue");
        await margaret.StandAtReviewAsync(payer);
        await margaret.SeesAsync("The name does not match this account.");
        await Expect(margaret.Main).Not.ToContainTextAsync("Easley");

        await margaret.SendButton().ClickAsync();
        await margaret.SeesAsync("Tick this if you are sure, or change the details.");
        await margaret.HasInTotalAsync(100);

        await margaret.ReviewPaymentAsync(payer, new Payment(payee.AccountNumber, "Gustav Unbekannt", "10", "Fuel"));
        await margaret
            .Field("I have checked these details with the person I want to pay, and want to send the money to this account.")
            .CheckAsync();
        await margaret.SendAsync();
        await margaret.HasInTotalAsync(90);
    });

    [Fact]
    public Task Errors_InTheForm_AreShownAtTheirFieldsAndLoseNothing() => WalkAsync(async journey =>
    {
        var (radia, payer, payee) = await journey.PayerAsync("Radia Perlman", 50, "Vint Cerf");
        await radia.FollowMenuAsync("Transfer");
        await radia.FillPaymentAsync(new Payment("1234567890", "", "60", "Spanning tree"));
        await radia.PressAsync("Continue");
        await radia.IsInvalidAsync("Account number", "This account number does not exist as written");
        await radia.IsInvalidAsync("Name of the account holder", "Enter the name of the person you want to pay.");
        await Expect(radia.Field("Amount")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(radia.Field("Account number")).ToBeFocusedAsync();
        await Expect(radia.Field("Description")).ToHaveValueAsync("Spanning tree");

        await radia.FillPaymentAsync(Payment.To(payee, "49.99", "Spanning tree"));
        await radia.PressAsync("Continue");
        await radia.StandAtReviewAsync(payer);
        await radia.SendAsync();
        await radia.HasInTotalAsync(0.01m);
    });
}
