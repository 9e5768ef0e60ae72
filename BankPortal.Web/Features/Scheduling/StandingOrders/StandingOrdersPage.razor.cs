using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Web.Features.Scheduling.StandingOrders;

/// <summary>A customer's standing orders with their next dates.</summary>
public sealed partial class StandingOrdersPage
{
    private ImmutableArray<StandingOrderView> _orders = [];

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required StandingOrderService Orders { get; init; }

    protected override async Task LoadAsync(CancellationToken ct) => _orders = await Orders.ListAsync(await Actors.GetAsync(ct), ct);
}
