using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Tests.Reports;

/// <summary>
/// Figures of reports against a second computation from every transfer: random traffic, zones, changes of clocks, a leap day.
/// </summary>
[UnitTest]
public sealed class ReportFiguresTests
{
    public static TheoryData<string, string, int> Periods => new()
    {
        // New York's clocks go forward on 8 March 2026 and back on 1 November; Auckland's on 5 April and 27 September.
        { "America/New_York", "2026-03-06T13:00:00Z", 1 },
        { "America/New_York", "2026-10-30T13:00:00Z", 2 },
        { "Pacific/Auckland", "2026-04-03T02:00:00Z", 3 },
        { "UTC", "2028-02-27T13:00:00Z", 4 },
        { "Asia/Kolkata", "2027-12-29T13:00:00Z", 5 },
    };

    [Theory, MemberData(nameof(Periods))]
    public async Task Read_RandomTraffic_EqualsTheNaiveSums(string zone, string start, int seed)
    {
        var world = await WorldAsync(zone, start, seed);
        var legs = await world.LegsAsync();
        var today = world.Reports.Today;

        var byDayAndKind = await world.ReadAsync(Of(today, ReportDimension.Day, ReportDimension.Kind));
        AssertLines(
            byDayAndKind,
            legs.GroupBy(leg => $"{leg.Day:yyyy-MM-dd}|{leg.Transfer.Kind}"));
        var byMonth = await world.ReadAsync(Of(today, ReportDimension.Month, ReportDimension.AccountType));
        AssertLines(byMonth, legs.GroupBy(leg => $"{leg.Day:yyyy-MM}|{leg.Account.Type}"));
        var byHour = await world.ReadAsync(Of(today, ReportDimension.Hour) with { Pivot = ReportDimension.Direction });
        AssertPivot(byHour, legs.GroupBy(leg => $"{leg.Local.Hour:00}|{(leg.IsIn ? "In" : "Out")}"));
        var byWeek = await world.ReadAsync(Of(today, ReportDimension.Week, ReportDimension.Direction));
        AssertLines(byWeek, legs.GroupBy(leg =>
            $"{ISOWeek.GetYear(leg.Local):0000}-W{ISOWeek.GetWeekOfYear(leg.Local):00}|{(leg.IsIn ? "In" : "Out")}"));
        var byCohort = await world.ReadAsync(Of(today, ReportDimension.Cohort, ReportDimension.Quarter));
        AssertLines(byCohort, legs.GroupBy(leg =>
            $"{TimeZoneInfo.ConvertTime(leg.Account.OpenedAt, TimeZoneInfo.FindSystemTimeZoneById(zone)):yyyy-MM}|{leg.Day.Year}-Q{((leg.Day.Month - 1) / 3) + 1}"));
        Assert.Equal(legs.Sum(leg => leg.Amount), byDayAndKind.Total!.Values[0]);
        Assert.Equal(legs.Count, byDayAndKind.Total.Values[1]);
    }

    [Theory, MemberData(nameof(Periods))]
    public async Task Read_MedianAndPercentiles_AreWithinOnePercent(string zone, string start, int seed)
    {
        var world = await WorldAsync(zone, start, seed);
        var legs = await world.LegsAsync();

        var result = await world.ReadAsync(Of(world.Reports.Today, ReportDimension.Kind) with
        {
            Measures = [ReportMeasure.Average, ReportMeasure.Median, ReportMeasure.P90],
        });

        foreach (var line in result.Lines)
        {
            var amounts = legs.Where(leg => leg.Transfer.Kind.ToString() == line.Keys[0]).Select(leg => leg.Amount).Order().ToList();
            var values = line.Cells[0]!.Values;
            Assert.Equal(Math.Round(amounts.Average(), 2), values[0]!.Value, 2);
            AssertNear(amounts[(int)Math.Ceiling(amounts.Count * 0.5) - 1], values[1]!.Value);
            AssertNear(amounts[(int)Math.Ceiling(amounts.Count * 0.9) - 1], values[2]!.Value);
        }
    }

