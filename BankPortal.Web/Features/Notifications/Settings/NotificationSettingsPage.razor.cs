using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;

namespace BankPortal.Web.Features.Notifications.Settings;

/// <summary>The signed-in person chooses which messages count at the bell, which go out over which channel, and when.</summary>
public sealed partial class NotificationSettingsPage
{
    private NotificationPreferences _draft = NotificationPreferences.Default;
    private TimeOnly? _quietFrom;
    private TimeOnly? _quietTo;
    private TimeOnly? _digestAt;
    private bool _isStaff;
    private bool _isSaved;
    private Error? _problem;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required NotificationPreferencesService Preferences { get; init; }

    [Inject] public required DeliveryPlan Plan { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    private ImmutableArray<AlertDescription> Alerts => _isStaff ? AlertKinds.OfStaff : AlertKinds.OfCustomers;

    private ImmutableArray<DeliveryChannel> Channels => [.. Plan.Available.Where(channel => channel != DeliveryChannel.StaffTopic)];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        _isStaff = actor.IsStaff;
        Show(await Preferences.GetAsync(actor, ct));
    }

    private static string NameOf(DeliveryChannel channel) => channel == DeliveryChannel.Sms ? "Text message" : "E-mail";

    private string? ErrorOf(string field) => _problem?.Field == field ? _problem.Message : null;

    private void Show(NotificationPreferences preferences) =>
        (_draft, _quietFrom, _quietTo, _digestAt) = (preferences, preferences.QuietFrom, preferences.QuietTo, preferences.DigestAt);

    private void Ring(AlertKind kind, bool rings)
    {
        _isSaved = false;
        _draft = _draft with { Silent = rings ? _draft.Silent.Remove(kind) : _draft.Silent.Add(kind) };
    }

    private void Send(AlertKind kind, DeliveryChannel channel, bool sends)
    {
        _isSaved = false;
        var now = Channels.Where(one => _draft.Sends(kind, one)).ToImmutableHashSet();
        _draft = _draft with { Chosen = _draft.Chosen.SetItem(kind, sends ? now.Add(channel) : now.Remove(channel)) };
    }

    private async Task SaveAsync()
    {
        _isSaved = false;
        var wanted = _draft with
        {
            QuietFrom = _quietFrom,
            QuietTo = _quietTo,
            DigestAt = _digestAt,
            TimeZoneId = Zone.IsKnown ? Zone.Zone.Id : _draft.TimeZoneId,
        };
        _problem = await RunOnceAsync(
            async () => await Preferences.SaveAsync(await Actors.GetAsync(Gone), wanted, CancellationToken.None),
            saved =>
            {
                Show(saved);
                _isSaved = true;
            });
    }
}
