using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports.Runs;

namespace BankPortal.Web.Features.Reports;

/// <summary>Lists the reports that a person asked for in the background, with their progress.</summary>
public sealed partial class ReportRunsPage
{
    private static readonly LivePlan Plan = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(5));

    private ImmutableArray<BackgroundRun> _runs = [];
    private Error? _problem;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required ReportRunService Runs { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    protected override LivePlan? Live => Plan;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var read = await Runs.ListAsync(await Actors.GetAsync(ct), ct);
        _runs = read.IsSuccess ? read.Value : [];
    }

    private async Task CancelAsync(string id)
    {
        _problem = await RunAsync(async () =>
        {
            var cancelled = await Runs.CancelAsync(await Actors.GetAsync(Gone), id, Gone);
            return cancelled.IsSuccess ? Result<string>.From(id) : cancelled.Error;
        });
        await ReloadAsync(quietly: true);
    }
}