    [Theory, MemberData(nameof(Periods))]
    public async Task Read_DepositsOnAnyDay_EqualTheBalancesOfThatDay(string zone, string start, int seed)
    {
        var world = await WorldAsync(zone, start, seed);
        var legs = await world.LegsAsync();
        var last = world.Reports.Today.AddDays(-1);

        var result = await world.ReadAsync(Of(world.Reports.Today, ReportDimension.Day) with
        {
            Subject = ReportSubject.Deposits,
            Measures = [ReportMeasure.Sum, ReportMeasure.Growth],
            Pivot = ReportDimension.AccountType,
            Filters = ImmutableSortedDictionary<ReportDimension, ImmutableSortedSet<string>>.Empty,
        });

        Assert.NotEmpty(result.Lines);
        foreach (var line in result.Lines)
        {
            var day = DateOnly.ParseExact(line.Keys[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
            foreach (var (type, i) in result.Columns.Select((type, i) => (type, i)))
            {
                var balance = legs.Where(leg => leg.Day <= day && leg.Account.Type.ToString() == type)
                    .Sum(leg => leg.IsIn ? leg.Amount : -leg.Amount);
                var before = legs.Where(leg => leg.Day < day && leg.Account.Type.ToString() == type)
                    .Sum(leg => leg.IsIn ? leg.Amount : -leg.Amount);
                if (day > last)
                {
                    continue;
                }

                Assert.Equal(balance, line.Cells[i]?.Values[0] ?? 0);
                if (before != 0 && line.Cells[i]?.Values[1] is { } growth)
                {
                    Assert.Equal(Math.Round((balance - before) / Math.Abs(before), 6), growth);
                }
            }
        }
    }

    [Fact]
    public async Task Read_ComparisonWithThePeriodBefore_EqualsTheNaiveSumsOfBoth()
    {
        var world = await WorldAsync("America/New_York", "2026-01-10T13:00:00Z", 6, days: 90);
        var legs = await world.LegsAsync();
        var month = new DateOnly(2026, 3, 1);

        var result = await world.ReadAsync(Of(world.Reports.Today, ReportDimension.Kind) with
        {
            Measures = [ReportMeasure.Sum, ReportMeasure.Growth],
            Period = ReportPeriod.Between(month, month.AddMonths(1).AddDays(-1)),
            Comparison = ReportComparison.Before,
        });

        foreach (var line in result.Lines)
        {
            var now = Sum(month, month.AddMonths(1));
            var before = Sum(month.AddMonths(-1), month);
            Assert.Equal(now, line.Cells[0]!.Values[0]);
            Assert.Equal(before, line.Cells[0]!.Compared[0]);
            Assert.Equal(before == 0 ? null : Math.Round((now - before) / before, 6), line.Cells[0]!.Values[1]);

            decimal Sum(DateOnly from, DateOnly to) =>
                legs.Where(leg => leg.Day >= from && leg.Day < to && leg.Transfer.Kind.ToString() == line.Keys[0]).Sum(leg => leg.Amount);
        }
    }

    [Fact]
    public async Task Read_SharesOfEachMonth_AddUpToOne()
    {
        var world = await WorldAsync("UTC", "2028-01-20T13:00:00Z", 7, days: 50);

        var result = await world.ReadAsync(Of(world.Reports.Today, ReportDimension.Month, ReportDimension.Kind) with
        {
            Measures = [ReportMeasure.Share],
        });

        Assert.All(
            result.Lines.GroupBy(line => line.Keys[0]),
            month => Assert.Equal(1m, month.Sum(line => line.Cells[0]!.Values[0]!.Value), 4));
    }

    [Fact]
    public async Task Count_DayRepeatedInTheMiddle_GivesTheSameBalances()
    {
        var world = await WorldAsync("UTC", "2026-05-01T13:00:00Z", 8, days: 6);
        var standings = await ListAsync(world);

        // As when the node died after it wrote the standings and before it noted the day.
        await world.Counter.CountTransfersAsync(world.Reports.Today.AddDays(-1), keep: true, null, TestContext.Current.CancellationToken);
        await world.Counter.CountTransfersAsync(world.Reports.Today.AddDays(-2), keep: true, null, TestContext.Current.CancellationToken);

        Assert.Equal(standings, await ListAsync(world));
        foreach (var standing in standings)
        {
            var legs = (await world.LegsAsync()).Where(leg => leg.Account.Id == standing.AccountId && leg.Day < world.Reports.Today);
            Assert.Equal(legs.Sum(leg => leg.IsIn ? leg.Amount : -leg.Amount), new Money(standing.Now.Balance, standing.Currency).Amount);
        }
    }

    [Fact]
    public async Task Count_ThreeNodesAtOnce_GivesTheNaiveSumsAndBalances()
    {
        var world = new ReportWorld(new DateTimeOffset(2026, 5, 1, 13, 0, 0, TimeSpan.Zero), "UTC");
        world.Days.First = world.Reports.Today;
        await world.OpenAsync("ann");
        await world.OpenAsync("bob");
        await world.TrafficAsync(seed: 11, days: 9, perDay: 20);

        await Task.WhenAll(world.CountAsync(), world.CountAsync(), world.CountAsync());

        var legs = await world.LegsAsync();
        var result = await world.ReadAsync(Of(world.Reports.Today, ReportDimension.Day, ReportDimension.Kind));
        AssertLines(result, legs.GroupBy(leg => $"{leg.Day:yyyy-MM-dd}|{leg.Transfer.Kind}"));
        foreach (var standing in await ListAsync(world))
        {
            var own = legs.Where(leg => leg.Account.Id == standing.AccountId && leg.Day < world.Reports.Today);
            Assert.Equal(own.Sum(leg => leg.IsIn ? leg.Amount : -leg.Amount), new Money(standing.Now.Balance, standing.Currency).Amount);
        }
    }

    [Fact]
    public async Task Count_AccountsWithEntriesFromBeforeTheFirstDay_BeginWithTheirBalance()
    {
        var world = new ReportWorld(new DateTimeOffset(2026, 5, 1, 13, 0, 0, TimeSpan.Zero), "UTC");
        var account = await world.OpenAsync("ann");
        await world.Bank.PostAsync(account, 500);
        world.Clock.Advance(TimeSpan.FromDays(400));
        await world.Bank.PostAsync(account, 20);
        world.Days.First = world.Reports.Today;
        world.Clock.Advance(TimeSpan.FromDays(1));

        await world.CountAsync();

        Assert.Equal(52_000, Assert.Single(await ListAsync(world)).Now.Balance);
    }

    [Fact]
    public async Task Read_Customers_StandWhereTheirMoneySays()
    {
        var world = new ReportWorld(new DateTimeOffset(2026, 1, 2, 13, 0, 0, TimeSpan.Zero), "UTC");
        world.Days.First = new DateOnly(2026, 1, 2);
        var (dormant, churned) = (await world.OpenAsync("dora"), await world.OpenAsync("carl"));
        await world.Bank.PostAsync(dormant, 100);
        await world.Bank.PostAsync(churned, 100);
        await world.Bank.PostAsync(churned, -100);
        world.Clock.Advance(TimeSpan.FromDays(60));
        var active = await world.OpenAsync("ada");
        await world.Bank.PostAsync(active, 100);
        world.Clock.Advance(TimeSpan.FromDays(40));
        await world.Bank.PostAsync(active, 10, kind: TransferKind.Interest);
        var fresh = await world.OpenAsync("nina");
        await world.Bank.PostAsync(fresh, 5);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.CountAsync();

        var standing = await world.ReadAsync(new ReportDefinition
        {
            Subject = ReportSubject.Customers,
            By = [ReportDimension.Status],
            Period = new ReportPeriod("yesterday"),
        });
        var steps = await world.ReadAsync(new ReportDefinition
        {
            Subject = ReportSubject.Customers,
            By = [ReportDimension.Step],
            Period = new ReportPeriod("yesterday"),
        });

        Assert.Equal(
            [("Active", 1m), ("Churned", 1m), ("Dormant", 1m), ("New", 1m)],
            standing.Lines.Select(line => (line.Keys[0], line.Cells[0]!.Values[0]!.Value)));
        Assert.Equal(
            [("Account", 4m), ("FirstDeposit", 4m), ("FirstPayment", 1m), ("Regular", 1m)],
            steps.Lines.Select(line => (line.Keys[0], line.Cells[0]!.Values[0]!.Value)));
    }

    [Fact]
    public async Task Read_LargestDepositors_AreTenAndTheOthers()
    {
        var world = new ReportWorld(new DateTimeOffset(2026, 1, 2, 13, 0, 0, TimeSpan.Zero), "UTC");
        world.Days.First = new DateOnly(2026, 1, 2);
        for (var i = 1; i <= 13; i++)
        {
            await world.Bank.PostAsync(await world.OpenAsync($"owner-{i}"), i * 100);
        }

        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.CountAsync();

        var result = await world.ReadAsync(new ReportDefinition
        {
            Subject = ReportSubject.Deposits,
            Measures = [ReportMeasure.Sum, ReportMeasure.Count, ReportMeasure.Share],
            By = [ReportDimension.Rank],
            Period = new ReportPeriod("yesterday"),
        });

        Assert.Equal(11, result.Lines.Length);
        Assert.Equal([1_300m, 1, Math.Round(1_300m / 9_100, 6)], result.Lines[0].Cells[0]!.Values);
        Assert.Equal([600m, 3, Math.Round(600m / 9_100, 6)], result.Lines[10].Cells[0]!.Values);
    }

    [Fact]
    public async Task Read_YearByMonth_ReadsMonthsAndNotDays()
    {
        var cubes = new InMemoryCubes();
        var world = new ReportWorld(new DateTimeOffset(2026, 1, 1, 13, 0, 0, TimeSpan.Zero), "UTC", cubes);
        world.Days.First = new DateOnly(2026, 1, 1);
        var account = await world.OpenAsync("ann");
        for (var day = 0; day < 200; day++)
        {
            await world.Bank.PostAsync(account, 10);
            world.Clock.Advance(TimeSpan.FromDays(1));
        }

        await world.CountAsync();
        var before = cubes.RowsRead;
        var result = await world.ReadAsync(Of(world.Reports.Today, ReportDimension.Month) with { Period = new ReportPeriod("last-12-months") });

        Assert.Equal(2_000m, result.Total!.Values[0]);

        // Six whole months, and the days of the last one.
        Assert.InRange(cubes.RowsRead - before, 1, 6 + 31);
    }

    [Fact]
    public async Task Read_Loans_AreThoseOfThePort()
    {
        var world = await WorldAsync("UTC", "2026-05-01T13:00:00Z", 9, days: 3);
        var none = await world.ReadAsync(Loans());
        world.Loans.Cells.Add(new LoanCell("Car loan", "current", "2026-04", "Active", 3, Money.Of(900, Currency.Usd)));
        world.Loans.Cells.Add(new LoanCell("Car loan", "30-59", "2026-03", "Active", 1, Money.Of(100, Currency.Usd)));
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.CountAsync();

        var some = await world.ReadAsync(Loans());
        var headline = await new ReportHeadlines(world.Reports).ReadAsync(ReportWorld.Manager, "loan-performance", TestContext.Current.CancellationToken);

        Assert.Contains("The bank has no loans yet.", none.Notes);
        Assert.Equal([("30-59", 100m), ("current", 900m)], some.Lines.Select(line => (line.Keys[0], line.Cells[0]!.Values[0]!.Value)));
        Assert.Equal(0.1m, headline.Value.Value);

        static ReportDefinition Loans() => new()
        {
            Subject = ReportSubject.Loans,
            Measures = [ReportMeasure.Sum],
            By = [ReportDimension.Bucket],
            Period = new ReportPeriod("today"),
        };
    }

    private static ReportDefinition Of(DateOnly today, params ImmutableArray<ReportDimension> by) => new ReportDefinition
    {
        Subject = ReportSubject.Transactions,
        Measures = [ReportMeasure.Sum, ReportMeasure.Count],
        By = by,
        Period = ReportPeriod.Between(today.AddDays(-120), today),
    }.Where(ReportDimension.Outcome, "Posted");

    private static async Task<ReportWorld> WorldAsync(string zone, string start, int seed, int days = 8)
    {
        var world = new ReportWorld(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture), zone);
        world.Days.First = world.Bank.Rules.DayOf(world.Clock.GetUtcNow());
        await world.OpenAsync("ann");
        await world.OpenAsync("ann", AccountType.Savings);
        await world.OpenAsync("bob");
        await world.TrafficAsync(seed, days, perDay: 29);
        await world.CountAsync();
        return world;
    }

    private static async Task<List<AccountStanding>> ListAsync(ReportWorld world)
    {
        var found = new List<AccountStanding>();
        await foreach (var standing in world.Cubes.ReadStandingsAsync(TestContext.Current.CancellationToken))
        {
            found.Add(standing);
        }

        return found;
    }

    private static void AssertLines(ReportResult result, IEnumerable<IGrouping<string, ReportWorld.Leg>> expected) =>
        Assert.Equal(
            expected.OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Sum(leg => leg.Amount), (decimal)group.Count())),
            result.Lines.Where(line => line.Cells[0]!.Values[1] != 0)
                .Select(line => (string.Join('|', line.Keys), line.Cells[0]!.Values[0]!.Value, line.Cells[0]!.Values[1]!.Value)));

    private static void AssertPivot(ReportResult result, IEnumerable<IGrouping<string, ReportWorld.Leg>> expected) =>
        Assert.Equal(
            expected.OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, group.Sum(leg => leg.Amount), (decimal)group.Count())),
            result.Lines.SelectMany(line => result.Columns.Select((column, i) => (Key: line.Keys[0] + "|" + column, Cell: line.Cells[i])))
                .Where(cell => cell.Cell is not null)
                .Select(cell => (cell.Key, cell.Cell!.Values[0]!.Value, cell.Cell.Values[1]!.Value)));

    private static void AssertNear(decimal right, decimal shown) =>
        Assert.True(Math.Abs(shown - right) <= (right * 0.01m) + 0.01m, $"{shown} is not near {right}.");
}
