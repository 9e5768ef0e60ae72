using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Web.Features.Reports;

/// <summary>The form that saves a report.</summary>
public sealed partial class SaveReportForm
{
    private readonly HashSet<string> _roles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);
    private ImmutableArray<StaffMember> _colleagues = [];
    private string _title = "";
    private string _ownId = "";
    private ReportSchedule _schedule;
    private Error? _problem;
    private bool _busy;
    private string? _filledFrom;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required SavedReportService Reports { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required Toasts Toasts { get; init; }

    [Inject] public required ILogger<SaveReportForm> Logger { get; init; }

    /// <summary>What is saved.</summary>
    [Parameter, EditorRequired] public ReportDefinition Definition { get; set; } = null!;

    /// <summary>The report that is changed; <see langword="null"/> for a new one.</summary>
    [Parameter] public SavedReport? Saved { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _ownId = (await Actors.GetAsync(CancellationToken.None)).UserId;
        _colleagues = await Reports.ColleaguesAsync(CancellationToken.None);
    }

    protected override void OnParametersSet()
    {
        if (Saved is { } saved && _filledFrom != saved.Id)
        {
            _filledFrom = saved.Id;
            (_title, _schedule) = (saved.Title, saved.Schedule);
            _roles.UnionWith(saved.Roles);
            _people.UnionWith(saved.People);
        }
    }

    private static void Toggle(HashSet<string> set, string value, ChangeEventArgs e)
    {
        if (e.Value is true)
        {
            set.Add(value);
        }
        else
        {
            set.Remove(value);
        }
    }

    private string? ErrorOf(string field) => _problem?.Field == field ? _problem.Message : null;

    private void ChooseSchedule(ChangeEventArgs e) =>
        _schedule = QueryText.ParseName<ReportSchedule>(e.Value as string) ?? ReportSchedule.Never;

    private async Task SaveAsync()
    {
        if (_busy)
        {
            return;
        }

        _busy = true;
        var change = new SavedReportChange(_title, Definition, [.. _roles], [.. _people], _schedule);
        _problem = await PageAction.RunAsync(
            async () =>
            {
                var actor = await Actors.GetAsync(CancellationToken.None);
                return Saved is { } saved
                    ? await Reports.ChangeAsync(actor, saved.Id, saved.Version, change, CancellationToken.None)
                    : await Reports.AddAsync(actor, change, CancellationToken.None);
            },
            saved =>
            {
                Toasts.Done("Saved");
                Navigation.NavigateTo(BankRoutes.SavedReport(saved.Id));
                return Task.CompletedTask;
            },
            Logger,
            CancellationToken.None);
        _busy = false;
    }
}
