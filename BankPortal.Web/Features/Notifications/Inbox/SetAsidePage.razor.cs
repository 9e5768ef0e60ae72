using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;

namespace BankPortal.Web.Features.Notifications.Inbox;

/// <summary>Shows administrators what could not be turned into messages or sent, and sends it again.</summary>
public sealed partial class SetAsidePage
{
    private ImmutableArray<AsideEvent> _events = [];
    private Error? _error;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required SetAsideEvents Events { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var listed = await Events.ListAsync(await Actors.GetAsync(ct), ct);
        _events = listed.IsSuccess ? listed.Value : [];
        _error = listed.Error;
    }

    private async Task ResendAsync(AsideEvent one)
    {
        var refusal = await RunOnceAsync(
            async () => await Events.ResendAsync(await Actors.GetAsync(Gone), one, CancellationToken.None),
            _ => _events = _events.Remove(one));
        _error = refusal;
    }
}
