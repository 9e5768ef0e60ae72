using BankPortal.Core.Analytics;
using BankPortal.Core.Analytics.Budgets;
using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Analytics.Reports;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Statements;
using BankPortal.Infrastructure.Reports;
using BankPortal.Infrastructure.Statements;

namespace BankPortal.Bench;

/// <summary>
/// What closed days cost: reading the bank's year and a customer's year with few and with many entries, closing a day with few and
/// with many, and transfers while a large day is closed.
/// </summary>
internal static class ReportsBench
{
    private const int LooksPerRound = 20;
    private const int SmallYear = 10_000;
    private const int FewOfACustomer = 100;
    private const int SmallDay = 1_000;
    private const int EntriesPerAccount = 10;
    private const int Workers = 8;

    // How long transfers alone are measured at the most, for one part of a day.
    private static readonly TimeSpan LongestPart = TimeSpan.FromSeconds(20);

    // The last calendar year, so that all of it is closed.
    private static int Year => DateTime.UtcNow.Year - 1;

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        var scale = options.IsSmall
            ? (Year: 100_000, Customer: 10_000, Day: 10_000)
            : (Year: 1_000_000, Customer: 100_000, Day: 100_000);
        var builder = await BuilderAsync(options, figures, scale.Year);
        var year = await YearAsync(options, figures, scale.Year);
        var customer = await CustomerAsync(options, figures, scale.Customer);
        var closing = await CloseAsync(figures, scale.Day);
        var transfers = await TransfersAsync(figures, scale.Day);
        return new { builder, year, customer, closing, transfers };
    }

    // A report of the builder over twelve months with two break-downs: its first rows, and adding up every entry instead.
    private static async Task<object> BuilderAsync(BenchOptions options, Figures figures, int entries)
    {
        await using var bank = await BenchBank.StartAsync(countRequests: true);
        await FillYearAsync(bank, entries);
        var last = new DateOnly(Year, 12, 31);
        await CloseToAsync(bank, last);
        var ledger = bank.Get<ILedgerStore>();
        var rows = new ReportRows(bank.Get<ITransferFeedReader>(), ledger, bank.Rules);
        var cubes = new DynamoCubeStore(bank.Database);
        var counter = new CubeCounter(rows, cubes, ledger, bank.Rules);
        var job = new CubeJob(
            counter, cubes, bank.Get<IBankDayStore>(), [], new DayCloseOptions { Share = 1 }, TimeProvider.System);
        var timer = Stopwatch.StartNew();
        while (!(await job.StepAsync(ContextOf(last, null), default)).IsDone)
        {
        }

        var counting = timer.Elapsed.TotalSeconds;
        var reports = new ReportService(cubes, counter, new NoLoanFigures(), bank.Rules, TimeProvider.System);
        var definition = new ReportDefinition
        {
            Measures = [ReportMeasure.Sum, ReportMeasure.Count],
            By = [ReportDimension.Month, ReportDimension.Kind],
            Period = ReportPeriod.Between(new DateOnly(Year, 1, 1), last),
        };
        var manager = new Actor("bench", [BankRoles.Manager]);
        (string Name, ReportDefinition Definition)[] asked =
        [
            ("month and kind", definition),
            ("hour, in or out as columns", definition with { By = [ReportDimension.Hour], Pivot = ReportDimension.Direction }),
            ("day and kind", definition with { By = [ReportDimension.Day, ReportDimension.Kind] }),
            ("median by month and kind", definition with { Measures = [ReportMeasure.Median] }),
        ];

        // Adding up: every entry of the year, by month and kind.
        timer.Restart();
        var sums = new Dictionary<(int Month, TransferKind Kind), (long Sum, long Count)>();
        var start = bank.Rules.StartOf(new DateOnly(Year, 1, 1));
        await foreach (var row in rows.ReadAsync(start, bank.Rules.StartOf(last.AddDays(1))))
        {
            var key = (row.Day.Month, row.Transfer.Kind);
            var (sum, count) = sums.GetValueOrDefault(key);
            sums[key] = (sum + row.Transfer.Amount.MinorUnits, count + 1);
        }

        var addingUp = timer.Elapsed.TotalMilliseconds;
        var result = BenchBank.Must(await reports.ReadAsync(manager, definition));
        if (result.Total!.Values[1] != sums.Values.Sum(sum => sum.Count)
            || result.Total.Values[0] != sums.Values.Sum(sum => sum.Sum) / 100m)
        {
            throw new BenchFailedException("The report does not agree with the entries.");
        }

        Write($"A report over twelve months of {entries:N0} entries (cells counted in {counting:N0} s); adding up the entries takes {addingUp:N0} ms:");
        var table = new TextTable("break-downs", "first rows ms", "requests", "times as fast", "MB allocated");
        var figuresOf = new List<object>();
        foreach (var (name, wanted) in asked)
        {
            var laps = new List<double>();
            var requests = 0;
            var allocated = 0.0;
            for (var i = 0; i < options.Rounds + 1; i++)
            {
                using var counted = RequestCounter.Start();
                var before = GC.GetTotalAllocatedBytes(precise: true);
                timer.Restart();
                BenchBank.Must(await reports.ReadAsync(manager, wanted));
                if (i > 0)
                {
                    // The first one is for the compiler.
                    laps.Add(timer.Elapsed.TotalMilliseconds);
                }

                requests = counted.Total;
                allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1048576.0;
            }

            var median = Lap.Median(laps);
            table.Add(name, Lap.Show(median, 1), Show(requests), Lap.Show(addingUp / median, 0), Lap.Show(allocated, 1));
            figures.Less($"report builder, {name}: first rows ms", median);
            figures.More($"report builder, {name}: times as fast as adding up", addingUp / median);
            figuresOf.Add(new { name, median, requests, allocated });
        }

        table.Print();
        Console.WriteLine();
        return new { addingUp, counting, reports = figuresOf };
    }

    // The bank's year, once with few and once with many entries.
    private static async Task<object> YearAsync(BenchOptions options, Figures figures, int entries)
    {
        await using var small = await BenchBank.StartAsync(countRequests: true);
        await using var large = await BenchBank.StartAsync(countRequests: true);
        var timer = Stopwatch.StartNew();
        await FillYearAsync(small, SmallYear);
        await FillYearAsync(large, entries);
        var written = timer.Elapsed;
        timer.Restart();
        await CloseToAsync(small, new DateOnly(Year, 12, 31));
        await CloseToAsync(large, new DateOnly(Year, 12, 31));
        Write($"A bank's year with {SmallYear:N0} and with {entries:N0} entries (written in {written.TotalSeconds:N0} s, all days closed in {timer.Elapsed.TotalSeconds:N0} s)");
        var table = Table(SmallYear, entries);
        var results = new List<object>();
        var first = new DateOnly(Year, 1, 1);
        (string Name, Func<BankDayService, Task> Report)[] reports =
        [
            ("bank, the year", days => days.ReadYearAsync(Currency.Usd, Year)),
            ("bank, its months", days => days.ReadMonthsAsync(Currency.Usd, Year)),
            ("bank, its days", days => days.ReadDaysAsync(Currency.Usd, first, new DateOnly(Year, 12, 31))),
        ];
        foreach (var (name, report) in reports)
        {
            var (few, many) = await PageCost.CompareAsync(
                options.Rounds * LooksPerRound, () => report(small.Get<BankDayService>()), () => report(large.Get<BankDayService>()));
            results.Add(Add(table, figures, name, few, many));
        }

        table.Print();
        foreach (var bank in (BenchBank[])[small, large])
        {
            await VerifyAsync(bank, first.AddDays(100));
        }

        return results;
    }

    // One customer with few entries in the year and one with many, on the same days.
    private static async Task<object> CustomerAsync(BenchOptions options, Figures figures, int entries)
    {
        await using var bank = await BenchBank.StartCountingAsync(builder =>
        {
            builder.Services.AddSingleton<ICustomerDirectory, NoNames>();
            builder.Services.AddStatements();
        });
        var (few, many) = (await FillCustomerAsync(bank, "few", FewOfACustomer), await FillCustomerAsync(bank, "many", entries));
        Write($"A customer's year with {FewOfACustomer:N0} and with {entries:N0} entries, on the same twenty days");
        var table = Table(FewOfACustomer, entries);
        var results = new List<object>();
        var (analytics, statements) = (bank.Get<AnalyticsService>(), bank.Get<StatementService>());
        var month = AnalyticsPeriod.Month(new DateOnly(Year, 6, 1));
        (string Name, Func<Account, Task> Page)[] pages =
        [
            ("analytics, a month", async account => BenchBank.Must(await analytics.ReadAsync(Actor.Customer(account.OwnerId), month))),
            ("analytics, the year", async account =>
                BenchBank.Must(await analytics.ReadAsync(Actor.Customer(account.OwnerId), AnalyticsPeriod.Year(Year)))),
            ("statement of the year, its sums", async account =>
                BenchBank.Must(await statements.SumAsync(Actor.Customer(account.OwnerId), account.Id, StatementPeriod.Year(Year)))),
            ("statement of the year, 100 movements", async account =>
                BenchBank.Must(await statements.ReadFirstAsync(
                    Actor.Customer(account.OwnerId), account.Id, StatementPeriod.Year(Year), FewOfACustomer))),
        ];
        foreach (var (name, page) in pages)
        {
            var (short_, long_) = await PageCost.CompareAsync(options.Rounds * LooksPerRound, () => page(few), () => page(many));
            results.Add(Add(table, figures, name, short_, long_));
        }

        table.Print();
        Write($"'100 movements' is the page with its sums and its first {FewOfACustomer} movements; the small one is the whole statement, as it is kept.");
        await bank.VerifyAsync();
        Console.WriteLine();
        return results;
    }

    // The time and the memory of closing one day, without rest.
    private static async Task<object> CloseAsync(Figures figures, int entries)
    {
        await using var bank = await BenchBank.StartAsync(countRequests: true);
        var first = new DateOnly(Year, 3, 1);
        int[] days = [SmallDay, SmallDay, SmallDay, SmallDay, SmallDay, SmallDay, entries];
        using var history = new BankHistory(bank);
        var closings = new List<Closing>();
        var job = NewJob(bank, share: 1);
        for (var i = 0; i < days.Length; i++)
        {
            await FillDayAsync(bank, history, first.AddDays(i), days[i]);
            closings.Add(await CloseDayAsync(bank, job, first.AddDays(i), days[i]));
            await VerifyAsync(bank, first.AddDays(i));
        }

        // The first one is for the compiler.
        var few = closings.Skip(1).Take(days.Length - 2).ToList();
        var many = closings[^1];
        var perEntry = Lap.Median(few.Select(closing => closing.MicrosecondsPerEntry));
        var ratio = many.MicrosecondsPerEntry / perEntry;
        Write($"Closing a day, {EntriesPerAccount} entries an account, without rest:");
        var table = new TextTable("entries", "s", "µs an entry", "requests an entry", "MB kept at the most");
        table.Add(
            Show(SmallDay), Lap.Show(Lap.Median(few.Select(closing => closing.Seconds)), 2), Lap.Show(perEntry, 0),
            Lap.Show(few[0].Requests / (double)SmallDay, 2), Lap.Show(few.Max(closing => closing.Megabytes), 1));
        table.Add(
            Show(entries), Lap.Show(many.Seconds, 2), Lap.Show(many.MicrosecondsPerEntry, 0),
            Lap.Show(many.Requests / (double)entries, 2), Lap.Show(many.Megabytes, 1));
        table.Print();
        Write($"An entry of the large day takes {ratio:0.00} of one of the small days.");
        Console.WriteLine();
        figures.Less("closing a day: µs an entry", many.MicrosecondsPerEntry);
        figures.Less("closing a day: large to small, per entry", ratio);
        figures.Less("closing a day: MB kept at the most", many.Megabytes);
        return new { perEntry, largePerEntry = many.MicrosecondsPerEntry, ratio, megabytes = many.Megabytes };
    }

    // Transfers alone and while a large day is closed, in turn for every part of the day.
    private static async Task<object> TransfersAsync(Figures figures, int entries)
    {
        await using var bank = await BenchBank.StartAsync(countRequests: false);
        var first = new DateOnly(Year, 3, 1);
        using var history = new BankHistory(bank);
        await FillDayAsync(bank, history, first, entries);
        var accounts = await bank.OpenAsync("payer", Workers * 10, 1_000_000);
        await TransferAsync(bank, accounts, Task.Delay(TimeSpan.FromSeconds(3)));

        var share = new DayCloseOptions().Share;
        var job = NewJob(bank, share);
        var with = new List<Lap>();
        var without = new List<Lap>();
        string? cursor = null;
        var timer = Stopwatch.StartNew();
        var closing = TimeSpan.Zero;
        while (true)
        {
            var began = timer.Elapsed;
            var step = job.StepAsync(ContextOf(first, cursor), default);
            var lap = await TransferAsync(bank, accounts, step);
            var took = timer.Elapsed - began;
            closing += took;
            if ((await step).IsDone)
            {
                break;
            }

            cursor = step.Result.Cursor;
            if (took > TimeSpan.FromSeconds(1))
            {
                with.Add(lap);
                without.Add(await TransferAsync(bank, accounts, Task.Delay(took < LongestPart ? took : LongestPart)));
            }
        }

        if (with.Count == 0)
        {
            throw new BenchFailedException("Closing was too quick to be measured beside transfers: take the full scale.");
        }

        var throughput = Lap.Median(with.Zip(without, (a, b) => a.PerSecond / b.PerSecond));
        var p50 = Lap.Median(with.Zip(without, (a, b) => a.P50 / b.P50));
        var p99 = Lap.Median(with.Zip(without, (a, b) => a.P99 / b.P99));
        Write($"Transfers of {Workers} workers while a day of {entries:N0} entries is closed (in {closing.TotalSeconds:N0} s, {share:P0} of them at work), to transfers alone, medians of {with.Count} parts in turn:");
        Write($"throughput {throughput:0.00}, median latency {p50:0.00}, 99th percentile {p99:0.00}.");
        Console.WriteLine();
        figures.More("transfers while a day is closed to alone: throughput", throughput);
        figures.Less("transfers while a day is closed to alone: median latency", p50);
        await bank.VerifyAsync();
        return new { throughput, p50, p99, seconds = closing.TotalSeconds, share };
    }

    private static async Task FillYearAsync(BenchBank bank, int entries)
    {
        var first = new DateOnly(Year, 1, 1);
        var days = new DateOnly(Year + 1, 1, 1).DayNumber - first.DayNumber;
        var start = bank.Rules.StartOf(first);
        var accounts = BankHistory.NewAccounts("year", 48, start);
        using var history = new BankHistory(bank);
        await history.OpenAsync(accounts, start);
        for (var day = 0; day < days; day++)
        {
            // The first day has the openings already.
            await history.WriteDayAsync(
                accounts, bank.Rules.StartOf(first.AddDays(day)).AddMinutes(1), Math.Max(24, (entries - accounts.Length) / days));
        }

        await history.FinishAsync(accounts);
    }

    // Ten entries an account, the first of which pays its money in.
    private static async Task FillDayAsync(BenchBank bank, BankHistory history, DateOnly day, int entries)
    {
        var start = bank.Rules.StartOf(day);
        var accounts = BankHistory.NewAccounts("day" + Show(day.DayNumber), entries / EntriesPerAccount, start);
        await history.OpenAsync(accounts, start);
        await history.WriteDayAsync(accounts, start.AddMinutes(1), entries - accounts.Length);
        await history.FinishAsync(accounts);
    }

    private static async Task<Account> FillCustomerAsync(BenchBank bank, string owner, int entries)
    {
        // Five entries a day at the least, so that every day has the same kinds of movements.
        const int Days = 20;
        var first = bank.Rules.StartOf(new DateOnly(Year, 1, 2)).AddHours(12);
        var account = await bank.OpenOneAsync(owner, AccountType.Checking, first);
        var perDay = entries / Days;
        await HistoryWriter.WriteAsync(
            bank, account, entries, i => first.AddDays(i / perDay * 17.5) + TimeSpan.FromMilliseconds(i % perDay));
        BenchBank.Must(await bank.Dashboards.ReadAsync(Actor.Customer(owner), 365));
        BenchBank.Must(await bank.Get<AnalyticsService>().ReadAsync(Actor.Customer(owner), AnalyticsPeriod.Year(Year)));
        return account;
    }

    private static DayCloseJob NewJob(BenchBank bank, double share) => new(
        bank.Get<BankDayCounter>(),
        bank.Get<IBankDayStore>(),
        bank.Get<ITransferFeedReader>(),
        bank.Get<AccountDayService>(),
        bank.Get<BudgetWatch>(),
        bank.Rules,
        new DayCloseOptions { Share = share },
        TimeProvider.System);

    // A run that closes up to that day.
    private static JobContext ContextOf(DateOnly last, string? cursor)
    {
        var due = new DateTimeOffset(last.AddDays(1), new TimeOnly(12, 0), TimeSpan.Zero);
        return new JobContext("bench", 1, cursor, due, due);
    }

    private static async Task CloseToAsync(BenchBank bank, DateOnly last)
    {
        await RunAsync(NewJob(bank, share: 1), last);
    }

    private static async Task RunAsync(DayCloseJob job, DateOnly last)
    {
        for (string? cursor = null; ;)
        {
            var step = await job.StepAsync(ContextOf(last, cursor), default);
            if (step.IsDone)
            {
                return;
            }

            cursor = step.Cursor;
        }
    }

    private static async Task<Closing> CloseDayAsync(BenchBank bank, DayCloseJob job, DateOnly day, int entries)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var peak = 0L;
        using var ended = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            while (!ended.IsCancellationRequested)
            {
                // Kept: garbage does not count.
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
                await Task.Delay(1000);
            }
        });
        using var requests = RequestCounter.Start();
        var timer = Stopwatch.StartNew();
        await RunAsync(job, day);
        var seconds = timer.Elapsed.TotalSeconds;
        var total = requests.Total;
        await ended.CancelAsync();
        await watching;
        return new Closing(seconds, seconds * 1_000_000 / entries, total, peak / 1048576.0);
    }

    // Transfers between accounts of one worker each, until something else has ended.
    private static async Task<Lap> TransferAsync(BenchBank bank, List<Account> accounts, Task until)
    {
        var run = Guid.NewGuid().ToString("N");
        var times = new List<double>[Workers];
        var timer = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            var mine = times[worker] = [];
            var perWorker = accounts.Count / Workers;
            for (var i = 0; !until.IsCompleted; i++)
            {
                var from = accounts[(worker * perWorker) + (i % perWorker)];
                var to = accounts[(worker * perWorker) + ((i + 1) % perWorker)];
                var began = Stopwatch.GetTimestamp();
                BenchBank.Must(await bank.Ledger.ExecuteAsync(
                    BenchBank.Order(from, to, 1 + (i % 90), string.Create(CultureInfo.InvariantCulture, $"{run}-{worker}-{i}"))));
                mine.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })));
        var all = times.SelectMany(some => some).Order().ToArray();
        return all.Length == 0
            ? new Lap(0, 0, 0, 0, 0, 0, 0)
            : new Lap(
                all.Length / timer.Elapsed.TotalSeconds,
                all[all.Length / 2],
                all[all.Length * 95 / 100],
                all[all.Length * 99 / 100],
                0,
                0,
                0);
    }

    private static async Task VerifyAsync(BenchBank bank, DateOnly day)
    {
        if (!await bank.Get<BankDayService>().VerifyDayAsync(Currency.Usd, day))
        {
            throw new BenchFailedException($"The closed day {day:yyyy-MM-dd} does not agree with the ledger.");
        }
    }

    private static TextTable Table(int few, int many) => new(
        "report", $"{Show(few)} ms", $"{Show(many)} ms", "ratio", $"{Show(few)} requests", $"{Show(many)} requests");

    private static object Add(TextTable table, Figures figures, string name, PageCost few, PageCost many)
    {
        var ratio = many.Median / few.Median;
        table.Add(
            name, Lap.Show(few.Median, 2), Lap.Show(many.Median, 2), Lap.Show(ratio, 2), Show(few.Requests), Show(many.Requests));
        figures.Less($"{name}: many to few", ratio);
        figures.Less($"{name}: requests with many", many.Requests);
        return new { name, fewMs = few.Median, manyMs = many.Median, ratio, fewRequests = few.Requests, manyRequests = many.Requests };
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed record Closing(double Seconds, double MicrosecondsPerEntry, int Requests, double Megabytes);

    // Statements name their holder; nothing here depends on it.
    private sealed class NoNames : ICustomerDirectory
    {
        public Task<string?> FindNameAsync(string userId, CancellationToken ct = default) => Task.FromResult<string?>("A customer");

        public Task<IReadOnlyDictionary<string, string>> FindNamesAsync(
            IReadOnlyCollection<string> userIds, CancellationToken ct = default) =>
            Task.FromResult<IReadOnlyDictionary<string, string>>(ImmutableDictionary<string, string>.Empty);
    }
}
