using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;

namespace BankPortal.Tests.Notifications.Delivery;

/// <summary>From the stored message to the channel: at least once, in order, not lost while a service is down.</summary>
[EngineTest]
public sealed class DeliveryDispatcherTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task DispatchAsync_AMessage_GoesOutOnceWithUtcAndLocalTime(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        await desk.AddAsync(AlertKind.HighValue, "First");
        await desk.AddAsync(AlertKind.HighValue, "First");

        await desk.DeliverAsync();
        await desk.DeliverAsync();

        var sent = Assert.Single(desk.Email.Sent);
        Assert.Equal(("BankPortal: First", "ann"), (sent.Subject, sent.RecipientId));
        Assert.Contains("2026-11-28 12:00 UTC (2026-11-28 13:00 Europe/Berlin)", sent.Body, StringComparison.Ordinal);
        Assert.Contains("Reference: R1", sent.Body, StringComparison.Ordinal);
        Assert.Contains("https://bank.example/notifications/settings", sent.Body, StringComparison.Ordinal);
        Assert.Empty(await desk.Deliveries.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheServiceIsDownForAnHour_NothingIsLostAndTheOrderIsKept(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        desk.Email.Answer = _ => throw new TimeoutException("down");
        await desk.AddAsync(AlertKind.HighValue, "First");
        await desk.AddAsync(AlertKind.HighValue, "Second");
        for (var minute = 0; minute < 60; minute++)
        {
            await desk.DeliverAsync();
            desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await desk.AddAsync(AlertKind.HighValue, "Third");
        Assert.InRange(desk.Email.Asked, 3, 15);
        desk.Email.Answer = _ => DeliveryOutcome.Sent;
        for (var minute = 0; minute < 60; minute++)
        {
            await desk.DeliverAsync();
            desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["First", "Second", "Third"], desk.Email.Sent.Select(sent => sent.Subject["BankPortal: ".Length..]));
        Assert.Empty(await desk.Deliveries.ListAsideAsync(10, Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheProcessEndedAfterSending_SendsAgainWithTheSameId(EngineKind engine)
    {
        var crash = new CrashBefore("BatchWriteItem");
        await using var desk = await AlertDesk.CreateAsync(engine, crash);
        await desk.AddAsync(AlertKind.HighValue, "First");
        crash.Armed = true;
        await Assert.ThrowsAnyAsync<Exception>(desk.DeliverAsync);
        crash.Armed = false;

        await desk.DeliverAsync();

        Assert.Equal(2, desk.Email.Sent.Count);
        Assert.Single(desk.Email.Sent.Select(sent => sent.Id).Distinct());
        Assert.Empty(await desk.Deliveries.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheAddressIsRefused_IsSetAsideAndThePersonIsToldInThePortal(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        desk.Email.Answer = sent => sent.RecipientId == "ann" ? DeliveryOutcome.Refused : DeliveryOutcome.Sent;
        await desk.AddAsync(AlertKind.HighValue, "First");
        await desk.AddAsync(AlertKind.HighValue, "Other", "bob");

        await desk.DeliverAsync();

        Assert.Equal("bob", Assert.Single(desk.Email.Sent).RecipientId);
        Assert.Single(await desk.Deliveries.ListAsideAsync(10, Ct));
        var messages = await desk.Inbox.ListAsync(new InboxQuery("ann", 10), Ct);
        Assert.Contains(messages, message => message is { Title: "We could not reach you by e-mail", IsRead: false });

        // Bells on other nodes ring too.
        var notice = Assert.Single(await desk.NewNotices().ReadAsync(DateTimeOffset.UtcNow.AddMinutes(-5), Ct));
        Assert.Equal(["ann"], notice.PersonIds);
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_ItFailsForADay_IsSetAside(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        desk.Email.Answer = _ => throw new TimeoutException("down");
        await desk.AddAsync(AlertKind.HighValue, "First");

        for (var i = 0; i < DeliveryDispatcher.MostTries; i++)
        {
            await desk.DeliverAsync();
            desk.Time.Advance(TimeSpan.FromMinutes(31));
        }

        Assert.Equal(DeliveryDispatcher.MostTries, desk.Email.Asked);
        Assert.Equal("down", Assert.Single(await desk.Deliveries.ListAsideAsync(10, Ct)).Reason);
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_OneEmailADay_HasAllMessagesInOrder(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        await desk.ChooseAsync(new NotificationPreferences { DigestAt = new(14, 0), TimeZoneId = "Europe/Berlin", Version = 1 });
        await desk.AddAsync(AlertKind.HighValue, "First");
        desk.Time.Advance(TimeSpan.FromMinutes(5));
        await desk.AddAsync(AlertKind.LowBalance, "Second");
        await desk.DeliverAsync();
        Assert.Empty(desk.Email.Sent);
        desk.Time.Advance(TimeSpan.FromHours(1));

        await desk.DeliverAsync();

        var sent = Assert.Single(desk.Email.Sent);
        Assert.Equal("BankPortal: 2 messages", sent.Subject);
        Assert.True(sent.Body.IndexOf("First", StringComparison.Ordinal) < sent.Body.IndexOf("Second", StringComparison.Ordinal));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_ASecurityNoticeThatCouldNotBeSentAtOnce_IsTriedAgainUntilItIsSent(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        desk.Email.Answer = _ => throw new TimeoutException("down");
        await desk.Events.RaiseAsync(
            BankEvent.Of(
                "n1",
                BankEventKinds.SecurityNotice,
                "ann",
                desk.Time.GetUtcNow(),
                ("title", "A passkey was added"),
                ("text", "A passkey was added to your account."),
                ("address", ""),
                ("told", "")),
            Ct);
        await desk.NewDispatcher().DispatchAsync(Ct);
        await desk.DeliverAsync();
        Assert.Empty(desk.Email.Sent);
        desk.Email.Answer = _ => DeliveryOutcome.Sent;
        desk.Time.Advance(TimeSpan.FromMinutes(1));

        await desk.DeliverAsync();

        var sent = Assert.Single(desk.Email.Sent);
        Assert.Equal(("BankPortal: A passkey was added", "ann", null), (sent.Subject, sent.RecipientId, sent.To));
        var message = Assert.Single(await desk.MessagesAsync("ann"));
        Assert.Equal((MessageTopic.Security, false), (message.Topic, message.IsRead));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_ASecurityNoticeToAFormerAddress_GoesThereAndRingsNoBell(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        await desk.Events.RaiseAsync(
            BankEvent.Of(
                "n2",
                BankEventKinds.SecurityNotice,
                "ann",
                desk.Time.GetUtcNow(),
                ("title", "Your e-mail address was changed"),
                ("text", "This address no longer belongs to your account."),
                ("address", "old@example.org"),
                ("told", "1")),
            Ct);

        await desk.NewDispatcher().DispatchAsync(Ct);
        await desk.DeliverAsync();

        Assert.Equal("old@example.org", Assert.Single(desk.Email.Sent).To);
        Assert.True(Assert.Single(await desk.MessagesAsync("ann")).IsRead);
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_SwitchedOffWhileItWaited_IsNotSent(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        await desk.AddAsync(AlertKind.HighValue, "First");
        await desk.ChooseAsync(new NotificationPreferences
        {
            Chosen = ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty.Add(AlertKind.HighValue, []),
            Version = 1,
        });

        await desk.DeliverAsync();

        Assert.Empty(desk.Email.Sent);
        Assert.Empty(await desk.Deliveries.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task TrySaveAsync_ChangedElsewhere_KeepsWhatIsThere(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        var service = new NotificationPreferencesService(desk.Preferences);
        var ann = Actor.Customer("ann");
        var chosen = NotificationPreferences.Default with
        {
            Silent = [AlertKind.Payment, AlertKind.Security],
            Chosen = ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty
                .Add(AlertKind.Payment, [DeliveryChannel.Sms, DeliveryChannel.Email])
                .Add(AlertKind.Budget, []),
            QuietFrom = new(22, 30),
            QuietTo = new(6, 0),
            DigestAt = new(8, 0),
            TimeZoneId = "Asia/Kolkata",
        };
        Assert.True((await service.SaveAsync(ann, chosen, Ct)).IsSuccess);

        Assert.IsType<PreferencesChangedError>((await service.SaveAsync(ann, chosen with { QuietTo = new(7, 0) }, Ct)).Error);

        var stored = await service.GetAsync(ann, Ct);
        Assert.Equal([AlertKind.Payment], stored.Silent);
        Assert.Equal([DeliveryChannel.Email, DeliveryChannel.Sms], stored.Chosen[AlertKind.Payment].Order());
        Assert.Empty(stored.Chosen[AlertKind.Budget]);
        Assert.Equal(
            (chosen.QuietFrom, chosen.QuietTo, chosen.DigestAt, chosen.TimeZoneId, 1),
            (stored.QuietFrom, stored.QuietTo, stored.DigestAt, stored.TimeZoneId, stored.Version));
        Assert.Empty(await desk.Inbox.ListAsync(new InboxQuery("ann", 10), Ct));
    }
}
