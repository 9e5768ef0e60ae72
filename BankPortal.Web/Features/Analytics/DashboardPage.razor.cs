using BankPortal.Core.Analytics;
using BankPortal.Web.Components.Charts;
using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Analytics;

/// <summary>
/// The first page of a customer. It follows the ledger: a notice only says that something changed, and the page reads
/// again, at most twice a second.
/// </summary>
public sealed partial class DashboardPage
{
    private static readonly TimeSpan RefreshPause = TimeSpan.FromMilliseconds(500);
    private static readonly ImmutableArray<int> Windows = [30, 90, 365];

    private readonly ApexChartOptions _totalOptions = new() { Xaxis = { Type = XAxisType.Datetime }, Stroke = { Curve = Curve.Stepline } };
    private readonly ApexChartOptions _accountOptions = new()
    {
        Xaxis = { Type = XAxisType.Datetime },
        Stroke = { Curve = Curve.Stepline },
    };
    private readonly ApexChartOptions _monthOptions = new() { Xaxis = { Title = "Month" } };
    private readonly ApexChartOptions _kindOptions = new() { Legend = { Position = LegendPosition.Bottom }, Xaxis = { Title = "Kind" } };
    private DashboardFigures? _dashboard;
    private SignInRecord? _lastSignIn;
    private Error? _refusal;
    private string _announcement = "";
    private int _days = 90;
    private bool _perAccount;
    private bool _byMonth;

    [Inject] public required DashboardService Dashboards { get; init; }

    [Inject] public required TransferFeed Feed { get; init; }

    [Inject] public required ISignInHistory SignIns { get; init; }

    private string UnitName => _dashboard?.Currency.Code ?? "";

    private string BalanceSummary =>
        _dashboard!.Balances is [var first, .., var last]
            ? $"The balance of all accounts went from {Format(first.Total)} to {Format(last.Total)} in {_days.ToString(CultureInfo.CurrentCulture)} days."
            : "No balances yet.";

    private string MonthSummary =>
        $"This month {Format(_dashboard!.ThisMonth.Income.Amount)} came in and {Format(_dashboard.ThisMonth.Spending.Amount)} went out; last month {Format(_dashboard.LastMonth.Income.Amount)} and {Format(_dashboard.LastMonth.Spending.Amount)}.";

    private string KindSummary =>
        _dashboard!.SpendingByKind is [var largest, ..]
            ? $"Spending this month: {Format(_dashboard.ThisMonth.Spending.Amount)}; the largest part is {EntryText.Spending(largest.Key)} with {Format(largest.Value.Amount)}."
            : "Nothing spent this month.";

    protected override LivePlan Live { get; } = new(RefreshPause);

    protected override IDisposable Follow(string userId, Action changed) => Feed.Subscribe(userId, _ => changed());

    protected override async Task<DashboardContent> ReadAsync(Actor actor, CancellationToken ct)
    {
        var days = _days;

        // It does not change while the page is open.
        var signIn = _lastSignIn is null && _dashboard is null ? SignIns.FindOtherAsync(actor.UserId, actor.SessionId, ct) : null;
        var read = await Dashboards.ReadAsync(actor, days, ct);
        return new DashboardContent(days, read, signIn is null ? _lastSignIn : await signIn);
    }

    protected override void Show(DashboardContent content)
    {
        _lastSignIn = content.LastSignIn;

        // Another range may have been chosen while this one was read.
        if (content.Days == _days)
        {
            Show(content.Read);
        }
    }

    private static string Pressed(bool pressed) => pressed ? "true" : "false";

    private static object Month(MonthFlow month) => month.First.ToString("MMM", CultureInfo.CurrentCulture);

    private string Clock(DateTimeOffset at) => UserTimeZone.ToLocal(at).ToString("T", CultureInfo.CurrentCulture);

    private string Format(decimal amount) => MoneyFormat.Format(Money.Of(amount, _dashboard?.Currency ?? default));

    private Task RefreshNowAsync() => RefreshAsync();

    protected override async Task ReadLiveAsync(CancellationToken ct)
    {
        var newest = _dashboard?.Recent is [var line, ..] ? line : null;
        await LoadAsync(ct);
        _announcement = _dashboard?.Recent is [var now, ..] && now.Entry != newest?.Entry
            ? $"{MoneyFormat.Spoken(now.Entry.Amount, AmountSign.Always)}, {EntryText.Title(now.Entry)}."
            : "";
    }

    private void Show(Result<Dashboard> read)
    {
        _refusal = read.Error;
        if (!read.IsSuccess)
        {
            return;
        }

        _dashboard = DashboardFigures.Of(read.Value, _perAccount, _days, UserTimeZone);
        foreach (var options in new[] { _totalOptions, _accountOptions, _monthOptions, _kindOptions })
        {
            options.Yaxis.Unit = ChartUnit.Money;
            options.Yaxis.Currency = _dashboard.Currency;
        }
    }

    private static string Compare(Money now, Money before) => (now.CompareTo(before), before.IsZero) switch
    {
        (0, true) => "Nothing by this day last month either",
        (0, _) => "The same as by this day last month",
        ( > 0, _) => $"{MoneyFormat.Format(now - before)} more than by this day last month",
        _ => $"{MoneyFormat.Format(before - now)} less than by this day last month",
    };

    private async Task ShowDaysAsync(int days)
    {
        if (days == _days)
        {
            return;
        }

        _days = days;
        await ReloadAsync(quietly: true);
    }

    private async Task ShowPerAccountAsync(bool perAccount)
    {
        if (perAccount == _perAccount)
        {
            return;
        }

        _perAccount = perAccount;
        await ReloadAsync(quietly: true);
    }

    private void ShowByMonth(bool byMonth) => _byMonth = byMonth;
}
