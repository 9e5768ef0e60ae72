using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;

namespace BankPortal.Core.Analytics.Reports;

/// <summary>Computes a report from day and month summaries. Pure: the same summaries and decisions give the same figures.</summary>
public static class AnalyticsFigures
{
    private const int LeastMonths = 6;
    private const int TopPayees = 10;
    private const int UsualMonths = 6;

    /// <summary>Returns the first month that a report of a period needs.</summary>
    public static DateOnly NeededFrom(AnalyticsPeriod period, DateOnly today)
    {
        var year = AnalyticsPeriod.Month(today).First.AddMonths(-13);
        return new[] { period.YearBefore.First, period.Before.First, period.LastMonth.AddMonths(-UsualMonths), year }.Min();
    }

    /// <summary>Computes the report.</summary>
    /// <param name="today">Today in the bank's zone.</param>
    /// <param name="period">The period.</param>
    /// <param name="currency">The currency; all accounts have it.</param>
    /// <param name="days">The accounts' day summaries from <see cref="NeededFrom"/> on.</param>
    /// <param name="months">Their month summaries from there on.</param>
    /// <param name="book">The customer's decisions.</param>
    public static AnalyticsReport Of(
        DateOnly today,
        AnalyticsPeriod period,
        Currency currency,
        IReadOnlyCollection<AccountDays> days,
        IReadOnlyCollection<AccountMonth> months,
        CategoryBook book)
    {
        var from = NeededFrom(period, today);
        var lines = FlowLine.Of(months, new Categoriser(book), currency, from).ToList();
        var inPeriod = lines.Where(line => period.Contains(line.Month)).ToList();
        var before = lines.Where(line => period.Before.Contains(line.Month)).ToList();
        var spending = inPeriod.Where(line => !line.IsIncome).ToList();
        var lastDay = period.Last < today ? period.Last : today;
        var shown = Math.Max(LeastMonths, period.Months);
        var recurring = RecurringPayments.Find(months, currency, today);
        var amounts = new SortedDictionary<long, int>();
        foreach (var (amount, times) in spending.SelectMany(line => line.Amounts))
        {
            amounts[amount] = amounts.GetValueOrDefault(amount) + times;
        }

        var (weekdays, weekends) = DaysOf(period.First, lastDay);
        var weekend = spending.Sum(line => line.WeekendAmount);
        var count = spending.Sum(line => line.Count);
        var spent = spending.Sum(line => line.Amount);
        return new AnalyticsReport
        {
            Today = today,
            Period = period,
            Currency = currency,
            Accounts = [.. days.Select(d => d.Account)],
            OtherCurrencies = 0,
            Book = book,
            Flow = FlowOf(inPeriod),
            Before = FlowOf(before),
            YearBefore = FlowOf(lines.Where(line => period.YearBefore.Contains(line.Month))),
            Months =
            [
                .. Enumerable.Range(0, shown).Select(i => period.LastMonth.AddMonths(i - shown + 1))
                    .Select(month => new MonthMoney(month, FlowOf(lines.Where(line => line.Month == month)))),
            ],
            Opening = Sum(days.Select(d => BalanceAt(d, period.First.AddDays(-1)))),
            Balances = BalancesOf(days, period.First, lastDay),
            Spending = CategoriesOf(spending, before.Where(line => !line.IsIncome)),
            Income = CategoriesOf(inPeriod.Where(line => line.IsIncome), before.Where(line => line.IsIncome)),
            Weekdays = new DayKindMoney(Of(spent - weekend), weekdays),
            Weekends = new DayKindMoney(Of(weekend), weekends),
            Payees = PayeesOf(spending),
            Count = count,
            Average = Of(count == 0 ? 0 : Round((decimal)spending.Where(l => l.Count != 0).Sum(l => l.Amount) / count)),
            Median = Of(MedianOf(amounts)),
            Recurring = recurring,
            Forecast = period.Contains(today)
                ? ForecastOf(today, Sum(days.Select(d => d.Account.Balance)), lines, recurring, currency)
                : null,
            Unusual = UnusualOf(lines, period.LastMonth < today ? period.LastMonth : AnalyticsPeriod.Month(today).First, book, currency),
            Budgets = BudgetsOf(),
            Goals = GoalsOf(),
        };

        Money Of(long minor) => new(minor, currency);

        Money Sum(IEnumerable<Money> all) => all.Aggregate(Money.Zero(currency), (sum, one) => sum + one);

        MoneyFlow FlowOf(IEnumerable<FlowLine> some)
        {
            var (income, outgo) = (0L, 0L);
            foreach (var line in some)
            {
                (income, outgo) = line.IsIncome ? (income + line.Amount, outgo) : (income, outgo + line.Amount);
            }

            return new MoneyFlow(Of(income), Of(outgo));
        }

        ImmutableArray<CategoryMoney> CategoriesOf(IEnumerable<FlowLine> now, IEnumerable<FlowLine> then)
        {
            var earlier = then.GroupBy(line => line.Category, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Sum(line => line.Amount), StringComparer.Ordinal);
            return
            [
                .. now.GroupBy(line => line.Category, StringComparer.Ordinal)
                    .Select(g => new CategoryMoney(
                        g.Key, book.NameOf(g.Key), Of(g.Sum(l => l.Amount)), g.Sum(l => l.Count), Of(earlier.GetValueOrDefault(g.Key))))
                    .Where(c => !c.Amount.IsZero || c.Count != 0)
                    .OrderByDescending(c => c.Amount.MinorUnits)
                    .ThenBy(c => c.Name, StringComparer.Ordinal),
            ];
        }

        ImmutableArray<PayeeMoney> PayeesOf(IEnumerable<FlowLine> some) =>
        [
            .. some.Where(line => line.Name.Length > 0)
                .GroupBy(line => SearchText.Fold(line.Name), StringComparer.Ordinal)
                .Select(g => new PayeeMoney(g.First().Name, Of(g.Sum(l => l.Amount)), g.Sum(l => l.Count)))
                .Where(p => p.Amount.IsPositive)
                .OrderByDescending(p => p.Amount.MinorUnits)
                .ThenBy(p => p.Name, StringComparer.Ordinal)
                .Take(TopPayees),
        ];

        ImmutableArray<BudgetProgress> BudgetsOf()
        {
            var month = AnalyticsPeriod.Month(today);
            var left = month.Last.DayNumber - today.DayNumber + 1;
            var now = lines.Where(line => line.Month == month.First && !line.IsIncome).ToList();
            return
            [
                .. book.Budgets.Where(b => b.CurrencyCode == currency.Code && book.Find(b.CategoryId) is not null)
                    .Select(b => new BudgetProgress(
                        b.CategoryId, book.NameOf(b.CategoryId), Of(b.Amount), Of(Math.Max(0, SpentOn(b.CategoryId))), left))
                    .OrderByDescending(b => b.Share),
            ];

            long SpentOn(string category) => now.Where(line => line.Category == category).Sum(line => line.Amount);
        }

        // Goals of one account share its balance, so that no money counts twice: the earliest one is filled first.
        ImmutableArray<GoalProgress> GoalsOf() =>
        [
            .. book.Goals.Where(goal => goal.CurrencyCode == currency.Code)
                .GroupBy(goal => goal.AccountId, StringComparer.Ordinal)
                .Select(g => (
                    Account: days.FirstOrDefault(d => d.Account.Id == g.Key)?.Account,
                    Goals: g.OrderBy(goal => goal.Target).ToList()))
                .Where(g => g.Account is not null)
                .SelectMany(g => SharesOf(g.Account!, g.Goals))
                .OrderBy(g => g.Goal.Target),
        ];

        IEnumerable<GoalProgress> SharesOf(Account account, List<SavingsGoal> goals)
        {
            var free = Math.Max(0, account.Balance.MinorUnits);
            foreach (var goal in goals)
            {
                var saved = Math.Min(free, goal.Amount);
                free -= saved;
                var left = Math.Max(1, ((goal.Target.Year - today.Year) * 12) + goal.Target.Month - today.Month);
                yield return new GoalProgress(goal, Of(goal.Amount), Of(saved), Of((goal.Amount - saved + left - 1) / left), account)
                {
                    IsShared = goals.Count > 1,
                };
            }
        }
    }

