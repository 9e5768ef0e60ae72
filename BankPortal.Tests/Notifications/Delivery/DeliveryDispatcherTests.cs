using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;
using BankPortal.Infrastructure.Notifications.Inbox;
using BankPortal.Infrastructure.Notifications.Preferences;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Notifications.Delivery;

/// <summary>From the stored message to the channel: at least once, in order, not lost while a service is down.</summary>
[EngineTest]
public sealed class DeliveryDispatcherTests
{
    private static readonly FieldProtector Protector = new(new EphemeralDataProtectionProvider());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task DispatchAsync_AMessage_GoesOutOnceWithUtcAndLocalTime(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        await desk.AddAsync(AlertKind.HighValue, "First");
        await desk.AddAsync(AlertKind.HighValue, "First");

        await desk.DispatchAsync();
        await desk.DispatchAsync();

        var sent = Assert.Single(desk.Email.Sent);
        Assert.Equal(("BankPortal: First", "ann"), (sent.Subject, sent.RecipientId));
        Assert.Contains("2026-11-28 12:00 UTC (2026-11-28 13:00 Europe/Berlin)", sent.Body, StringComparison.Ordinal);
        Assert.Contains("Reference: R1", sent.Body, StringComparison.Ordinal);
        Assert.Contains("https://bank.example/notifications/settings", sent.Body, StringComparison.Ordinal);
        Assert.Empty(await desk.Outbox.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheServiceIsDownForAnHour_NothingIsLostAndTheOrderIsKept(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        desk.Email.Answer = _ => throw new TimeoutException("down");
        await desk.AddAsync(AlertKind.HighValue, "First");
        await desk.AddAsync(AlertKind.HighValue, "Second");
        for (var minute = 0; minute < 60; minute++)
        {
            await desk.DispatchAsync();
            desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await desk.AddAsync(AlertKind.HighValue, "Third");
        Assert.InRange(desk.Email.Asked, 3, 15);
        desk.Email.Answer = _ => DeliveryOutcome.Sent;
        for (var minute = 0; minute < 60; minute++)
        {
            await desk.DispatchAsync();
            desk.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(["First", "Second", "Third"], desk.Email.Sent.Select(sent => sent.Subject["BankPortal: ".Length..]));
        Assert.Empty(await desk.Outbox.ListAsideAsync(10, Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheProcessEndedAfterSending_SendsAgainWithTheSameId(EngineKind engine)
    {
        var crash = new CrashBefore("BatchWriteItem");
        await using var desk = await Desk.CreateAsync(engine, crash);
        await desk.AddAsync(AlertKind.HighValue, "First");
        crash.Armed = true;
        await Assert.ThrowsAnyAsync<Exception>(desk.DispatchAsync);
        crash.Armed = false;

        await desk.DispatchAsync();

        Assert.Equal(2, desk.Email.Sent.Count);
        Assert.Single(desk.Email.Sent.Select(sent => sent.Id).Distinct());
        Assert.Empty(await desk.Outbox.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheAddressIsRefused_IsSetAsideAndThePersonIsToldInThePortal(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        desk.Email.Answer = sent => sent.RecipientId == "ann" ? DeliveryOutcome.Refused : DeliveryOutcome.Sent;
        await desk.AddAsync(AlertKind.HighValue, "First");
        await desk.AddAsync(AlertKind.HighValue, "Other", "bob");

        await desk.DispatchAsync();

        Assert.Equal("bob", Assert.Single(desk.Email.Sent).RecipientId);
        Assert.Single(await desk.Outbox.ListAsideAsync(10, Ct));
        var messages = await desk.Inbox.ListAsync(new InboxQuery("ann", 10), Ct);
        Assert.Contains(messages, message => message is { Title: "We could not reach you by e-mail", IsRead: false });
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_ItFailsForADay_IsSetAside(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        desk.Email.Answer = _ => throw new TimeoutException("down");
        await desk.AddAsync(AlertKind.HighValue, "First");

        for (var i = 0; i < DeliveryDispatcher.MostTries; i++)
        {
            await desk.DispatchAsync();
            desk.Time.Advance(TimeSpan.FromMinutes(31));
        }

        Assert.Equal(DeliveryDispatcher.MostTries, desk.Email.Asked);
        Assert.Equal("down", Assert.Single(await desk.Outbox.ListAsideAsync(10, Ct)).Reason);
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_OneEmailADay_HasAllMessagesInOrder(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        await desk.ChooseAsync(new NotificationPreferences { DigestAt = new(14, 0), TimeZoneId = "Europe/Berlin", Version = 1 });
        await desk.AddAsync(AlertKind.HighValue, "First");
        desk.Time.Advance(TimeSpan.FromMinutes(5));
        await desk.AddAsync(AlertKind.LowBalance, "Second");
        await desk.DispatchAsync();
        Assert.Empty(desk.Email.Sent);
        desk.Time.Advance(TimeSpan.FromHours(1));

        await desk.DispatchAsync();

        var sent = Assert.Single(desk.Email.Sent);
        Assert.Equal("BankPortal: 2 messages", sent.Subject);
        Assert.True(sent.Body.IndexOf("First", StringComparison.Ordinal) < sent.Body.IndexOf("Second", StringComparison.Ordinal));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_SwitchedOffWhileItWaited_IsNotSent(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        await desk.AddAsync(AlertKind.HighValue, "First");
        await desk.ChooseAsync(new NotificationPreferences
        {
            Chosen = ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty.Add(AlertKind.HighValue, []),
            Version = 1,
        });

        await desk.DispatchAsync();

        Assert.Empty(desk.Email.Sent);
        Assert.Empty(await desk.Outbox.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task TrySaveAsync_ChangedElsewhere_KeepsWhatIsThere(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
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

    private sealed class Desk : IAsyncDisposable
    {
        private readonly LedgerWorld _world;
        private readonly DeliveryPlan _plan;
        private readonly DeliveryDispatcher _dispatcher;

        private Desk(LedgerWorld world)
        {
            _world = world;
            Outbox = new DynamoDeliveryOutbox(world.Database, Protector, Time);
            Inbox = new DynamoInboxStore(world.Database, Protector, Outbox);
            Preferences = new DynamoNotificationPreferencesStore(world.Database);
            var rules = new LedgerRules(new LedgerOptions { TimeZone = "Europe/Berlin" });
            _plan = new DeliveryPlan([Email], rules);
            _dispatcher = new DeliveryDispatcher(
                Outbox,
                [Email],
                Preferences,
                Inbox,
                new InboxFeed(NullLogger<InboxFeed>.Instance),
                new DeliveryText(rules, new PortalLinks(new Uri("https://bank.example"))),
                Time,
                NullLogger<DeliveryDispatcher>.Instance);
        }

        public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

        public RecordingChannel Email { get; } = new(DeliveryChannel.Email);

        public DynamoDeliveryOutbox Outbox { get; }

        public DynamoInboxStore Inbox { get; }

        public DynamoNotificationPreferencesStore Preferences { get; }

        public static async Task<Desk> CreateAsync(EngineKind engine, params IRequestInterceptor[] interceptors) =>
            new(await LedgerWorld.CreateAsync(engine, null, interceptors));

        public async Task AddAsync(AlertKind kind, string title, string person = "ann")
        {
            var message = new InboxMessage(
                person, DerivedId.From(title), kind.Describe().Topic, Time.GetUtcNow(), title, "Text.", "R1", null)
            { Kind = kind };
            var wishes = await Preferences.FindManyAsync([person], Ct);
            await Inbox.AddAsync(message, [.. _plan.Of(message, wishes.GetValueOrDefault(person) ?? NotificationPreferences.Default)], Ct);
        }

        public async Task ChooseAsync(NotificationPreferences preferences) =>
            Assert.True(await Preferences.TrySaveAsync("ann", preferences, 0, Ct));

        public async Task DispatchAsync()
        {
            while (await _dispatcher.DispatchAsync(Ct) > 0)
            {
                // Until nothing is due.
            }
        }

        public ValueTask DisposeAsync() => _world.DisposeAsync();
    }
}
