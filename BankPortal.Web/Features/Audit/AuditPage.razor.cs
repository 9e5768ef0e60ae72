using BankPortal.Core.Audit;
using BankPortal.Core.Audit.Chain;
using BankPortal.Core.Common.Jobs;
using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Features.Audit;

/// <summary>Shows the audit log to compliance officers and administrators, verifies it and leads to its export. Filters are in the
/// address.</summary>
public sealed partial class AuditPage
{
    private const string SecurityView = "security";

    private DateOnly _day;
    private bool _isSecurity;
    private DateOnly? _chosenDay;
    private string _chosenActor = "";
    private string _chosenAction = "";
    private string _chosenSubject = "";
    private string _chosenOutcome = "";
    private string? _dayError;
    private DateOnly? _from;
    private ImmutableArray<AuditRecord> _records = [];
    private ImmutableArray<SecurityRecord> _events = [];
    private ImmutableDictionary<string, string> _names = ImmutableDictionary<string, string>.Empty;
    private string? _next;
    private AuditStanding? _standing;
    private JobState? _nightly;
    private AuditVerification? _found;
    private long _seen;
    private Error? _error;
    private Error? _verifyError;

    [SupplyParameterFromQuery(Name = "view")] public string? View { get; set; }

    [SupplyParameterFromQuery(Name = "day")] public string? Day { get; set; }

    [SupplyParameterFromQuery(Name = "actor")] public string? ActorId { get; set; }

    [SupplyParameterFromQuery(Name = "action")] public string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "subject")] public string? Subject { get; set; }

    [SupplyParameterFromQuery(Name = "outcome")] public string? Outcome { get; set; }

    [SupplyParameterFromQuery(Name = "after")] public string? After { get; set; }

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required AuditLogService Log { get; init; }

    [Inject] public required IJobStore Jobs { get; init; }

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    protected override object? LoadKey => (_isSecurity, _day, ActorId, Action, Subject, Outcome, After);

    protected override bool KeepsContent => true;

    private DateTimeOffset Now => Time.GetUtcNow();

    private DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    private bool IsFiltered => Query() is not { ActorId: null, Action: null, Subject: null, Outcome: null };

    private string ExportAddress => _from is { } from ? $"{BankRoutes.AuditExport}?from={Iso(from)}" : BankRoutes.AuditExport;

    private string OlderText => _found is { Older: > 0 and var older }
        ? $" {older.ToString("N0", CultureInfo.CurrentCulture)} records are from before the chain and not covered."
        : "";

    protected override async Task OnParametersSetAsync()
    {
        _isSecurity = View == SecurityView;
        var isDay = DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        _dayError = Day is null || isDay ? null : "Choose a day.";
        _day = isDay ? day : Today;
        (_chosenDay, _chosenActor, _chosenAction, _chosenSubject) = (_day, ActorId ?? "", Action ?? "", Subject ?? "");
        _chosenOutcome = Query().Outcome?.ToString() ?? "";
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var key = LoadKey;
        var actor = await Actors.GetAsync(ct);
        var names = Log.NamesAsync(actor, ct);
        var standing = Log.StandingAsync(actor, ct);
        var nightly = Jobs.FindAsync(AuditAnchorJob.JobName, ct);
        Error? error;
        ImmutableArray<AuditRecord> records = [];
        ImmutableArray<SecurityRecord> events = [];
        string? next;
        if (_isSecurity)
        {
            var listed = await Log.ListEventsAsync(actor, _day, After, ct);
            error = listed.Error;
            (events, next) = listed.IsSuccess ? (listed.Value.Records, listed.Value.Next) : ([], null);
        }
        else
        {
            var listed = await Log.ListAsync(actor, Query(), ct);
            error = listed.Error;
            (records, next) = listed.IsSuccess ? (listed.Value.Records, listed.Value.Next) : ([], null);
        }

        var (known, standingNow) = (await names, await standing);
        _nightly = await nightly;
        if (!Equals(key, LoadKey))
        {
            return;
        }

        (_records, _events, _next, _error) = (records, events, next, error);
        _names = known.IsSuccess ? known.Value : _names;
        _standing = standingNow.IsSuccess ? standingNow.Value : null;
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private AuditQuery Query() => new(
        _day,
        Given(ActorId),
        Given(Action),
        Given(Subject),
        Enum.TryParse<AuditOutcome>(Outcome, out var outcome) && Enum.IsDefined(outcome) ? outcome : null,
        Given(After));

    private string Person(string? userId) => userId is null ? "" : _names.GetValueOrDefault(userId) is { } name
        ? name
        : userId == Actor.SystemUserId ? "The bank" : userId;

    // The other view without filters, which it would not show.
    private static string ViewOf(DateOnly day, bool isSecurity) => AddressOf(day, isSecurity, null, null, null, null, null);

    private string Address(DateOnly day, bool isSecurity, string? after = null) =>
        AddressOf(day, isSecurity, after, ActorId, Action, Subject, Outcome);

    private static string AddressOf(
        DateOnly day, bool isSecurity, string? after, string? actor, string? action, string? subject, string? outcome)
    {
        Dictionary<string, string?> query = new(StringComparer.Ordinal)
        {
            ["view"] = isSecurity ? SecurityView : null,
            ["day"] = Iso(day),
            ["actor"] = Given(actor),
            ["action"] = Given(action),
            ["subject"] = Given(subject),
            ["outcome"] = Given(outcome),
            ["after"] = after,
        };
        return QueryHelpers.AddQueryString(BankRoutes.Audit, query.Where(pair => pair.Value is not null));
    }

    private void Show()
    {
        if (_chosenDay is not { } day)
        {
            _dayError = "Choose a day.";
            return;
        }

        Navigation.NavigateTo(AddressOf(day, _isSecurity, null, _chosenActor, _chosenAction, _chosenSubject, _chosenOutcome));
    }

    private async Task VerifyAsync()
    {
        (_found, _seen, _verifyError) = (null, 0, null);
        var progress = new Progress<long>(seen =>
        {
            _seen = seen;
            StateHasChanged();
        });
        _verifyError = await RunOnceAsync(
            async () => await Log.VerifyAsync(await Actors.GetAsync(Gone), _from, progress, Gone),
            found => _found = found);
    }
}
