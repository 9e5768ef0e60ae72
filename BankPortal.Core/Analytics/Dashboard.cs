namespace BankPortal.Core.Analytics;

/// <summary>A customer's money at one moment: what there is, what moved last, and how it went over the last months.</summary>
/// <param name="ReadAt">When it was read.</param>
/// <param name="Today">The bank's calendar day then.</param>
/// <param name="Accounts">The accounts that are not closed, oldest first.</param>
/// <param name="Recent">The newest entries over all accounts.</param>
/// <param name="Days">The days of every account that had entries lately, closed accounts included.</param>
public sealed record Dashboard(
    DateTimeOffset ReadAt,
    DateOnly Today,
    ImmutableArray<Account> Accounts,
    ImmutableArray<HistoryLine> Recent,
    ImmutableArray<AccountDays> Days)
{
    /// <summary>How many entries are in <see cref="Recent"/> at the most.</summary>
    public const int RecentCount = 8;

    /// <summary>How many months the flows go back, the current one included.</summary>
    public const int MonthCount = 6;

    /// <summary>The currency that income, spending and charts are in: that of the oldest account.</summary>
    public Currency Currency { get; } = Accounts is [var first, ..] ? first.Currency : Days is [var closed, ..] ? closed.Account.Currency : default;

    /// <summary>The balances added up, one sum for each currency, <see cref="Currency"/> first.</summary>
    public ImmutableArray<Money> Totals =>
        [.. Accounts.GroupBy(a => a.Currency).Select(group => group.Aggregate(Money.Zero(group.Key), (sum, account) => sum + account.Balance))];

    /// <summary>Whether nothing has ever been posted.</summary>
    public bool IsUntouched => Days.All(a => a.Account.Sequence == 0);

    /// <summary>This month so far.</summary>
    public CashFlow ThisMonth => Flow(FirstOf(Today), Today);

    /// <summary>The whole of last month.</summary>
    public CashFlow LastMonth => Flow(FirstOf(Today).AddMonths(-1), FirstOf(Today).AddDays(-1));

    /// <summary>Last month up to the same day; up to its end where it has no such day.</summary>
    public CashFlow LastMonthSoFar => Flow(FirstOf(Today).AddMonths(-1), SameDayLastMonth);

    /// <summary>The day that <see cref="LastMonthSoFar"/> ends with.</summary>
    public DateOnly SameDayLastMonth => Today.AddMonths(-1);

    /// <summary>The last months, oldest first; the last one is not over.</summary>
    public ImmutableArray<MonthFlow> Months =>
    [
        .. Enumerable.Range(0, MonthCount).Select(i => FirstOf(Today).AddMonths(i - MonthCount + 1))
            .Select(first => new MonthFlow(first, Flow(first, first.AddMonths(1).AddDays(-1)))),
    ];

    /// <summary>What came in and went out in some days, in <see cref="Currency"/>.</summary>
    public CashFlow Flow(DateOnly first, DateOnly last) => CashFlow.Of(Days, Currency, first, last);

    /// <summary>The balance of all accounts in <see cref="Currency"/> together at the end of each day; the last one is as of now.</summary>
    public ImmutableArray<Money> TotalsOfDays(int days) =>
    [
        .. Days.Where(a => a.Account.Currency == Currency)
            .Select(a => BalancesOf(a, days))
            .Aggregate(
                Enumerable.Repeat(Money.Zero(Currency), days),
                (sums, balances) => sums.Zip(balances, (sum, balance) => sum + balance)),
    ];

    /// <summary>One account's balance at the end of each day; the last one is as of now.</summary>
    public ImmutableArray<Money> BalancesOf(AccountDays account, int days) => account.ClosingsOf(Today.AddDays(1 - days), Today);

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);
}

/// <summary>A calendar month of the bank and what came in and went out in it.</summary>
/// <param name="First">The month's first day.</param>
/// <param name="Flow">What came in and went out.</param>
public sealed record MonthFlow(DateOnly First, CashFlow Flow);
