using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Analytics.Reports;

namespace BankPortal.Tests.Analytics.Reports;

/// <summary>Figures against a second, naive computation over the raw entries.</summary>
[UnitTest]
public sealed class AnalyticsFiguresTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData(1, 2024, 2)]
    [InlineData(2, 2024, 3)]
    [InlineData(3, 2023, 12)]
    [InlineData(4, 2024, 11)]
    public void Of_RandomEntries_AgreesWithNaiveSums(int seed, int year, int month)
    {
        var entries = RandomEntries(seed, 900);
        var period = AnalyticsPeriod.Month(new DateOnly(year, month, 15));
        var report = Report(entries, period, new DateOnly(2024, 12, 20));

        var inPeriod = entries.Where(e => DayOf(e.PostedAt) is var day && day.Year == year && day.Month == month).ToList();
        var spent = inPeriod.Where(e => e is { IsOwnTransfer: false, Kind: TransferKind.Purchase })
            .Select(e => -e.Amount.MinorUnits).ToList();
        var backs = inPeriod.Where(e => e.Kind == TransferKind.Reversal).Sum(e => e.Amount.MinorUnits);
        var income = inPeriod.Where(e => e is { IsOwnTransfer: false, Kind: TransferKind.Salary }).Sum(e => e.Amount.MinorUnits);
        var weekend = inPeriod
            .Where(e => DayOf(e.PostedAt).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && !e.IsOwnTransfer).ToList();
        var weekendSpent = weekend.Where(e => e.Kind == TransferKind.Purchase).Sum(e => -e.Amount.MinorUnits)
            - weekend.Where(e => e.Kind == TransferKind.Reversal).Sum(e => e.Amount.MinorUnits);
        spent.Sort();
        var median = spent.Count % 2 == 1 ? spent[spent.Count / 2]
            : (long)Math.Round((spent[(spent.Count / 2) - 1] + (decimal)spent[spent.Count / 2]) / 2, MidpointRounding.ToEven);

        Assert.Equal(income, report.Flow.Income.MinorUnits);
        Assert.Equal(spent.Sum() - backs, report.Flow.Spending.MinorUnits);
        Assert.Equal(spent.Count, report.Count);
        Assert.Equal(median, report.Median.MinorUnits);
        Assert.Equal(weekendSpent, report.Weekends.Amount.MinorUnits);
        Assert.Equal(spent.Sum() - backs - weekendSpent, report.Weekdays.Amount.MinorUnits);
        Assert.Equal(spent.Sum() - backs, report.Spending.Sum(c => c.Amount.MinorUnits));
        Assert.Equal(DateTime.DaysInMonth(year, month), report.Balances.Length);
        Assert.Equal(inPeriod.Sum(e => e.Amount.MinorUnits), report.NetChange.MinorUnits);
        Assert.Equal(entries.Last(e => DayOf(e.PostedAt) <= period.Last).BalanceAfter, report.Closing);
        Assert.Equal(report.Before.Spending, Report(entries, period.Before, new DateOnly(2024, 12, 20)).Flow.Spending);
    }

    [Fact]
    public void Continue_InManyCalls_GivesTheSameAsInOne()
    {
        var entries = RandomEntries(7, 400);
        var once = MonthSums.Continue(null, entries, DayOf);
        var months = new List<AccountMonth>();
        foreach (var some in entries.Chunk(7))
        {
            var more = MonthSums.Continue(months.LastOrDefault(), some, DayOf);
            if (months.Count > 0 && more is [var first, ..] && first.Month == months[^1].Month)
            {
                months.RemoveAt(months.Count - 1);
            }

            months.AddRange(more);
        }

        Assert.True(MonthSums.AreUnbroken(months));
        Assert.Equal(once.Select(Text), months.Select(Text));

        static string Text(AccountMonth month) => System.Text.Json.JsonSerializer.Serialize(month);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Continue_GroupsOfAMonth_AddUpToItsDaySummaries(int seed)
    {
        var entries = RandomEntries(seed, 600);
        var months = MonthSums.Continue(null, entries, DayOf);
        var days = DaySums.Continue(null, entries, DayOf);

        Assert.NotEmpty(months);
        foreach (var month in months)
        {
            var own = days.Where(day => new DateOnly(day.Day.Year, day.Day.Month, 1) == month.Month).ToList();
            Assert.Equal(
                (own.Sum(day => day.Credits.MinorUnits), own.Sum(day => day.CreditCount)),
                (month.Groups.Where(g => g.Traits.IsIn).Sum(g => g.Sum), month.Groups.Where(g => g.Traits.IsIn).Sum(g => g.Count)));
            Assert.Equal(
                (own.Sum(day => day.Debits.MinorUnits), own.Sum(day => day.DebitCount)),
                (month.Groups.Where(g => !g.Traits.IsIn).Sum(g => g.Sum), month.Groups.Where(g => !g.Traits.IsIn).Sum(g => g.Count)));
            Assert.Equal((own[0].FirstSequence, own[^1].LastSequence), (month.FirstSequence, month.LastSequence));
        }
    }

    [Fact]
    public void Continue_ThousandsOfNames_StayWithinTheLimitAndKeepTheSums()
    {
        var entries = Enumerable.Range(1, 5_000)
            .Select(i => Entry(i, At("2024-03-01T12:00:00Z").AddMinutes(i), -(100 + i), TransferKind.Purchase, $"Shop {i}", $"Invoice {i}"))
            .ToList();

        var month = Assert.Single(MonthSums.Continue(null, entries, DayOf));

        Assert.InRange(month.Groups.Length, 1, MonthSums.MaxGroups + 20);
        Assert.Equal(-entries.Sum(e => e.Amount.MinorUnits), month.Groups.Sum(g => g.Sum));
        Assert.Equal(5_000, month.Groups.Sum(g => g.Count));
        Assert.InRange(month.Groups.Max(g => g.Amounts.Count), 1, 400);
    }

    [Fact]
    public void Of_NoEntries_IsAllZero()
    {
        var report = Report([], AnalyticsPeriod.Month(new DateOnly(2024, 2, 29)), new DateOnly(2024, 2, 29));

        Assert.True(report.Flow.Income.IsZero && report.Flow.Spending.IsZero && report.Median.IsZero && report.Average.IsZero);
        Assert.Empty(report.Spending);
        Assert.Empty(report.Recurring);
        Assert.Null(report.Forecast);
        Assert.Equal(29, report.Balances.Length);
    }

    [Fact]
    public void Of_OneEntryAtMidnight_IsOnTheDayOfTheBank()
    {
        // 23:59:59 on 29 February in New York is 1 March in UTC.
        var entries = new[] { Entry(1, At("2024-03-01T04:59:59Z"), -500, TransferKind.Purchase, "Cafe", "") };

        Assert.Equal(500, SpentIn(2));
        Assert.Equal(0, SpentIn(3));

        long SpentIn(int month) => Report(entries, AnalyticsPeriod.Month(new DateOnly(2024, month, 1)), new DateOnly(2024, 3, 5))
            .Flow.Spending.MinorUnits;
    }

    [Fact]
    public void Recurring_RentOnTheLastDayOfTheMonth_IsExpectedOnTheNextOne()
    {
        var days = new[] { "2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29" };
        var entries = days.Select((day, i) => Entry(i + 1, At(day + "T15:00:00Z"), -90_000, TransferKind.Payment, "Landlord", "Rent")).ToList();

        var payment = Assert.Single(Recurring(entries, new DateOnly(2024, 3, 2)));

        Assert.Equal(
            (Rhythm.Monthly, new DateOnly(2024, 3, 31), true, (Money?)null),
            (payment.Rhythm, payment.Next, payment.IsExact, payment.Before));
    }

    [Fact]
    public void Recurring_PriceWentUp_SaysWhatItWas()
    {
        var entries = Enumerable.Range(0, 4)
            .Select(i => Entry(i + 1, At("2024-01-08T15:00:00Z").AddMonths(i), i == 3 ? -1_499 : -1_299, TransferKind.Purchase, "Streamly", ""))
            .ToList();

        var payment = Assert.Single(Recurring(entries, new DateOnly(2024, 4, 20)));

        Assert.Equal((12.99m, 14.99m), (payment.Before!.Value.Amount, payment.Amount.Amount));
        Assert.Equal(new DateOnly(2024, 5, 8), payment.Next);
    }

    [Theory]
    [InlineData("2024-07-01", 0)]
    [InlineData("2024-05-12", 1)]
    public void Recurring_NotSeenForLong_HasEnded(string today, int expected)
    {
        var entries = Enumerable.Range(0, 4)
            .Select(i => Entry(i + 1, At("2024-01-08T15:00:00Z").AddMonths(i), -1_299, TransferKind.Purchase, "Streamly", ""))
            .ToList();

        Assert.Equal(expected, Recurring(entries, DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture)).Length);
    }

    [Fact]
    public void Forecast_SteadyMonths_IsBalanceLessWhatIsStillToCome()
    {
        // Each month 3,000 in on the 1st and 900 out on the 25th, nothing else.
        var entries = Enumerable.Range(0, 5).SelectMany(i => new[]
        {
            (At("2024-01-01T15:00:00Z").AddMonths(i), 300_000L, TransferKind.Salary, "Work"),
            (At("2024-01-25T15:00:00Z").AddMonths(i), -90_000L, TransferKind.Payment, "Landlord"),
        }).Where(e => e.Item1 < At("2024-05-10T00:00:00Z")).Select((e, i) => Entry(i + 1, e.Item1, e.Item2, e.Item3, e.Item4, "")).ToList();
        entries = Running(entries);

        var forecast = Report(entries, AnalyticsPeriod.Month(new DateOnly(2024, 5, 10)), new DateOnly(2024, 5, 10)).Forecast!;

        Assert.Equal(new DateOnly(2024, 5, 31), forecast.Day);
        Assert.Equal(90_000, forecast.KnownOut.MinorUnits);
        Assert.Equal(0, forecast.KnownIn.MinorUnits);
        Assert.Equal((5 * 300_000) - (5 * 90_000), forecast.Expected.MinorUnits);
        Assert.Equal((forecast.Expected, forecast.Expected), (forecast.Low, forecast.High));
    }

    [Fact]
    public void Unusual_TwiceAsMuchAsUsual_IsPointedOut()
    {
        var entries = Enumerable.Range(0, 5)
            .Select(i => Entry(i + 1, At("2024-01-10T15:00:00Z").AddMonths(i), i == 4 ? -30_000 : -10_000, TransferKind.Purchase, "Noodle House", ""))
            .ToList();

        var unusual = Assert.Single(Report(entries, AnalyticsPeriod.Month(new DateOnly(2024, 5, 1)), new DateOnly(2024, 5, 20)).Unusual);

        Assert.Equal(("dining", 300m, 100m, 4), (unusual.CategoryId, unusual.Amount.Amount, unusual.Usual.Amount, unusual.Months));
    }

    [Fact]
    public void Budget_HalfSpent_SaysWhatIsLeftPerDay()
    {
        var entries = new[] { Entry(1, At("2024-02-10T15:00:00Z"), -4_000, TransferKind.Purchase, "Noodle House", "") };
        var book = new CategoryBook { Budgets = [new("dining", 10_000, "USD")] };

        var report = Report(entries, AnalyticsPeriod.Month(new DateOnly(2024, 2, 1)), new DateOnly(2024, 2, 20), book);
        var budget = Assert.Single(report.Budgets);

        // 20 to 29 February are ten days.
        Assert.Equal(
            (40m, 60m, 10, 6m, 0.4m),
            (budget.Spent.Amount, budget.Left.Amount, budget.DaysLeft, budget.LeftPerDay.Amount, budget.Share));
    }

    [Theory]
    [InlineData("2024-05-01", "2024-04-01", "to")]
    [InlineData("2024-07-01", "2024-07-01", "from")]
    [InlineData("2020-01-01", "2024-04-01", "to")]
    [InlineData("0001-01-01", "0001-01-01", "from")]
    public void Check_ImpossiblePeriod_IsRefusedAtItsField(string first, string last, string field) =>
        Assert.Equal(field, new AnalyticsPeriod(Day(first), Day(last)).Check(new DateOnly(2024, 6, 10))!.Field);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, NewYork).DateTime);

    private static Entry Entry(
        long sequence, DateTimeOffset at, long minor, TransferKind kind, string name, string text, bool own = false) => new()
        {
            AccountId = "a",
            Sequence = sequence,
            PostedAt = at,
            Amount = new Money(minor, Currency.Usd),
            BalanceAfter = new Money(minor, Currency.Usd),
            TransferId = $"T{sequence}",
            Kind = kind,
            Counterparty = name,
            Description = text,
            IsOwnTransfer = own,
        };

    private static List<Entry> Running(IEnumerable<Entry> entries)
    {
        var balance = Money.Zero(Currency.Usd);
        return [.. entries.Select(entry => entry with { BalanceAfter = balance += entry.Amount })];
    }

    private static ImmutableArray<RecurringPayment> Recurring(IEnumerable<Entry> entries, DateOnly today) =>
        RecurringPayments.Find(MonthSums.Continue(null, entries, DayOf), Currency.Usd, today);

