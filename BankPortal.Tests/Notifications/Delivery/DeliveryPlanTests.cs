using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;

namespace BankPortal.Tests.Notifications.Delivery;

/// <summary>What goes out over which channel, and when.</summary>
[UnitTest]
public sealed class DeliveryPlanTests
{
    private static readonly NotificationPreferences Berlin = new() { TimeZoneId = "Europe/Berlin" };
    private static readonly NotificationPreferences Quiet = Berlin with { QuietFrom = new(22, 0), QuietTo = new(7, 0) };

    private readonly RecordingChannel _sms = new(DeliveryChannel.Sms);
    private readonly DeliveryPlan _plan;

    public DeliveryPlanTests()
    {
        var rules = new LedgerRules(new LedgerOptions());
        _plan = new([new RecordingChannel(DeliveryChannel.Email), _sms, new RecordingChannel(DeliveryChannel.StaffTopic)], rules);
    }

    [Theory]
    [InlineData("2026-11-28T20:59:59Z", "2026-11-28T20:59:59Z")] // 21:59:59 in Berlin: not yet.
    [InlineData("2026-11-28T21:00:00Z", "2026-11-29T06:00:00Z")] // From 22:00 until 07:00 of the next day.
    [InlineData("2026-11-29T05:59:00Z", "2026-11-29T06:00:00Z")]
    [InlineData("2026-11-29T06:00:00Z", "2026-11-29T06:00:00Z")]
    [InlineData("2026-03-28T22:30:00Z", "2026-03-29T05:00:00Z")] // The clocks go forward in that night.
    [InlineData("2026-10-24T21:00:00Z", "2026-10-25T06:00:00Z")] // And back in this one.
    public void DueAt_QuietHours_WaitsUntilTheyEnd(string at, string due) =>
        Assert.Equal(Parse(due), _plan.DueAt(Parse(at), Quiet, DeliveryChannel.Sms));

    [Theory]
    [InlineData("2026-11-28T06:59:00Z", "2026-11-28T07:00:00Z")]
    [InlineData("2026-11-28T07:00:00Z", "2026-11-29T07:00:00Z")]
    public void DueAt_OneEmailADay_IsTheNextTime(string at, string due)
    {
        var daily = Berlin with { DigestAt = new(8, 0) };

        Assert.Equal(Parse(due), _plan.DueAt(Parse(at), daily, DeliveryChannel.Email));
        Assert.Equal(Parse(at), _plan.DueAt(Parse(at), daily, DeliveryChannel.Sms));
    }

    [Fact]
    public void Of_ASecurityMessage_NeverWaitsAndCannotBeSwitchedOff()
    {
        var nothing = Quiet with
        {
            DigestAt = new(8, 0),
            Silent = [AlertKind.Security],
            Chosen = ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty.Add(AlertKind.Security, []),
        };
        var message = Message(AlertKind.Security, Parse("2026-11-28T23:00:00Z"));

        var sent = Assert.Single(_plan.Of(message, nothing));

        Assert.Equal((message.At, "Email"), (sent.At, sent.Facts["channel"]));
        Assert.True(nothing.Rings(AlertKind.Security));
    }

    [Fact]
    public void Of_ASecurityMessageThatIdentitySends_IsNotSentTwice() =>
        Assert.Empty(_plan.Of(Message(AlertKind.Security) with { IsSentByIdentity = true }, NotificationPreferences.Default));

    [Fact]
    public void Of_ThePersonsChoice_DecidesTheChannels()
    {
        var chosen = new NotificationPreferences
        {
            Chosen = ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty
                .Add(AlertKind.Payment, [DeliveryChannel.Sms])
                .Add(AlertKind.LowBalance, []),
        };

        Assert.Equal(["Sms"], ChannelsOf(AlertKind.Payment));
        Assert.Empty(ChannelsOf(AlertKind.LowBalance));
        Assert.Equal(["Email"], ChannelsOf(AlertKind.HighValue));
        Assert.Empty(ChannelsOf(AlertKind.Incoming));

        IEnumerable<string> ChannelsOf(AlertKind kind) => _plan.Of(Message(kind), chosen).Select(sent => sent.Facts["channel"]);
    }

    [Fact]
    public void Of_AMessageToATopic_GoesToTheTopicAlone()
    {
        var message = Message(AlertKind.Work) with { PersonId = StaffTopics.Compliance };

        Assert.Equal("StaffTopic", Assert.Single(_plan.Of(message, NotificationPreferences.Default)).Facts["channel"]);
        Assert.Empty(_plan.Of(Message(AlertKind.Work), NotificationPreferences.Default));
    }

    [Fact]
    public void Of_AChannelThatIsNotConfigured_GetsNothing()
    {
        var chosen = new NotificationPreferences
        {
            Chosen = ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty.Add(AlertKind.Payment, [DeliveryChannel.Sms]),
        };
        var without = new DeliveryPlan(
            [new RecordingChannel(DeliveryChannel.Sms) { IsAvailable = false }], new LedgerRules(new LedgerOptions()));

        Assert.Empty(without.Of(Message(AlertKind.Payment), chosen));
    }

    [Fact]
    public void Describe_EveryKind_HasTextAndIsOffered()
    {
        Assert.All(Enum.GetValues<AlertKind>(), kind => Assert.EndsWith(".", kind.Describe().Text, StringComparison.Ordinal));
        Assert.Equal(
            Enum.GetValues<AlertKind>().Order(),
            AlertKinds.OfCustomers.Concat(AlertKinds.OfStaff).Select(one => one.Kind).Distinct().Order());
    }

    [Theory]
    [InlineData(22, null, nameof(NotificationPreferences.QuietTo))]
    [InlineData(null, 7, nameof(NotificationPreferences.QuietFrom))]
    [InlineData(7, 7, nameof(NotificationPreferences.QuietTo))]
    public async Task SaveAsync_HalfQuietHours_NamesTheField(int? from, int? to, string field)
    {
        var service = new NotificationPreferencesService(new InMemoryPreferences());

        var saved = await service.SaveAsync(
            Actor.Customer("ann"),
            new NotificationPreferences { QuietFrom = Hour(from), QuietTo = Hour(to) },
            TestContext.Current.CancellationToken);

        Assert.Equal(field, saved.Error?.Field);

        static TimeOnly? Hour(int? hour) => hour is { } value ? new TimeOnly(value, 0) : null;
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static InboxMessage Message(AlertKind kind, DateTimeOffset? at = null) => new(
        "ann", "M1", kind.Describe().Topic, at ?? Parse("2026-11-28T12:00:00Z"), "Title", "Text.", "R1", null)
    { Kind = kind };
}
