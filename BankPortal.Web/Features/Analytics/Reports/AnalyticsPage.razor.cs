using BankPortal.Core.Analytics.Reports;

namespace BankPortal.Web.Features.Analytics.Reports;

/// <summary>A customer's figures of a period. The period is in the address; the page follows the ledger.</summary>
public sealed partial class AnalyticsPage
{
    private AnalyticsReport? _report;
    private Error? _refusal;

    [Inject] public required AnalyticsService Analytics { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    /// <summary>The first month, such as 2026-11.</summary>
    [SupplyParameterFromQuery] public string? From { get; set; }

    /// <summary>The last month.</summary>
    [SupplyParameterFromQuery] public string? To { get; set; }

    protected override object? LoadKey => (From, To);

    protected override bool KeepsContent => true;

    protected override LivePlan Live { get; } = new(TimeSpan.FromMilliseconds(500));

    private AnalyticsPeriod? Period
    {
        get
        {
            var now = AnalyticsPeriod.Month(Analytics.Today).First;
            var first = Parse(From) ?? Parse(To) ?? now;
            return BadField is null ? new AnalyticsPeriod(first, Parse(To) ?? (From is null ? now : first)) : null;
        }
    }

    private string? BadField => From is { Length: > 0 } && Parse(From) is null ? "from" : To is { Length: > 0 } && Parse(To) is null ? "to" : null;

    protected override IDisposable Follow(string userId, Action changed) => Feed.Subscribe(userId, _ => changed());

    protected override async Task<ReportContent> ReadAsync(Actor actor, CancellationToken ct)
    {
        var period = Period;
        return new ReportContent(period, period is { } known
            ? await Analytics.ReadAsync(actor, known, ct)
            : new InvalidInputError(BadField!, "Enter a month, such as 2026-11."));
    }

    protected override void Show(ReportContent content)
    {
        if (content.Period == Period)
        {
            (_report, _refusal) = (content.Read.IsSuccess ? content.Read.Value : null, content.Read.Error);
        }
    }

    private static DateOnly? Parse(string? month) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string? Shown(DateOnly? month) => month is { } known ? Text(known) : null;

    private static string Address(AnalyticsPeriod period) =>
        QueryText.Address(BankRoutes.Analytics, [new("from", Text(period.First)), new("to", Text(period.LastMonth))]);

    private string? FieldError(string field) => _refusal?.Field == field ? _refusal.Message : null;

    private Task RefreshNowAsync() => RefreshAsync();

    private void Go(string? from, string? to) => Navigation.NavigateTo(
        QueryText.Address(BankRoutes.Analytics, [new("from", QueryText.OrNull(from)), new("to", QueryText.OrNull(to))]), replace: true);

    private IEnumerable<(string Name, AnalyticsPeriod Period)> Periods()
    {
        var now = AnalyticsPeriod.Month(Analytics.Today).First;
        yield return ("This month", new(now, now));
        yield return ("Last month", new(now.AddMonths(-1), now.AddMonths(-1)));
        yield return ("3 months", new(now.AddMonths(-2), now));
        yield return ("12 months", new(now.AddMonths(-11), now));
        yield return ("This year", new(new DateOnly(now.Year, 1, 1), now));
    }
}
