using BankPortal.Core.Analytics.Days;

namespace BankPortal.Web.Features.Home;

/// <summary>Shows a manager the figures of the bank and follows them.</summary>
public sealed partial class ManagerFigures
{
    private const string NotClosed = "There is no figure yet: it comes when the days before today are closed.";
    private const string NoCustomers = "There is no figure yet.";
    private const string NoLoans = "There is no figure yet: the bank has no loans.";

    private BankFigures? _figures;
    private ManagerHeadline? _customers;
    private ManagerHeadline? _loans;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required BankFigureService Figures { get; init; }

    [Inject] public required AccountService Accounts { get; init; }

    [Inject] public required IEnumerable<IManagerHeadlines> Headlines { get; init; }

    protected override LivePlan Live { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var actor = await Actors.GetAsync(ct);
        var figures = Figures.ReadAsync(actor, Accounts.DefaultCurrency, ct);
        var customers = HeadlineAsync(actor, "customer-acquisition", ct);
        var loans = HeadlineAsync(actor, "loan-performance", ct);
        var read = await figures;
        (_customers, _loans) = (await customers, await loans);
        _figures = read.IsSuccess ? read.Value : null;
    }

    private async Task<ManagerHeadline?> HeadlineAsync(Actor actor, string report, CancellationToken ct)
    {
        foreach (var headlines in Headlines)
        {
            if (await headlines.ReadAsync(actor, report, ct) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string AsOf(BankFigures figures) => figures switch
    {
        { Deposits: { } deposits } =>
            $"From all entries since {Day(deposits.Since)}; days are closed to {Day(figures.ClosedTo!.Value)}.",
        { ClosedTo: { } closed } => $"Days are closed to {Day(closed)} so far.",
        _ => "No day is closed yet.",
    };

    private static string Compare(Money now, Money before, string when)
    {
        var change = now - before;
        var share = before.MinorUnits == 0
            ? ""
            : string.Create(CultureInfo.CurrentCulture, $" ({(decimal)change.MinorUnits / Math.Abs(before.MinorUnits):+0.0 %;-0.0 %;0 %})");
        return change.MinorUnits switch
        {
            0 => $"As {when}.",
            > 0 => $"{MoneyFormat.Format(change)} more than {when}{share}.",
            _ => $"{MoneyFormat.Format(change.Abs())} less than {when}{share}.",
        };
    }

    private static IReadOnlyList<decimal> Trend(BankDeposits? deposits, Func<BankMonth, Money> of) =>
        deposits is null ? [] : [.. deposits.Months.Select(month => of(month).Amount)];

    private static string MonthsText(string what, BankDeposits? deposits, Func<BankMonth, Money> of) =>
        deposits is { Months: [var first, .., var last] }
            ? $"{what} by month: {MoneyFormat.Format(of(first))} in {Month(first.Month)}, {MoneyFormat.Format(of(last))} in {Month(last.Month)}."
            : "";

    private static string DaysText(BankDeposits? deposits)
    {
        if (deposits is not { Days: [_, .., _] days })
        {
            return "";
        }

        var (least, most) = (days.MinBy(day => day.Flow.Net.MinorUnits), days.MaxBy(day => day.Flow.Net.MinorUnits));
        return $"Net money in by day over {days.Length.ToString(CultureInfo.CurrentCulture)} days: least on {Day(least.Day)} with "
            + $"{MoneyFormat.Format(least.Flow.Net)}, most on {Day(most.Day)} with {MoneyFormat.Format(most.Flow.Net)}.";
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    private static string Month(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);
}