    /// <summary>Returns the middle amount; the mean of the two middle ones when their number is even.</summary>
    internal static long MedianOf(IEnumerable<KeyValuePair<long, int>> amounts)
    {
        var counted = amounts.Where(a => a.Value > 0).ToList();
        var count = counted.Sum(a => a.Value);
        return count == 0 ? 0
            : count % 2 == 1 ? At(count / 2)
            : Round((At((count / 2) - 1) + (decimal)At(count / 2)) / 2);

        long At(int index)
        {
            foreach (var (amount, times) in counted)
            {
                index -= times;
                if (index < 0)
                {
                    return amount;
                }
            }

            return 0;
        }
    }

    private static long Round(decimal minor) => (long)Math.Round(minor, MidpointRounding.ToEven);

    private static (int Weekdays, int Weekends) DaysOf(DateOnly first, DateOnly last)
    {
        var all = Enumerable.Range(0, Math.Max(0, last.DayNumber - first.DayNumber + 1)).Select(first.AddDays).ToList();
        var weekends = all.Count(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return (all.Count - weekends, weekends);
    }

    private static Money BalanceAt(AccountDays account, DateOnly day) =>
        account.Days.LastOrDefault(d => d.Day <= day)?.Closing ?? account.Opening;

    private static ImmutableArray<DayBalance> BalancesOf(IReadOnlyCollection<AccountDays> days, DateOnly first, DateOnly last)
    {
        if (days.Count == 0 || last < first)
        {
            return [];
        }

        var all = days.Select(account => account.ClosingsOf(first, last)).ToList();
        return
        [
            .. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1)
                .Select(i => new DayBalance(first.AddDays(i), all.Select(a => a[i]).Aggregate((sum, one) => sum + one))),
        ];
    }

