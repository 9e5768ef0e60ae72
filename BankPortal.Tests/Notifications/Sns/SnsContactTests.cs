using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Tests.Notifications.Sns;

/// <summary>People's addresses: proven before anything is sent there, limited, and the same on all nodes.</summary>
[EngineTest]
public sealed class SnsContactTests
{
    private const string Number = SnsDesk.Number;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task ConfirmCode_TheCodeThatWasSent_SubscribesTheNumberAndTellsThePerson(EngineKind engine)
    {
        await using var desk = await SnsDesk.CreateAsync(engine);
        Assert.Null((await desk.Service.SendCodeAsync(desk.Ann, "+61 412 345 678", null, Ct)).Error);
        Assert.Empty((await desk.Server.StateAsync()).Topics);
        Assert.Single(desk.Server.Received);

        var confirmed = await desk.Service.ConfirmCodeAsync(desk.Ann, " " + desk.CodeAt(Number) + " ", Ct);

        Assert.Equal((Number, ContactState.Confirmed), (confirmed.Value.Address, confirmed.Value.State));
        Assert.Equal([Number], (await desk.Server.StateAsync()).Subscriptions);
        Assert.Equal(confirmed.Value, await desk.Store.FindAsync("ann", DeliveryChannel.Sms, Ct));
        Assert.Null((await desk.Service.GetAsync(desk.Ann, Ct)).Sent);
        var told = Assert.Single(desk.Events.All);
        Assert.Equal(
            (BankEventKinds.AlertAddressAdded, "ann", "text message", "•••678"),
            (told.Kind, told.PersonId, told.Facts["channel"], told.Facts["address"]));
        Assert.IsType<ContactCodeOverError>((await desk.Service.ConfirmCodeAsync(desk.Ann, desk.CodeAt(Number), Ct)).Error);
    }

    [Theory, EveryEngine]
    public async Task ConfirmCode_WrongCodes_EndWithTheRightOneRefused(EngineKind engine)
    {
        await using var desk = await SnsDesk.CreateAsync(engine);
        await desk.Service.SendCodeAsync(desk.Ann, Number, null, Ct);
        for (var left = ContactService.MostCodeTries - 1; left >= 0; left--)
        {
            var refused = await desk.Service.ConfirmCodeAsync(desk.Ann, desk.WrongCode(), Ct);
            Assert.Equal(left, Assert.IsType<WrongContactCodeError>(refused.Error).TriesLeft);
        }

        Assert.IsType<ContactCodeOverError>((await desk.Service.ConfirmCodeAsync(desk.Ann, desk.CodeAt(Number), Ct)).Error);
        Assert.Empty((await desk.Server.StateAsync()).Topics);
    }

    [Fact]
    public async Task ConfirmCode_ManyTriesAtOnce_AreCountedOneByOne()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.Service.SendCodeAsync(desk.Ann, Number, null, Ct);

