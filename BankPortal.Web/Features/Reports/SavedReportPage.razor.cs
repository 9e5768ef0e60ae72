using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Runs;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Web.Features.Reports;

/// <summary>Shows a saved report to its owner and to those it is shared with.</summary>
public sealed partial class SavedReportPage
{
    private SavedReport? _saved;
    private ReportDefinition _definition = new();
    private ReportResult? _result;
    private Error? _refusal;
    private Error? _problem;
    private Error? _refused;
    private bool _isOwn;
    private bool _asking;
    private string _owner = "";
    private string _shared = "";

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required SavedReportService Saved { get; init; }

    [Inject] public required ReportService Reports { get; init; }

    [Inject] public required ReportRunService Runs { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    /// <summary>The report.</summary>
    [Parameter] public string Id { get; set; } = "";

    protected override object? LoadKey => Id;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var found = await Saved.FindAsync(actor, Id, ct);
        (_saved, _refusal, _result, _problem) = (found.IsSuccess ? found.Value : null, found.Error, null, null);
        if (_saved is not { } saved)
        {
            return;
        }

        _isOwn = saved.OwnerId == actor.UserId;
        var names = (await Saved.ColleaguesAsync(ct)).ToDictionary(member => member.UserId, member => member.Name, StringComparer.Ordinal);
        _owner = _isOwn ? "You" : names.GetValueOrDefault(saved.OwnerId, "Somebody who no longer has reports");
        var shared = saved.Roles.Select(ReportRunText.Role)
            .Concat(saved.People.Where(person => person != saved.OwnerId).Select(person => names.GetValueOrDefault(person, "A former colleague")));
        _shared = string.Join(", ", shared.DefaultIfEmpty("Nobody"));
        var (definition, errors) = ReportAddress.Read(saved.Definition);
        _definition = definition;
        var read = errors is [var problem, ..] ? problem : await Reports.ReadAsync(actor, definition, ct);
        (_result, _problem) = (read.IsSuccess ? read.Value : null, read.Error);
    }

    private async Task StartAsync() => _problem = await RunOnceAsync(
        async () => await Runs.StartAsync(
            await Actors.GetAsync(Gone), _definition, ReportText.RunKey(_definition, Clock.GetUtcNow()), _saved!.Title, Gone),
        run => Navigation.NavigateTo(BankRoutes.ReportRun(run.Id)));

    private async Task DeleteAsync() => _refused = await RunAsync(
        async () => await Saved.DeleteAsync(await Actors.GetAsync(Gone), Id, _saved!.Version, CancellationToken.None),
        _ =>
        {
            Toasts.Done("Deleted");
            Navigation.NavigateTo(BankRoutes.Reports);
            return Task.CompletedTask;
        });
}