#pragma warning disable CA5394 // A fixed seed is the point.
    private static List<Entry> RandomEntries(int seed, int count)
    {
        var random = new Random(seed);
        var at = At("2023-10-30T00:00:00Z");
        var shops = new[] { "Greenleaf Market", "Noodle House", "City Transit", "Harbor Electronics", "" };
        return Running(Enumerable.Range(1, count).Select(i =>
        {
            at += TimeSpan.FromMinutes(random.Next(1, 1_300));
            var roll = random.Next(20);
            var (kind, sign) = roll switch
            {
                0 => (TransferKind.Salary, 1),
                1 => (TransferKind.Reversal, 1),
                2 => (TransferKind.Opening, 1),
                _ => (TransferKind.Purchase, -1),
            };
            var own = roll == 3;
            return Entry(
                i, at, sign * random.Next(1, 40_000), own ? TransferKind.Transfer : kind, shops[random.Next(5)], $"No {random.Next(3)}", own);
        }));
    }
#pragma warning restore CA5394

    private static AnalyticsReport Report(IReadOnlyList<Entry> entries, AnalyticsPeriod period, DateOnly today, CategoryBook? book = null)
    {
        var account = TestAccount(entries);
        var from = AnalyticsFigures.NeededFrom(period, today);
        var all = DaySums.Continue(null, entries, DayOf);
        var opening = all.LastOrDefault(d => d.Day < from)?.Closing ?? Money.Zero(Currency.Usd);
        var days = new AccountDays(account, from, opening, [.. all.Where(d => d.Day >= from)]);
        var months = MonthSums.Continue(null, entries, DayOf).Where(m => m.Month >= from).ToList();
        return AnalyticsFigures.Of(today, period, Currency.Usd, [days], months, book ?? new CategoryBook());
    }

    private static Account TestAccount(IReadOnlyList<Entry> entries) =>
        new InMemoryBank() is var bank
            ? bank.OpenAsync(bank.Customer("ann", "Ann")).Result with { Balance = entries is [.., var last] ? last.BalanceAfter : Money.Zero(Currency.Usd) }
            : null!;
}