        var tries = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => desk.NewService().ConfirmCodeAsync(desk.Ann, desk.WrongCode(), Ct)));

        Assert.Equal(ContactService.MostCodeTries, tries.Count(one => one.Error is WrongContactCodeError));
        Assert.Equal(15, tries.Count(one => one.Error is ContactCodeOverError));
    }

    [Theory, EveryEngine]
    public async Task ConfirmCode_TenMinutesLater_IsTooLate(EngineKind engine)
    {
        await using var desk = await SnsDesk.CreateAsync(engine);
        await desk.Service.SendCodeAsync(desk.Ann, Number, null, Ct);
        desk.Time.Advance(ContactService.CodeLifetime);

        Assert.IsType<ContactCodeOverError>((await desk.Service.ConfirmCodeAsync(desk.Ann, desk.CodeAt(Number), Ct)).Error);
        Assert.Null((await desk.Service.GetAsync(desk.Ann, Ct)).Sent);
    }

    [Fact]
    public async Task ConfirmCode_AnotherPersonsCode_IsRefused()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.Service.SendCodeAsync(desk.Ann, Number, null, Ct);
        Assert.IsType<ContactCodeOverError>(
            (await desk.Service.ConfirmCodeAsync(desk.Person("bob"), desk.CodeAt(Number), Ct)).Error);
        await desk.Service.SendCodeAsync(desk.Person("bob"), "+61412345679", null, Ct);

        var refused = await desk.Service.ConfirmCodeAsync(desk.Person("bob"), desk.CodeAt(Number), Ct);

        Assert.True(desk.CodeAt(Number) == desk.CodeAt("+61412345679") || refused.Error is WrongContactCodeError);
        Assert.NotEqual(Number, (await desk.Store.FindAsync("bob", DeliveryChannel.Sms, Ct))?.Address);
    }

    [Theory, EveryEngine]
    public async Task SendCode_ManyCodes_AreLimitedPerPersonAndPerNumber(EngineKind engine)
    {
        await using var desk = await SnsDesk.CreateAsync(engine);
        await desk.Service.SendCodeAsync(desk.Ann, Number, null, Ct);
        Assert.IsType<CodeJustSentError>((await desk.Service.SendCodeAsync(desk.Ann, Number, null, Ct)).Error);
        for (var i = 1; i < ContactService.MostConfirmations; i++)
        {
            desk.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Null((await desk.Service.SendCodeAsync(desk.Ann, Number, null, Ct)).Error);
        }

        desk.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<TooManyConfirmationsError>((await desk.Service.SendCodeAsync(desk.Ann, "+61412345679", null, Ct)).Error);
        Assert.IsType<TooManyConfirmationsError>((await desk.Service.SendCodeAsync(desk.Person("bob"), Number, null, Ct)).Error);
        Assert.Equal(ContactService.MostConfirmations, desk.Server.Received.Count);

        desk.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null((await desk.Service.SendCodeAsync(desk.Person("bob"), Number, null, Ct)).Error);
    }

    [Fact]
    public async Task SendCode_NoNumberNoFreshFactorOrOptedOut_IsRefusedWithAReason()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.Server.StateAsync("optedout=%2B61412345670");

        Assert.Equal("number", (await desk.Service.SendCodeAsync(desk.Ann, "0800 RICH", null, Ct)).Error!.Field);
        Assert.IsType<SecondFactorStaleError>((await desk.Service.SendCodeAsync(Actor.Customer("ann"), Number, null, Ct)).Error);
        Assert.IsType<ContactRefusedError>((await desk.Service.SendCodeAsync(desk.Ann, "+61412345670", null, Ct)).Error);
        Assert.Empty(desk.Server.Received);
        Assert.Null((await desk.Service.GetAsync(desk.Ann, Ct)).Sent);
    }

    [Fact]
    public async Task SendCode_TheServiceIsDown_SaysSoAndThePageShowsWhatIsStored()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.Server.StateAsync("down=yes");
        desk.Time.Advance(TimeSpan.FromMinutes(2));

        var refused = await desk.Service.SendCodeAsync(desk.Ann, "+61412345679", null, Ct);
        var removed = await desk.Service.RemoveAsync(desk.Ann, DeliveryChannel.Sms, Ct);
        var overview = await desk.Service.GetAsync(desk.Ann, Ct);

        Assert.IsType<ContactServiceDownError>(refused.Error);
        Assert.IsType<ContactServiceDownError>(removed.Error);
        Assert.False(overview.IsChecked);
        Assert.Equal(ContactState.Confirmed, overview.Of(DeliveryChannel.Sms)!.State);
    }

    [Fact]
    public async Task AddEmail_UntilTheLinkIsOpened_IsPendingAndNothingIsSent()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.ChooseAsync(DeliveryChannel.Email);
        Assert.Equal(ContactState.Pending, (await desk.Service.AddEmailAsync(desk.Ann, "ann@example.com", Ct)).Value.State);
        desk.Time.Advance(TimeSpan.FromMinutes(2));
        await desk.SendAsync("Before");
        Assert.Equal(ContactState.Pending, (await desk.Service.GetAsync(desk.Ann, Ct)).Of(DeliveryChannel.Email)!.State);
        Assert.Null((await desk.Service.AddEmailAsync(desk.Ann, "ann@example.com", Ct)).Error);
        Assert.Equal(2, desk.Server.Received.Count(one => one.Type == "SubscriptionConfirmation"));

        await desk.Server.ConfirmAsync("ann@example.com");

        Assert.Equal(ContactState.Confirmed, (await desk.Service.GetAsync(desk.Ann, Ct)).Of(DeliveryChannel.Email)!.State);
        await desk.SendAsync("After");
        Assert.Equal(["After"], desk.TitlesAt("ann@example.com"));
        Assert.Single(desk.Events.All);
    }

    [Fact]
    public async Task AddEmail_Another_EndsTheOneBefore()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddEmailAsync("old@example.com");
        await desk.AddEmailAsync("new@example.com");
        await desk.ChooseAsync(DeliveryChannel.Email);

        await desk.SendAsync("First");

        Assert.Empty(desk.TitlesAt("old@example.com"));
        Assert.Equal(["First"], desk.TitlesAt("new@example.com"));
    }

    [Fact]
    public async Task AddEmail_WhereTheBankSendsEmailsItself_IsNotOffered()
    {
        await using var desk = await SnsDesk.CreateAsync(sendsEmail: true);

        Assert.Equal([DeliveryChannel.Sms], desk.Service.Offered);
        Assert.IsType<NotAllowedError>((await desk.Service.AddEmailAsync(desk.Ann, "ann@example.com", Ct)).Error);
    }

    [Fact]
    public async Task Remove_ANumber_EndsTheSubscriptionAndTellsThePerson()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        Assert.IsType<SecondFactorStaleError>(
            (await desk.Service.RemoveAsync(Actor.Customer("ann"), DeliveryChannel.Sms, Ct)).Error);
        Assert.True((await desk.Service.RemoveAsync(desk.Person("bob"), DeliveryChannel.Sms, Ct)).IsSuccess);
        Assert.Equal([Number], (await desk.Server.StateAsync()).Subscriptions);

        Assert.True((await desk.Service.RemoveAsync(desk.Ann, DeliveryChannel.Sms, Ct)).IsSuccess);

        Assert.Empty((await desk.Server.StateAsync()).Subscriptions);
        Assert.Empty((await desk.Service.GetAsync(desk.Ann, Ct)).Contacts);
        Assert.Single(desk.Events.All, told => told.Kind == BankEventKinds.AlertAddressRemoved);
    }

    [Theory, EveryEngine]
    public async Task Subscribe_TwoNodesAtOnce_EndWithOneTopicAndOneSubscription(EngineKind engine)
    {
        await using var desk = await SnsDesk.CreateAsync(engine);
        await desk.Service.SendCodeAsync(desk.Ann, Number, null, Ct);
        var code = desk.CodeAt(Number);

        await Task.WhenAll(
            desk.NewService().ConfirmCodeAsync(desk.Ann, code, Ct),
            desk.NewService().ConfirmCodeAsync(desk.Ann, code, Ct),
            desk.NewService().AddEmailAsync(desk.Ann, "ann@example.com", Ct));

        var state = await desk.Server.StateAsync();
        Assert.Single(state.Topics);
        Assert.Equal([Number], state.Subscriptions);
        Assert.Equal(["ann@example.com"], state.Pending);
        var stored = await desk.Store.ListAsync("ann", Ct);
        Assert.Equal(2, stored.Length);
        Assert.All(stored, contact => Assert.Equal(state.Topics[0], contact.TopicId));
    }

    [Fact]
    public async Task Restore_TwoNodesFindTheTopicDeleted_OneTopicAndOneNotice()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.AddEmailAsync();
        await desk.Service.GetAsync(desk.Ann, Ct);
        await desk.Server.StopAsync();
        await desk.Server.StartAgainAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.NewService().GetAsync(desk.Ann, Ct)));

        var state = await desk.Server.StateAsync();
        Assert.Single(state.Topics);
        Assert.Equal([Number], state.Subscriptions);
        Assert.Single(await desk.InPortalAsync());
    }

    [Fact]
    public async Task Store_Rows_HoldNoAddressAndNoCodeInClear()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.Service.SendCodeAsync(desk.Person("bob"), "+61412345679", null, Ct);
        var code = desk.CodeAt("+61412345679");

        var rows = await desk.RowsAsync();

        Assert.Contains("contact#sms", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("412345678", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("412345679", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("\"" + code + "\"", rows, StringComparison.Ordinal);
        Assert.Empty(await desk.InPortalAsync());
    }
}
