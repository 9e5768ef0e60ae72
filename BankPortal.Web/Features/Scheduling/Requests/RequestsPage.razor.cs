using BankPortal.Core.Scheduling.Requests;

namespace BankPortal.Web.Features.Scheduling.Requests;

/// <summary>Requests for money that a customer made or received, and whom they have blocked.</summary>
public sealed partial class RequestsPage
{
    private PaymentRequestList _list = new([], [], [], []);
    private Error? _problem;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required PaymentRequestService Requests { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    protected override async Task LoadAsync(CancellationToken ct) => _list = await Requests.ListAsync(await Actors.GetAsync(ct), ct);

    private async Task UnblockAsync(BlockedAsker blocked)
    {
        _problem = await RunOnceAsync(async () =>
        {
            if ((await Requests.UnblockAsync(await Actors.GetAsync(Gone), blocked.AskerId, Gone)).IsSuccess)
            {
                Toasts.Done($"{blocked.Name} can ask you for money again");
            }
        });
        await ReloadAsync(quietly: true);
    }
}
