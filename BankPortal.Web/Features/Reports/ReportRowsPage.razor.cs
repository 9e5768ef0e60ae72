using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using Microsoft.AspNetCore.Components.Routing;

namespace BankPortal.Web.Features.Reports;

/// <summary>Lists the transactions behind a figure of a report.</summary>
public sealed partial class ReportRowsPage
{
    private ReportDefinition _definition = new();
    private ReportRowPage? _page;
    private Error? _refusal;
    private bool _seesPeople;
    private string? _after;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required ReportDrillDown Rows { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required TimeProvider Clock { get; init; }

    private string Description => string.Join(
        " · ",
        new[] { ReportVocabulary.Title(_definition.Subject), ReportText.Period(_definition.Period) }
            .Concat(ReportText.Filters(_definition)));

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var query = new Uri(Navigation.Uri).Query;
        var (definition, unreadable) = ReportAddress.Read(query);
        _after = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query).TryGetValue("after", out var after)
            ? QueryText.OrNull(after.ToString())
            : null;
        _definition = definition;
        _seesPeople = ReportRules.MaySeePeople(actor);
        if (unreadable is [var problem, ..])
        {
            (_page, _refusal) = (null, problem);
            return;
        }

        var read = await Rows.ReadAsync(actor, definition, _after, ct);
        (_page, _refusal) = (read.IsSuccess ? read.Value : null, read.Error);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= OnLocationChanged;
        }

        base.Dispose(disposing);
    }

    private string Address(string? after) =>
        $"{BankRoutes.ReportRows}?{ReportAddress.Write(_definition)}{(after is null ? "" : "&after=" + after)}";

    private string Counted(ReportRowPage page)
    {
        var rows = page.Rows.Length == 1 ? "1 row" : page.Rows.Length.ToString("N0", CultureInfo.CurrentCulture) + " rows";
        return page.LookedTo is { } to
            ? $"{rows}, looked up to {Zone.ToLocal(to).ToString("d MMM yyyy HH:mm", CultureInfo.CurrentCulture)}"
            : rows;
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == BankRoutes.ReportRows)
        {
            _ = InvokeAsync(() => ReloadAsync(quietly: true));
        }
    }
}
