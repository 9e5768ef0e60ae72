namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>Shows the alerts that are in no case, the latest first: who, why, when, and the outcome.</summary>
public sealed partial class AlertsPage
{
    private const int PageSize = 25;

    private AlertList? _list;
    private AlertLine? _asked;
    private bool _opening;

    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    protected override object? LoadKey => After;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var after = After;
        var found = await Desk.ListAlertsAsync(await Actors.GetAsync(ct), PageSize, Core.Fraud.Cases.CasePage.PlaceOf(after), ct);
        if (after == After)
        {
            _list = found.IsSuccess ? found.Value : null;
        }
    }

    // An alert that is put into a case leaves the list.
    protected override bool Concerns(string? caseId) => true;

    private static (string Text, StatusTone Tone) Outcome(AlertLine line) =>
        line.Transfer is { } transfer ? CaseText.Outcome(transfer)
        : line.Alert.Status == TransferStatus.Blocked ? ("Blocked", StatusTone.Negative)
        : (line.Alert.Status.ToString(), StatusTone.Neutral);

    private void AskFor(AlertLine line)
    {
        _asked = line;
        _opening = true;
    }
}
