using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Notifications.Inbox;
using BankPortal.Infrastructure.Notifications.Preferences;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Notifications;

/// <summary>
/// From the commit of the ledger to the channel, on a real engine: Ann has 1,000 and pays Bob, who banks here too; one channel for e-mails
/// keeps what it is given.
/// </summary>
internal sealed class AlertDesk : IAsyncDisposable
{
    private static readonly FieldProtector Protector = new(new EphemeralDataProtectionProvider());

    private readonly LedgerWorld _world;
    private readonly DynamoLedgerStore _store;
    private readonly DeliveryPlan _plan;
    private readonly DeliveryDispatcher _dispatcher;
    private Account? _from;
    private Account? _to;

    private AlertDesk(LedgerWorld world)
    {
        _world = world;
        Events = new DynamoEventOutbox(world.Database, Protector, new EventSignal(), TimeProvider.System);
        Deliveries = new DynamoDeliveryOutbox(world.Database, Protector, Time);
        Inbox = new DynamoInboxStore(world.Database, Protector, Deliveries);
        Preferences = new DynamoNotificationPreferencesStore(world.Database);
        Notices = NewNotices();
        _store = new DynamoLedgerStore(world.Database, world.LedgerItems, world.AccountItems, events: Events);
        var rules = new LedgerRules(new LedgerOptions { TimeZone = "Europe/Berlin" });
        _plan = new DeliveryPlan([Email], rules);
        _dispatcher = new DeliveryDispatcher(
            Deliveries,
            [Email],
            Preferences,
            Inbox,
            Feed,
            Notices,
            new DeliveryText(rules, new PortalLinks(new Uri("https://bank.example"))),
            Time,
            NullLogger<DeliveryDispatcher>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The clock of what is added and sent; it stands still.</summary>
    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The channel for e-mails.</summary>
    public RecordingChannel Email { get; } = new(DeliveryChannel.Email);

    /// <summary>What happened and waits to be told.</summary>
    public DynamoEventOutbox Events { get; }

    /// <summary>What waits to be sent.</summary>
    public DynamoDeliveryOutbox Deliveries { get; }

    /// <summary>The messages of everybody.</summary>
    public DynamoInboxStore Inbox { get; }

    /// <summary>What people chose.</summary>
    public DynamoNotificationPreferencesStore Preferences { get; }

    /// <summary>What this node tells the others.</summary>
    public DynamoInboxNotices Notices { get; }

    /// <summary>The bells of this node.</summary>
    public InboxFeed Feed { get; } = new(NullLogger<InboxFeed>.Instance);

    public static async Task<AlertDesk> CreateAsync(EngineKind engine, params IRequestInterceptor[] interceptors) =>
        new(await LedgerWorld.CreateAsync(engine, null, interceptors));

    /// <summary>Ann pays Bob.</summary>
    public async Task<Transfer> TransferAsync(decimal amount)
    {
        _from ??= await _world.OpenAsync("ann", 1_000);
        _to ??= await _world.OpenAsync("bob");
        return (await _world.NewService(_store).ExecuteAsync(
            _world.Order(_from, _to, amount) with { DuplicateConfirmed = true }, Ct)).Value;
    }

    /// <summary>Turns events into messages, on a node of its own.</summary>
    public NotificationDispatcher NewDispatcher() => new(
        Events,
        _store,
        new FakeStaffDirectory(),
        Inbox,
        Feed,
        Notices,
        Preferences,
        _plan,
        new MessageWriter(new MessageRules()),
        TimeProvider.System,
        NullLogger<NotificationDispatcher>.Instance);

    /// <summary>The notices as another node has them.</summary>
    public DynamoInboxNotices NewNotices() => new(_world.Database, TimeProvider.System);

    /// <summary>Adds a message with its deliveries.</summary>
    public async Task AddAsync(AlertKind kind, string title, string person = "ann")
    {
        var message = new InboxMessage(
            person, DerivedId.From(title), kind.Describe().Topic, Time.GetUtcNow(), title, "Text.", "R1", null)
        { Kind = kind };
        var wishes = await Preferences.FindManyAsync([person], Ct);
        await Inbox.AddAsync(message, [.. _plan.Of(message, wishes.GetValueOrDefault(person) ?? NotificationPreferences.Default)], Ct);
    }

    /// <summary>What Ann chooses, for the first time.</summary>
    public async Task ChooseAsync(NotificationPreferences preferences) =>
        Assert.True(await Preferences.TrySaveAsync("ann", preferences, 0, Ct));

    /// <summary>Sends what is due, until nothing is.</summary>
    public async Task DeliverAsync()
    {
        while (await _dispatcher.DispatchAsync(Ct) > 0)
        {
            // Until nothing is due.
        }
    }

    public Task<IReadOnlyList<InboxMessage>> MessagesAsync(string person) => Inbox.ListAsync(new InboxQuery(person, 10), Ct);

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
