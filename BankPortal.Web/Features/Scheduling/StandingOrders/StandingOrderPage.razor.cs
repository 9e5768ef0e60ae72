using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Web.Features.Scheduling.StandingOrders;

/// <summary>One standing order: its next dates, what became of past payments, and what can be done with it.</summary>
public sealed partial class StandingOrderPage
{
    private StandingOrderView? _view;
    private Error? _problem;
    private bool _isCancelling;
    private bool _isSkipping;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required StandingOrderService Orders { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    /// <summary>The order's id.</summary>
    [Parameter] public string OrderId { get; set; } = "";

    protected override object? LoadKey => OrderId;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var found = await Orders.GetAsync(await Actors.GetAsync(ct), OrderId, ct);
        _view = found.IsSuccess ? found.Value : null;
    }

    private Task PauseAsync() => ChangeAsync(actor => Orders.PauseAsync(actor, OrderId, Gone), "Standing order paused");

    private Task ResumeAsync() => ChangeAsync(actor => Orders.ResumeAsync(actor, OrderId, Gone), "Standing order resumed");

    private Task CancelAsync() => ChangeAsync(actor => Orders.CancelAsync(actor, OrderId, Gone), "Standing order cancelled");

    private Task SkipAsync() => _view?.Order.NextDate is { } date
        ? ChangeAsync(actor => Orders.SkipAsync(actor, OrderId, date, Gone), "The next payment is skipped")
        : Task.CompletedTask;

    private async Task ChangeAsync(Func<Actor, Task<Result<StandingOrder>>> change, string done)
    {
        _problem = await RunOnceAsync(async () => await change(await Actors.GetAsync(Gone)), _ => { });
        if (_problem is null)
        {
            Toasts.Done(done);
        }

        await ReloadAsync(quietly: true);
    }
}
