using BankPortal.Core.Analytics;

namespace BankPortal.Web.Features.Analytics;

/// <summary>
/// What the dashboard page shows, computed once from a reading. The days it was computed from are let go: they would be
/// most of what an open page keeps, and are read again when another period is asked for.
/// </summary>
internal sealed class DashboardFigures
{
    private const int MostLines = 5;
    private const int LeastDays = 7;

    private DashboardFigures(Dashboard read, bool perAccount, int days, UserTimeZone zone)
    {
        ReadAt = read.ReadAt;
        Accounts = read.Accounts;
        Recent = read.Recent;
        Currency = read.Currency;
        Totals = read.Totals;
        IsUntouched = read.IsUntouched;
        ThisMonth = read.ThisMonth;
        LastMonth = read.LastMonth;
        LastMonthSoFar = read.LastMonthSoFar;
        SpendingByKind = ThisMonth.SpendingByKind;
        Months = read.Months;
        var open = read.Days.Where(a => a.Account.Currency == Currency && a.Account.Status != AccountStatus.Closed).ToList();
        var shown =
            open.Count <= MostLines
                ? open
                : open.OrderByDescending(a => a.Account.Balance).Take(MostLines).OrderBy(a => a.Account.OpenedAt).ToList();
        Shown = [.. shown.Select(a => a.Account)];
        HiddenAccounts = open.Count - shown.Count;
        Balances = BalancesOf(read, shown, perAccount, days, zone);
    }

    /// <summary>When the figures were read.</summary>
    public DateTimeOffset ReadAt { get; }

    /// <summary>The accounts that are not closed, oldest first.</summary>
    public ImmutableArray<Account> Accounts { get; }

    /// <summary>The newest entries of all accounts.</summary>
    public ImmutableArray<HistoryLine> Recent { get; }

    /// <summary>The currency of income, spending and charts.</summary>
    public Currency Currency { get; }

    /// <summary>The total balance for each currency, <see cref="Currency"/> first.</summary>
    public ImmutableArray<Money> Totals { get; }

    /// <summary>Whether no entry was ever posted.</summary>
    public bool IsUntouched { get; }

    /// <summary>The cash flow of this month so far.</summary>
    public CashFlow ThisMonth { get; }

    /// <summary>The cash flow of the whole of last month.</summary>
    public CashFlow LastMonth { get; }

    /// <summary>The cash flow of last month up to the same day.</summary>
    public CashFlow LastMonthSoFar { get; }

    /// <summary>This month's spending by kind, largest first.</summary>
    public IReadOnlyList<KeyValuePair<TransferKind, Money>> SpendingByKind { get; }

    /// <summary>The cash flow of the last months, oldest first.</summary>
    public ImmutableArray<MonthFlow> Months { get; }

    /// <summary>The accounts of the chart "by account".</summary>
    public ImmutableArray<Account> Shown { get; }

    /// <summary>How many accounts that chart leaves out.</summary>
    public int HiddenAccounts { get; }

    /// <summary>The balance at the end of each day of the period, oldest first.</summary>
    public ImmutableArray<BalancePoint> Balances { get; }

    /// <summary>Computes the figures.</summary>
    /// <param name="read">The reading; has at least <paramref name="days"/> days.</param>
    /// <param name="perAccount">Whether the balance of each account is wanted, besides the total.</param>
    /// <param name="days">How many days of balances.</param>
    /// <param name="zone">The reader's time zone, which says on which day an account was opened.</param>
    public static DashboardFigures Of(Dashboard read, bool perAccount, int days, UserTimeZone zone) => new(read, perAccount, days, zone);

    private static ImmutableArray<BalancePoint> BalancesOf(
        Dashboard read, List<AccountDays> shown, bool perAccount, int days, UserTimeZone zone)
    {
        var totals = read.TotalsOfDays(days);
        var lines = shown
            .Select(a =>
                (Opened: DateOnly.FromDateTime(zone.ToLocal(a.Account.OpenedAt).DateTime), Balances: read.BalancesOf(a, days))
            )
            .ToList();
        var first = read.Today.AddDays(1 - days);

        // Nothing is drawn from before there was anything: a long flat line of zeros says nothing.
        var begin = lines.Count == 0 ? 0 : lines.Min(l => l.Opened).DayNumber - first.DayNumber;
        begin = Math.Clamp(begin, 0, Math.Max(0, days - LeastDays));
        begin = Enumerable.Range(0, begin).Any(i => !totals[i].IsZero) ? 0 : begin;
        return
        [
            .. Enumerable.Range(begin, days - begin).Select(i => new BalancePoint(
                first.AddDays(i),
                totals[i].Amount,
                perAccount ? [.. lines.Select(l => BalanceAt(l.Opened, l.Balances[i], first.AddDays(i)))] : [])),
        ];
    }

    // Null before the account was opened.
    private static decimal? BalanceAt(DateOnly opened, Money balance, DateOnly day) =>
        opened > day && balance.IsZero ? null : balance.Amount;
}
