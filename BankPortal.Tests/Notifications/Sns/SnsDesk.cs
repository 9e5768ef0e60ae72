using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;
using BankPortal.Infrastructure.Notifications.Contacts;
using BankPortal.Infrastructure.Notifications.Inbox;
using BankPortal.Infrastructure.Notifications.Preferences;
using BankPortal.Infrastructure.Notifications.Topics;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Notifications.Sns;

/// <summary>From a stored message to a telephone or mailbox: the bank's own services over a database engine and a server of the SNS
/// protocol.</summary>
internal sealed class SnsDesk : IAsyncDisposable
{
    public const string Number = "+61412345678";

    private readonly LedgerWorld _world;
    private readonly LookupHasher _hasher;
    private readonly DeliveryPlan _plan;
    private readonly DeliveryDispatcher _dispatcher;
    private readonly FieldProtector _protector = new(new EphemeralDataProtectionProvider());

    private SnsDesk(LedgerWorld world, SnsServer server, bool sendsEmail)
    {
        (_world, Server) = (world, server);
        _hasher = new LookupHasher(world.Database, _protector);
        Outbox = new DynamoDeliveryOutbox(world.Database, _protector, Time);
        Inbox = new DynamoInboxStore(world.Database, _protector, Outbox);
        Preferences = new DynamoNotificationPreferencesStore(world.Database);
        Store = new DynamoContactStore(world.Database, _protector, _hasher);
        Settings = Options.Create(new NotificationOptions
        {
            Sender = sendsEmail ? NotificationSenderKind.Smtp : NotificationSenderKind.None,
            Mode = NotificationMode.Endpoint,
            Sns = new SnsOptions { Endpoint = server.Address, TopicPrefix = "test-" },
        });
        Topics = new SnsTopics(() => server.Client, Settings);
        Keeper = new ContactKeeper(Store, Topics, Inbox, Feed, Notices, Time);
        Service = NewService();
        IDeliveryChannel[] channels =
        [
            new SnsChannel(DeliveryChannel.Email, Topics, Store, Keeper, Time),
            new SnsChannel(DeliveryChannel.Sms, Topics, Store, Keeper, Time),
            new SnsStaffChannel(Topics, Settings),
        ];
        var rules = new LedgerRules(new LedgerOptions { TimeZone = "Europe/Berlin" });
        _plan = new DeliveryPlan(channels, rules);
        _dispatcher = new DeliveryDispatcher(
            Outbox,
            channels,
            Preferences,
            Inbox,
            Feed,
            Notices,
            new DeliveryText(rules, new PortalLinks(null)),
            Time,
            NullLogger<DeliveryDispatcher>.Instance);
    }

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero));

    public SnsServer Server { get; }

    public IOptions<NotificationOptions> Settings { get; }

    public DynamoDeliveryOutbox Outbox { get; }

    public DynamoInboxStore Inbox { get; }

    public DynamoNotificationPreferencesStore Preferences { get; }

    public DynamoContactStore Store { get; }

    public InMemoryEvents Events { get; } = new();

    public FakeInboxNotices Notices { get; } = new();

    public InboxFeed Feed { get; } = new(NullLogger<InboxFeed>.Instance);

    public SnsTopics Topics { get; }

    public ContactKeeper Keeper { get; }

    public ContactService Service { get; }

    public Actor Ann => Person("ann");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<SnsDesk> CreateAsync(EngineKind engine = EngineKind.Dynoxide, bool sendsEmail = false) =>
        new(await LedgerWorld.CreateAsync(engine), await SnsServer.StartAsync(), sendsEmail);

    public Actor Person(string id) => Actor.Customer(id) with { SecondFactorAt = Time.GetUtcNow() };

    /// <summary>The service as another node has it.</summary>
    public ContactService NewService() => new(
        Store,
        new SnsTopics(() => Server.Client, Settings),
        Keeper,
        new SampleContactDirectory(),
        Events,
        new StepUpPolicy(Time, TimeSpan.FromMinutes(5)),
        Time,
        NullLogger<ContactService>.Instance);

    /// <summary>The code that reached a number last.</summary>
    public string CodeAt(string number)
    {
        var text = Server.Received.Last(one => one.To == number).Message!;
        return Regex.Match(text, "[0-9]{6}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
    }

    /// <summary>A code for another number than the one that was sent.</summary>
    public string WrongCode(string number = Number) => CodeAt(number) == "000000" ? "000001" : "000000";

    public async Task AddNumberAsync(string person = "ann", string number = Number)
    {
        Assert.Null((await Service.SendCodeAsync(Person(person), number, null, Ct)).Error);
        Assert.Null((await Service.ConfirmCodeAsync(Person(person), CodeAt(number), Ct)).Error);
    }

    public async Task AddEmailAsync(string address = "ann@example.com")
    {
        Assert.Null((await Service.AddEmailAsync(Ann, address, Ct)).Error);
        await Server.ConfirmAsync(address);
    }

    /// <summary>Ann wants these channels for each kind that the tests use.</summary>
    public async Task ChooseAsync(params DeliveryChannel[] channels) => Assert.True(await Preferences.TrySaveAsync(
        "ann",
        new NotificationPreferences
        {
            Chosen = ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty
                .Add(AlertKind.HighValue, [.. channels])
                .Add(AlertKind.LowBalance, [DeliveryChannel.Email]),
            Version = 1,
        },
        0,
        Ct));

    /// <summary>Stores a message of a person, with what goes out for it.</summary>
    public async Task AddAsync(string title, AlertKind kind = AlertKind.HighValue, string person = "ann")
    {
        var message = new InboxMessage(
            person, DerivedId.From(title), kind.Describe().Topic, Time.GetUtcNow(), title, "Text.", "R1", null)
        { Kind = kind };
        var wishes = (await Preferences.FindManyAsync([person], Ct)).GetValueOrDefault(person) ?? NotificationPreferences.Default;
        await Inbox.AddAsync(message, [.. _plan.Of(message, wishes)], Ct);
        Time.Advance(TimeSpan.FromMilliseconds(1));
    }

    /// <summary>Sends what is due.</summary>
    public async Task DispatchAsync()
    {
        while (await _dispatcher.DispatchAsync(Ct) > 0)
        {
            // Until nothing is due.
        }
    }

    /// <summary>Adds a message and sends it.</summary>
    public async Task SendAsync(string title, AlertKind kind = AlertKind.HighValue, string person = "ann")
    {
        await AddAsync(title, kind, person);
        await DispatchAsync();
    }

    /// <summary>The messages that reached an address, in order, by their titles; codes and confirmations are left out.</summary>
    public IEnumerable<string> TitlesAt(string address) => Server.Received
        .Where(one => one.To == address && one.Subject is not null)
        .Select(one => one.Subject!["BankPortal: ".Length..]);

    /// <summary>The titles of the messages in the portal.</summary>
    public async Task<IReadOnlyList<string>> InPortalAsync(string person = "ann") =>
        [.. (await Inbox.ListAsync(new InboxQuery(person, 50), Ct)).Select(message => message.Title)];

    /// <summary>All strings of the table that holds addresses.</summary>
    public async Task<string> RowsAsync()
    {
        var response = await _world.Database.Client.ScanAsync(
            new ScanRequest { TableName = _world.Database.TableName(NotificationTables.Messages) }, Ct);
        return string.Join('\n', response.Items.SelectMany(item => item.Values).Select(value => $"\"{value.S ?? value.N}\""));
    }

    public async ValueTask DisposeAsync()
    {
        _hasher.Dispose();
        await Server.DisposeAsync();
        await _world.DisposeAsync();
    }
}
