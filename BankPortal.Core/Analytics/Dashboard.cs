namespace BankPortal.Core.Analytics;

/// <summary>A customer's finances at one moment: balances, recent entries, and the income and spending of the last months.</summary>
/// <param name="ReadAt">When the figures were read.</param>
/// <param name="Today">The bank's calendar day at that moment.</param>
/// <param name="Accounts">The accounts that are not closed, oldest first.</param>
/// <param name="Recent">The newest entries of all accounts.</param>
/// <param name="Days">The day summaries of every account with recent entries, closed accounts included.</param>
public sealed record Dashboard(
    DateTimeOffset ReadAt,
    DateOnly Today,
    ImmutableArray<Account> Accounts,
    ImmutableArray<HistoryLine> Recent,
    ImmutableArray<AccountDays> Days)
{
    /// <summary>The most entries in <see cref="Recent"/>.</summary>
    public const int RecentCount = 8;

    /// <summary>The number of months in <see cref="Months"/>, the current one included.</summary>
    public const int MonthCount = 6;

    /// <summary>The currency of income, spending and charts: that of the oldest account.</summary>
    public Currency Currency { get; } =
        Accounts is [var first, ..] ? first.Currency : Days is [var closed, ..] ? closed.Account.Currency : default;

    /// <summary>The total balance for each currency, <see cref="Currency"/> first.</summary>
    public ImmutableArray<Money> Totals =>
        [
            .. Accounts.GroupBy(a => a.Currency)
                .Select(group => group.Aggregate(Money.Zero(group.Key), (sum, account) => sum + account.Balance)),
        ];

    /// <summary>Whether no entry was ever posted.</summary>
    public bool IsUntouched => Days.All(a => a.Account.Sequence == 0);

    /// <summary>The cash flow of this month so far.</summary>
    public CashFlow ThisMonth => Flow(FirstOf(Today), Today);

    /// <summary>The cash flow of the whole of last month.</summary>
    public CashFlow LastMonth => Flow(FirstOf(Today).AddMonths(-1), FirstOf(Today).AddDays(-1));

    /// <summary>The cash flow of last month up to the same day; up to its end when it has no such day.</summary>
    public CashFlow LastMonthSoFar => Flow(FirstOf(Today).AddMonths(-1), SameDayLastMonth);

    /// <summary>The last day of <see cref="LastMonthSoFar"/>.</summary>
    public DateOnly SameDayLastMonth => Today.AddMonths(-1);

    /// <summary>The cash flow of the last months, oldest first; the last one is the current month so far.</summary>
    public ImmutableArray<MonthFlow> Months =>
    [
        .. Enumerable.Range(0, MonthCount).Select(i => FirstOf(Today).AddMonths(i - MonthCount + 1))
            .Select(first => new MonthFlow(first, Flow(first, first.AddMonths(1).AddDays(-1)))),
    ];

    /// <summary>Computes the cash flow of a range of days, in <see cref="Currency"/>.</summary>
    public CashFlow Flow(DateOnly first, DateOnly last) => CashFlow.Of(Days, Currency, first, last);

    /// <summary>Returns the total balance in <see cref="Currency"/> at the end of each of the last days; the last value is the current
    /// one.</summary>
    public ImmutableArray<Money> TotalsOfDays(int days) =>
    [
        .. Days.Where(a => a.Account.Currency == Currency)
            .Select(a => BalancesOf(a, days))
            .Aggregate(
                Enumerable.Repeat(Money.Zero(Currency), days),
                (sums, balances) => sums.Zip(balances, (sum, balance) => sum + balance)),
    ];

    /// <summary>Returns one account's balance at the end of each of the last days; the last value is the current one.</summary>
    public ImmutableArray<Money> BalancesOf(AccountDays account, int days) => account.ClosingsOf(Today.AddDays(1 - days), Today);

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}

/// <summary>The cash flow of one calendar month of the bank.</summary>
/// <param name="First">The month's first day.</param>
/// <param name="Flow">The cash flow.</param>
public sealed record MonthFlow(DateOnly First, CashFlow Flow);
