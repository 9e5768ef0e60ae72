using BankPortal.Web.Components.Grid;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>Shows the alerts that are in no case, the latest first: who, why, when, and the outcome.</summary>
public sealed partial class AlertsPage
{
    private AlertList? _list;
    private GridPage<AlertLine> _page = new([]);
    private AlertLine? _asked;
    private bool _opening;

    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    protected override object? LoadKey => After;

    protected override bool KeepsContent => true;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var after = After;
        var found = await Desk.ListAlertsAsync(await Actors.GetAsync(ct), GridPage.Size, Core.Fraud.Cases.CasePage.PlaceOf(after), ct);
        if (after == After)
        {
            _list = found.IsSuccess ? found.Value : null;
            _page = new GridPage<AlertLine>(_list?.Lines ?? [])
            {
                FirstHref = after is null ? null : BankRoutes.FraudAlerts,
                NextHref = _list?.Next is { } next ? BankRoutes.FraudAlerts + "?after=" + Uri.EscapeDataString(next) : null,
            };
        }
    }

    // An alert that is put into a case leaves the list.
    protected override bool Concerns(string? caseId) => true;

    private static (string Text, StatusTone Tone) Outcome(AlertLine line) =>
        line.Transfer is { } transfer ? CaseText.Outcome(transfer)
        : line.Alert.Status == TransferStatus.Blocked ? ("Blocked", StatusTone.Negative)
        : (line.Alert.Status.ToString(), StatusTone.Neutral);

    private static string? ConflictId(AlertLine line) => line.Conflict is null ? null : "conflict-" + line.Alert.TransferId;

    private void AskFor(AlertLine line)
    {
        _asked = line;
        _opening = true;
    }
}
