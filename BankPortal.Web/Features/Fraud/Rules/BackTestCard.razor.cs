using BankPortal.Web.Components.Charts;

namespace BankPortal.Web.Features.Fraud.Rules;

public sealed partial class BackTestCard
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly CancellationTokenSource _gone = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly ApexChartOptions _dayOptions = new()
    {
        Chart = new Chart { Height = 260 },
        Xaxis = new XAxis { Type = XAxisType.Datetime, Title = "Day (UTC)" },
        Yaxis = new YAxis { Unit = ChartUnit.Number, Min = 0 },
    };

    private static readonly Dictionary<string, object?> ProgressAttributes = new(StringComparer.Ordinal) { ["aria-labelledby"] = "bt-progress" };

    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>(StringComparer.Ordinal);
    private LiveRefresh? _refresh;
    private BackTestReport? _report;
    private BackTestState? _lastState;
    private int? _readFor;
    private bool _isRead;
    private DateOnly? _from;
    private DateOnly? _to;
    private string? _error;
    private string? _toError;
    private string? _problem;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required BackTests Tests { get; init; }

    [Inject] public required ICustomerDirectory Directory { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    [Inject] public required ILogger<BackTestCard> Logger { get; init; }

    /// <summary>The version.</summary>
    [Parameter, EditorRequired] public RuleSetVersion Version { get; set; } = default!;

    /// <summary>Whether the person may run back-tests.</summary>
    [Parameter] public bool MayRun { get; set; }

    /// <summary>A back-test has ended, so the state of the version may have changed.</summary>
    [Parameter] public EventCallback OnDone { get; set; }

    private BackTestRun? Running => Tests.Current is { State: BackTestState.Running } run && run.Number == Version.Number ? run : null;

    private bool CanRun => MayRun && Version.State is RuleSetState.Draft or RuleSetState.BackTested or RuleSetState.Shadow;

    private DateOnly Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

    public void Dispose()
    {
        Tests.Changed -= Signal;
        _refresh?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_refresh is null)
        {
            _refresh = new LiveRefresh(Pause, () => InvokeAsync(FollowAsync), Time);
            _lastState = Tests.Current?.State;
            Tests.Changed += Signal;
            Last(30);
        }

        if (_readFor != Version.Number && RendererInfo.IsInteractive)
        {
            _readFor = Version.Number;
            _report = null;
            await ReadAsync();
        }
    }

    private static string Day(DateTimeOffset at) =>
        DateOnly.FromDateTime(at.UtcDateTime).ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    private static string Percent(decimal? share) => share?.ToString("P1", CultureInfo.CurrentCulture) ?? "–";

    private static string Count(long? hits) => hits?.ToString("N0", CultureInfo.CurrentCulture) ?? "–";

    private static string Flagged(BackTestReport report, bool live)
    {
        var count = report.Count(outcome => (live ? outcome.Live : outcome.Other) != RiskOutcome.Allow);
        return string.Create(CultureInfo.CurrentCulture, $"{count:N0} ({(decimal)count / Math.Max(1, report.Transfers):P2})");
    }

    private static string DaySummary(BackTestReport report) =>
        report.Days.IsEmpty
            ? "Nothing."
            : string.Create(
                CultureInfo.CurrentCulture,
                $"At most {report.Days.Max(day => day.Live):N0} a day live and {report.Days.Max(day => day.Draft):N0} with version {report.Number}."
            );

    private void Signal(object? sender, EventArgs e) => _refresh?.Signal();

    private bool IsLast(int days) => _to == Today && _from == Today.AddDays(1 - days);

    private void Last(int days)
    {
        _to = Today;
        _from = Today.AddDays(1 - days);
        _error = _toError = null;
    }

    private async Task FollowAsync()
    {
        CultureInfo.CurrentCulture = _culture;
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        var state = Tests.Current?.State;
        var ended = _lastState == BackTestState.Running && state != BackTestState.Running && Tests.Current?.Number == Version.Number;
        _lastState = state;
        if (ended)
        {
            await ReadAsync();
            await OnDone.InvokeAsync();
        }

        StateHasChanged();
    }

    private Task ReadAsync() => RunAsync(async actor =>
    {
        var found = await Tests.FindReportAsync(actor, Version.Number, _gone.Token);
        _report = found.IsSuccess ? found.Value : null;
        _names = _report is null ? _names : await Directory.FindNamesAsync([_report.StartedBy], _gone.Token);
        _isRead = true;
    });

    private Task StartAsync() => RunAsync(async actor =>
    {
        _problem = null;
        _error = _from is null ? "Enter the first day." : null;
        _toError = _to is null ? "Enter the last day." : null;
        if (_from is not { } first || _to is not { } last)
        {
            return;
        }

        var from = new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero);
        var before = new DateTimeOffset(last < DateOnly.MaxValue ? last.AddDays(1) : last, TimeOnly.MinValue, TimeSpan.Zero);
        _lastState = BackTestState.Running;
        var started = await Tests.StartAsync(actor, Version.Number, from, before, _gone.Token);
        _error = started.Error?.Field == "from" ? started.Error.Message : null;
        _problem = started.Error is { Field: null } ? started.Error.Message : null;
    });

    private Task CancelAsync() => RunAsync(actor =>
    {
        Tests.Cancel(actor, Version.Number);
        return Task.CompletedTask;
    });

    private async Task RunAsync(Func<Actor, Task> action)
    {
        var error = await PageAction.RunAsync(async () => await action(await Actors.GetAsync(_gone.Token)), Logger, _gone.Token);
        if (error is UnexpectedError fault)
        {
            _problem = $"{fault.Message} Reference {fault.Reference}";
        }
    }
}