    // The balance now, with recurring payments that are still to come and the rest of the month as the last months went.
    private static Forecast? ForecastOf(
        DateOnly today, Money balance, List<FlowLine> lines, ImmutableArray<RecurringPayment> recurring, Currency currency)
    {
        var month = AnalyticsPeriod.Month(today);
        var names = recurring.Select(payment => (SearchText.Fold(payment.Name), payment.IsIncome)).ToHashSet();
        var variable = lines
            .Where(line => line.Month < month.First && !names.Contains((SearchText.Fold(line.Name), line.IsIncome)))
            .ToList();
        var first = lines.Where(line => line.Month < month.First).Select(line => line.Month).DefaultIfEmpty(month.First).Min();
        var rates = Enumerable.Range(1, UsualMonths)
            .Select(i => month.First.AddMonths(-i))
            .Where(m => m > first || (m == first && first < month.First))
            .Select(m => variable.Where(line => line.Month == m).Sum(line => line.IsIncome ? line.Amount : -line.Amount)
                / (decimal)DateTime.DaysInMonth(m.Year, m.Month))
            .ToList();
        if (rates.Count == 0)
        {
            return null;
        }

        var (knownIn, knownOut) = (0L, 0L);
        foreach (var payment in recurring)
        {
            for (var day = payment.Next; day <= month.Last; day = payment.After(day))
            {
                // One that is late is still to come.
                var amount = payment.Amount.MinorUnits;
                (knownIn, knownOut) = payment.IsIncome ? (knownIn + amount, knownOut) : (knownIn, knownOut + amount);
            }
        }

        var left = month.Last.DayNumber - today.DayNumber;
        return new Forecast(
            month.Last,
            At(rates.Average()),
            At(rates.Min()),
            At(rates.Max()),
            new Money(knownIn, currency),
            new Money(knownOut, currency),
            rates.Count);

        Money At(decimal rate) => new(balance.MinorUnits + knownIn - knownOut + Round(rate * left), currency);
    }

    private static ImmutableArray<UnusualSpending> UnusualOf(List<FlowLine> lines, DateOnly month, CategoryBook book, Currency currency)
    {
        var earlier = Enumerable.Range(1, UsualMonths)
            .Select(i => month.AddMonths(-i))
            .Where(m => lines.Exists(l => l.Month == m)).ToHashSet();
        if (earlier.Count < 3)
        {
            return [];
        }

        var floor = Money.Of(50, currency).MinorUnits;
        return
        [
            .. lines.Where(line => !line.IsIncome && (line.Month == month || earlier.Contains(line.Month)))
                .GroupBy(line => line.Category, StringComparer.Ordinal)
                .Select(g => (
                    g.Key,
                    Now: g.Where(l => l.Month == month).Sum(l => l.Amount),
                    Usual: g.Where(l => l.Month != month).Sum(l => l.Amount) / earlier.Count))
                .Where(g => g.Usual > 0 && g.Now - g.Usual >= floor && g.Now * 2 >= g.Usual * 3)
                .OrderByDescending(g => g.Now - g.Usual)
                .Take(3)
                .Select(g => new UnusualSpending(
                    g.Key, book.NameOf(g.Key), month, new Money(g.Now, currency), new Money(g.Usual, currency), earlier.Count)),
        ];
    }
}
