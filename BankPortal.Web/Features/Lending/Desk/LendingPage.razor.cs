using BankPortal.Core.Lending.Applications;

namespace BankPortal.Web.Features.Lending.Desk;

/// <summary>What waits for a decision about loans.</summary>
public sealed partial class LendingPage
{
    private ImmutableArray<LoanToDecide> _waiting = [];

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required LoanDesk Desk { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var read = await Desk.WaitingAsync(await Actors.GetAsync(ct), ct);
        _waiting = read.IsSuccess ? read.Value : [];
    }
}
