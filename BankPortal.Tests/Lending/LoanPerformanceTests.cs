using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Performance;
using BankPortal.Infrastructure.Lending.Performance;
using static BankPortal.Tests.Lending.LoanSamples;

namespace BankPortal.Tests.Lending;

[UnitTest]
public sealed class LoanPerformanceTests
{
    private static readonly string[] Products = ["personal", "car", "home"];

    [Fact]
    public async Task Days_OfARandomBook_AgreeWithANaiveCount()
    {
        var bank = new LendingBank();
        var days = new InMemoryLoanBookDays();
        var files = await FillAsync(bank.Loans, new Random(4711), 60);
        bank.Bank.Time.SetUtcNow(new DateTimeOffset(2027, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var closer = new LoanBookCloser(bank.Loans, days, bank.Clock);
        await closer.RequestAsync(Day("2026-02-01"));
        await closer.CatchUpAsync();

        Assert.Equal(new LoanBookHead(Day("2027-03-01"), null, (await days.ReadHeadAsync()).Version), await days.ReadHeadAsync());
        Assert.Null(await closer.NextAsync());
        for (var day = Day("2026-02-01"); day <= Day("2027-03-01"); day = day.AddDays(17))
        {
            var row = (await days.FindAsync(day))!;
            var states = files.Where(file => DateOnly.FromDateTime(file.Loan.AppliedAt.UtcDateTime) <= day)
                .Select(file => (file.Loan, State: file.AsOf(day), Before: file.AsOf(day.AddDays(-day.Day)))).ToList();
            Assert.Equal(states.Count, row.Cells.Sum(cell => cell.Count));
            foreach (var bucket in DelinquencyBuckets.All)
            {
                Assert.Equal(
                    states.Where(one => one.State.Status == LoanStatus.Active && one.State.Bucket == bucket)
                        .Sum(one => one.State.Outstanding.MinorUnits),
                    row.Cells.Where(cell => cell.Status == LoanStatus.Active && cell.Bucket == bucket).Sum(cell => cell.Outstanding));
            }

            foreach (var product in Products)
            {
                Assert.Equal(
                    states.Where(one => one.Loan.Product == product && one.State.Status == LoanStatus.Active)
                        .Sum(one => one.State.Arrears.MinorUnits),
                    row.Cells.Where(cell => cell.Product == product).Sum(cell => cell.Arrears));
                Assert.Equal(
                    states.Where(one => one.Loan.Product == product).Sum(one => one.State.WrittenOffPrincipal.MinorUnits),
                    row.Cells.Where(cell => cell.Product == product).Sum(cell => cell.WrittenOff));
            }

            Assert.Equal(states.Count(one => one.State.PaidOutOn is not null), row.Moves.Sum(move => move.Count));
            Assert.Equal(
                states.Count(one => one.Before is { Status: LoanStatus.Active, DaysPastDue: 0 }
                    && one.State is { Status: LoanStatus.Active, DaysPastDue: >= 1 and < 30 }),
                row.Moves.Where(move => move is { From: LoanPlace.Current, To: LoanPlace.Days1To29 }).Sum(move => move.Count));
        }
    }

    [Fact]
    public async Task Read_AsOfADay_GivesRatesProvisionAndVintages()
    {
        var bank = new LendingBank();
        var days = new InMemoryLoanBookDays();
        var files = await FillAsync(bank.Loans, new Random(99), 40);
        bank.Bank.Time.SetUtcNow(new DateTimeOffset(2027, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var closer = new LoanBookCloser(bank.Loans, days, bank.Clock);
        await closer.RequestAsync(Day("2026-02-01"));
        await closer.CatchUpAsync();
        var performance = new LoanPerformance(days, bank.Options);

        Assert.IsType<NotAllowedError>((await performance.ReadAsync(bank.Ann, null, Currency.Usd)).Error);
        var day = Day("2026-12-15");
        var report = (await performance.ReadAsync(LendingBank.Manager, day, Currency.Usd)).Value;
        var active = files.Select(file => file.AsOf(day)).Where(state => state.Status == LoanStatus.Active).ToList();
        var outstanding = active.Sum(state => state.Outstanding.MinorUnits);
        Assert.Equal((day, outstanding), (report.Day, report.Figures.Outstanding));
        Assert.Equal(
            decimal.Round(
                active.Where(state => state.DaysPastDue >= 30).Sum(state => state.Outstanding.MinorUnits) * 100m / outstanding,
                2,
                MidpointRounding.AwayFromZero),
            report.Figures.Par30);
        Assert.Equal(
            DelinquencyBuckets.All.Sum(bucket => bank.Options.Provision.For(
                bucket, active.Where(state => state.Bucket == bucket).Sum(state => state.Outstanding.MinorUnits))),
            report.Figures.Provision);
        var vintage = report.Vintages.Single(one => one.Month == "2026-03");
        var march = files.Where(file => file.AsOf(day).PaidOutOn is { Year: 2026, Month: 3 }).ToList();
        Assert.Equal(march.Sum(file => file.Loan.Terms.Amount.MinorUnits), vintage.Points[^1].Lent);
        var atThree = vintage.Points.Single(point => point.Age == 3);
        var june = Day("2026-06-30");
        Assert.Equal(
            march.Select(file => file.AsOf(june)).Sum(state =>
                state.WrittenOffPrincipal.MinorUnits + (state.DaysPastDue >= 30 ? state.Outstanding.MinorUnits : 0)),
            atThree.Bad);
        Assert.IsType<NoLoanBookError>((await performance.ReadAsync(LendingBank.Manager, Day("2020-01-01"), Currency.Usd)).Error);
        Assert.Equal(Day("2027-03-01"), (await performance.ReadAsync(LendingBank.Manager, Day("2029-01-01"), Currency.Usd)).Value.Day);
    }

    [Fact]
    public async Task Job_AfterANight_ClosesTheDayOnceAndEndsAtOnceAfterThat()
    {
        var bank = new LendingBank();
        var loan = await bank.LendAsync();
        var days = new InMemoryLoanBookDays();
        bank.Bank.Time.Advance(TimeSpan.FromDays(1));
        var job = new LoanBookJob(new LoanBookCloser(bank.Loans, days, bank.Clock));
        Assert.Equal("The loan book through 2026-01-31, 1 days", await RunAsync());
        Assert.Equal("The loan book is complete", await RunAsync());
        var cell = Assert.Single((await days.FindAsync(Day("2026-01-31")))!.Cells);
        Assert.Equal(("personal", "2026-01", LoanStatus.Active, 1L, 10_000_00L), (cell.Product, cell.Vintage, cell.Status, cell.Count, cell.Outstanding));
        Assert.NotNull(loan);

        async Task<string> RunAsync()
        {
            string? cursor = null;
            while (true)
            {
                var now = bank.Bank.Time.GetUtcNow();
                var step = await job.StepAsync(new Core.Common.Jobs.JobContext("node", 1, cursor, now, now), default);
                if (step.IsDone)
                {
                    return step.Summary!;
                }

                cursor = step.Cursor;
            }
        }
    }

    // Loans of all kinds with payments that come or do not come, written as an import writes them.
    private static async Task<List<LoanFile>> FillAsync(InMemoryLoans store, Random random, int count)
    {
        var files = new List<LoanFile>();
        for (var i = 0; i < count; i++)
        {
            var from = Day("2026-02-01").AddDays(random.Next(0, 300));
            var terms = Terms(random.Next(1_000, 20_000), random.Next(0, 12), random.Next(6, 30));
            var events = PaidOut(terms, from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            var stops = random.Next(3) == 0 ? random.Next(0, 6) : 100;
            for (var number = 1; number <= Math.Min(stops, terms.Months); number++)
            {
                var due = LoanReplay.AsOf(terms, events, from.AddMonths(number)).Instalments[number - 1];
                var paid = due.DueOn.AddDays(random.Next(4) == 0 ? random.Next(0, 25) : 0);
                if (paid <= Day("2027-03-01"))
                {
                    events.Add(Event(LoanEventKind.Paid, "2026-01-01", due.Principal / 100m, due.Interest / 100m) with { On = paid });
                }
            }

            if (stops < 3 && from < Day("2026-08-01"))
            {
                events.Add(Event(LoanEventKind.WrittenOff, "2026-12-01"));
                events.Add(Event(LoanEventKind.Recovered, "2026-12-10", 10));
            }

            events = [.. events.OrderBy(one => one.On).Select((one, n) => one with { Sequence = n + 1 })];
            var loan = new Loan
            {
                Id = DerivedId.From("random", i.ToString(CultureInfo.InvariantCulture)),
                OwnerId = "ann",
                AccountId = "a",
                Product = Products[i % 3],
                ProductName = "Loan",
                Terms = terms,
                Status = LoanStatus.Active,
                AppliedAt = new DateTimeOffset(from, new TimeOnly(12, 0), TimeSpan.Zero),
                Events = events.Count,
                Version = 1,
            };
            var file = new LoanFile(loan with { Status = LoanReplay.AsOf(terms, events, Day("2027-03-01")).Status }, [.. events]);
            await store.TryAddAsync(file.Loan, file.Events);
            files.Add(file);
        }

        return files;
    }
}

[EngineTest]
public sealed class LoanBookDayStoreTests
{
    [Theory, EveryEngine]
    public async Task Days_WrittenAndRead_AreTheSameInFewReads(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoLoanBookDayStore(fixture.Database);
        Assert.Equal(LoanBookHead.None, await store.ReadHeadAsync());
        Assert.True(await store.TryWriteHeadAsync(new LoanBookHead(Day("2026-02-01"), Day("2026-01-01"), 1)));
        Assert.False(await store.TryWriteHeadAsync(new LoanBookHead(null, null, 1)));
        Assert.Equal(new LoanBookHead(Day("2026-02-01"), Day("2026-01-01"), 1), await store.ReadHeadAsync());

        var days = Enumerable.Range(0, 40).Select(i => new LoanBookDay(
            Day("2026-12-10").AddDays(i),
            [
                .. Enumerable.Range(0, 60).Select(n => new LoanBookCell(
                    "personal", DelinquencyBucket.Days1To29, "2026-" + (n % 12).ToString("00", CultureInfo.InvariantCulture), LoanStatus.Active, "USD")
                {
                    Count = n, Granted = n * 1_000, Outstanding = i,
                }),
            ],
            [new LoanBookMove(LoanPlace.New, LoanPlace.Current, "USD", 1, i)])).ToList();
        await store.SaveAsync(days);
        await store.SavePartAsync(2, days);
        using (var requests = fixture.CountRequests())
        {
            var read = await store.ReadAsync(Day("2026-12-12"), Day("2027-01-10"));
            Assert.Equal(2, requests.Total);
            Assert.Equal(30, read.Length);
            Assert.Equal(days[2].Cells.AsEnumerable(), read[0].Cells.AsEnumerable());
            Assert.Equal(days[2].Moves.AsEnumerable(), read[0].Moves.AsEnumerable());
        }

        Assert.Equal(2, (await store.FindAsync([Day("2026-12-31"), Day("2027-01-01"), Day("2028-01-01")])).Length);
        Assert.NotNull(await store.FindAsync(Day("2026-12-31")));
        Assert.Null(await store.FindAsync(Day("2028-12-31")));
        Assert.Equal(3, (await store.ReadPartAsync(2, Day("2026-12-10"), Day("2026-12-12"))).Length);
    }
}
