using BankPortal.Core.Reports.Runs;

namespace BankPortal.Web.Features.Reports;

/// <summary>Shows a report that is made in the background: its progress, the figures so far, and the result.</summary>
public sealed partial class ReportRunPage
{
    private static readonly LivePlan Plan = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2));

    private ReportRunView? _view;
    private Error? _refusal;
    private Error? _problem;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required ReportRunService Runs { get; init; }

    /// <summary>The run.</summary>
    [Parameter] public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    protected override LivePlan? Live => Plan;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        // A result never changes.
        if (_view is { Run.IsOpen: false } known && known.Run.Id == Id)
        {
            return;
        }

        var read = await Runs.FindAsync(await Actors.GetAsync(ct), Id, ct);
        (_view, _refusal) = (read.IsSuccess ? read.Value : null, read.Error);
    }

    private async Task CancelAsync()
    {
        _problem = await RunOnceAsync(async () =>
        {
            var cancelled = await Runs.CancelAsync(await Actors.GetAsync(Gone), Id, Gone);
            if (!cancelled.IsSuccess)
            {
                throw new InvalidOperationException(cancelled.Error.Message);
            }
        });
        await ReloadAsync(quietly: true);
    }
}
