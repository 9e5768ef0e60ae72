namespace BankPortal.Bench;

/// <summary>
/// What the services behind the customer's pages take with a short and with a long history. Both customers have a checking
/// account with it and a savings account with a dozen entries, and both use the checking account every second day, so that
/// a screen shows as many days of the one as of the other: what differs is how much history lies behind.
/// </summary>
internal static class PagesBench
{
    private const int ShortHistory = 100;
    private const int PageSize = 25;
    private const int LooksPerRound = 20;

    // So the short history is that of two hundred days, and the long one that of ten years.
    private static readonly TimeSpan Pace = TimeSpan.FromDays(2);
    private const int LongDays = 1825;

    private static readonly HistoryFilter OftenFound = new() { Text = "grocery" };
    private static readonly HistoryFilter NeverFound = new() { Text = "no such words" };

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        await using var bank = await BenchBank.StartAsync(countRequests: true);
        var memoryBefore = Memory();
        var timer = Stopwatch.StartNew();
        var few = await SetUpAsync(bank, "short", ShortHistory, perDay: 1);
        var many = await SetUpAsync(bank, "long", options.Entries, perDay: Math.Max(1, options.Entries / LongDays));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Pages of a customer with {ShortHistory:N0} and of one with {options.Entries:N0} entries (written in {timer.Elapsed.TotalSeconds:N0} s)"
            )
        );

        // Sums the days up, once and for all.
        timer.Restart();
        BenchBank.Must(await bank.Dashboards.ReadAsync(few, 365));
        BenchBank.Must(await bank.Dashboards.ReadAsync(many, 365));
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"First look after that, which sums up all days: {timer.Elapsed.TotalSeconds:N1} s")
        );

        var (deepFew, _, _) = await WalkAsync(bank, few);
        var (deepMany, firstPages, lastPages) = await WalkAsync(bank, many);
        var looks = options.Rounds * LooksPerRound;
        var table = new TextTable(
            "page",
            $"{ShortHistory} ms",
            $"{options.Entries} ms",
            "ratio",
            $"{ShortHistory} requests",
            $"{options.Entries} requests",
            $"{ShortHistory} trips",
            $"{options.Entries} trips"
        );
        var results = new List<object>();
        foreach (var (name, page) in Pages(bank, few, deepFew, deepMany))
        {
            var (short_, long_) = await PageCost.CompareAsync(looks, () => page(few), () => page(many));
            table.Add(
                name, Lap.Show(short_.Median, 2), Lap.Show(long_.Median, 2), Lap.Show(long_.Median / short_.Median, 2),
                Show(short_.Requests), Show(long_.Requests), Show(short_.RoundTrips), Show(long_.RoundTrips));
            figures.Less($"page {name}: ms with a long history", long_.Median);
            figures.Less($"page {name}: long to short", long_.Median / short_.Median);
            figures.Less($"page {name}: requests with a long history", long_.Requests);
            results.Add(new
            {
                name,
                shortMs = short_.Median,
                longMs = long_.Median,
                ratio = long_.Median / short_.Median,
                shortRequests = short_.Requests,
                longRequests = long_.Requests,
                shortTrips = short_.RoundTrips,
                longTrips = long_.RoundTrips,
            });
        }

        table.Print();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Medians of {looks} looks at each, in turn. 'trips' are requests that wait for one another. The short history has less to show or to search in some rows:"
            )
        );
        Console.WriteLine("365 days show days that it does not have; and a search looks at what there is until it has filled a page, but");
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"at {HistoryService.MaxExamined:N0} entries at the most: then it asks whether to go on."
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Paging through the long history to its end, {HistoryService.MaxPageSize} lines a page: first tenth {firstPages:0.0} ms, last tenth {lastPages:0.0} ms a page (ratio {lastPages / firstPages:0.00})"
            )
        );
        var memory = Memory();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Memory of this process: managed {memoryBefore.Managed:N1} MB before, {memory.Managed:N1} MB after; working set {memoryBefore.WorkingSet:N0} MB before, {memory.WorkingSet:N0} MB after"
            )
        );
        var verified = await bank.VerifyAsync();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The ledger: {verified.Transfers:N0} transfers, {verified.Entries:N0} entries, no violation."
            )
        );
        Console.WriteLine();
        return new { pages = results, firstPagesMs = firstPages, lastPagesMs = lastPages, memoryBefore, memoryAfter = memory };
    }

    private static IEnumerable<(string Name, Func<Actor, Task> Page)> Pages(BenchBank bank, Actor few, string deepFew, string deepMany)
    {
        var second = new Dictionary<Actor, string>();
        yield return ("dashboard, 30 days", async actor => BenchBank.Must(await bank.Dashboards.ReadAsync(actor, 30)));
        yield return ("dashboard, 90 days (as it opens)", async actor => BenchBank.Must(await bank.Dashboards.ReadAsync(actor, 90)));
        yield return ("dashboard, 365 days", async actor => BenchBank.Must(await bank.Dashboards.ReadAsync(actor, 365)));
        yield return ("history, first page", async actor => second[actor] = (await PageAsync(bank, actor, HistoryFilter.All, null)).Next!);
        yield return ("history, second page", async actor => await PageAsync(bank, actor, HistoryFilter.All, second[actor]));
        yield return ("history, near the end", async actor =>
            await PageAsync(bank, actor, HistoryFilter.All, actor == few ? deepFew : deepMany)
        );
        yield return ("history, oldest first", async actor => await PageAsync(bank, actor, new HistoryFilter { OldestFirst = true }, null));
        yield return ("history, last 60 days", async actor =>
            await PageAsync(bank, actor, new HistoryFilter { From = DateTimeOffset.UtcNow.AddDays(-60) }, null)
        );
        yield return ("search, hits often", async actor => await SearchAsync(bank, actor, OftenFound));
        yield return ("search, no hit", async actor => await SearchAsync(bank, actor, NeverFound));
    }

    private static async Task<HistoryPage> PageAsync(BenchBank bank, Actor actor, HistoryFilter filter, string? cursor)
    {
        var page = BenchBank.Must(await bank.History.SearchAsync(actor, filter, cursor, PageSize));
        return page.Lines.Length == PageSize
            ? page
            : throw new BenchFailedException($"A page has {page.Lines.Length} lines instead of {PageSize}.");
    }

    private static async Task SearchAsync(BenchBank bank, Actor actor, HistoryFilter filter) =>
        BenchBank.Must(await bank.History.SearchAsync(actor, filter, null, PageSize));

    // Pages through to the end, and gives a cursor with a little more than a page behind it.
    private static async Task<(string Deep, double FirstTenth, double LastTenth)> WalkAsync(BenchBank bank, Actor actor)
    {
        var cursors = new List<string>();
        var times = new List<double>();
        string? cursor = null;
        var deep = (await PageAsync(bank, actor, HistoryFilter.All, null)).Next!;
        do
        {
            var start = Stopwatch.GetTimestamp();
            var page = BenchBank.Must(await bank.History.SearchAsync(actor, HistoryFilter.All, cursor, HistoryService.MaxPageSize));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            cursor = page.Next;
            if (cursor is not null)
            {
                cursors.Add(cursor);
            }
        }
        while (cursor is not null);

        // The last page may be short, so it starts from the one before.
        deep = cursors.Count > 1 ? cursors[^2] : deep;
        var tenth = Math.Max(1, times.Count / 10);
        return (deep, Lap.Median(times.Take(tenth)), Lap.Median(times.TakeLast(tenth)));
    }

    private static async Task<Actor> SetUpAsync(BenchBank bank, string owner, int entries, int perDay)
    {
        var first = DateTimeOffset.UtcNow.AddMinutes(-1) - (Pace * ((entries - 1) / perDay));
        var checking = await bank.OpenOneAsync(owner, AccountType.Checking, first);
        await HistoryWriter.WriteAsync(bank, checking, entries, i => first + (Pace * (i / perDay)) + TimeSpan.FromMilliseconds(i % perDay));
        var savings = await bank.OpenOneAsync(owner, AccountType.Savings, DateTimeOffset.UtcNow.AddDays(-13));
        await HistoryWriter.WriteAsync(bank, savings, 12, i => DateTimeOffset.UtcNow.AddDays(i - 12));
        return Actor.Customer(owner);
    }

    private static (double Managed, double WorkingSet) Memory()
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        return (managed / 1048576.0, Environment.WorkingSet / 1048576.0);
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
