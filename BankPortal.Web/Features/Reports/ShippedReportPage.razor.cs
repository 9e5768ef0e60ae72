using BankPortal.Core.Reports;

namespace BankPortal.Web.Features.Reports;

/// <summary>Shows a report that every bank has.</summary>
public sealed partial class ShippedReportPage
{
    private ShippedReport? _report;
    private ImmutableArray<(ReportSection Section, ReportResult Result)> _sections = [];
    private Error? _refusal;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required ReportService Reports { get; init; }

    /// <summary>The name in the address.</summary>
    [Parameter] public string Name { get; set; } = "";

    protected override object? LoadKey => Name;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var report = ShippedReports.Find(Name);
        if (report is null)
        {
            (_report, _sections, _refusal) = (null, [], null);
            return;
        }

        var actor = await Actors.GetAsync(ct);
        var results = await Task.WhenAll(report.Sections.Select(section => Reports.ReadAsync(actor, section.Definition, ct)));
        _report = report;
        _refusal = results.FirstOrDefault(result => !result.IsSuccess).Error;
        _sections = _refusal is null ? [.. report.Sections.Zip(results.Select(result => result.Value))] : [];
    }
}
