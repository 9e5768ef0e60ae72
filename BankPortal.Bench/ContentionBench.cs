namespace BankPortal.Bench;

/// <summary>
/// Many workers and few accounts: uniform, Zipf(1.0) and a single account that everybody pays. Each load goes through one
/// node, whose orders for the same account share commits, and through as many nodes as workers, which only have the
/// version lock and try again. For the single account, one worker alone shows how fast commits can follow each other there.
/// </summary>
internal sealed class ContentionBench
{
    private const int Nodes = 16;
    private readonly BenchBank _bank;
    private readonly BenchOptions _options;
    private readonly List<Account> _accounts;

    private ContentionBench(BenchBank bank, BenchOptions options, List<Account> accounts)
    {
        _bank = bank;
        _options = options;
        _accounts = accounts;
    }

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        await using var bank = await BenchBank.StartAsync(
            options.Latency == 0 ? null : new Latency(TimeSpan.FromMilliseconds(options.Latency))
        );
        var bench = new ContentionBench(bank, options, await bank.OpenAsync("crowd", options.Accounts, 1_000_000));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Crowds: {Nodes} workers over {options.Accounts} accounts; {options.Latency} ms before each request; medians of {options.Rounds} rounds"
            )
        );
        var table = new TextTable("", "nodes", "transfers/s", "p50 ms", "p99 ms", "commits/transfer", "tries/transfer");
        var results = new List<object>();
        var hot = new Dictionary<int, double>();
        foreach (var load in new[] { Load.Uniform, Load.Zipf, Load.IntoOne })
        {
            foreach (
                var (nodes, workers) in load == Load.IntoOne
                    ? [(1, Nodes), (1, 4 * Nodes), (Nodes, Nodes), (1, 1)]
                    : new[] { (1, Nodes), (Nodes, Nodes) }
            )
            {
                var (lap, commits, tries) = await bench.MeasureAsync(load, nodes, workers);
                table.Add(
                    $"{load}, {workers.ToString(CultureInfo.InvariantCulture)} workers",
                    nodes.ToString(CultureInfo.InvariantCulture),
                    Lap.Show(lap.PerSecond, 0),
                    Lap.Show(lap.P50, 1),
                    Lap.Show(lap.P99, 1),
                    Lap.Show(commits, 2),
                    Lap.Show(tries, 2)
                );
                results.Add(
                    new
                    {
                        load,
                        nodes,
                        workers,
                        lap,
                        commitsPerTransfer = commits,
                        triesPerTransfer = tries,
                    }
                );
                var name = string.Create(CultureInfo.InvariantCulture, $"crowds, {load}, {workers} workers, {nodes} nodes");
                figures.Add(name, lap);
                figures.Less($"{name}: commits/transfer", commits);
                figures.Less($"{name}: tries/transfer", tries);
                if (load == Load.IntoOne)
                {
                    hot[(nodes * 1000) + workers] = lap.PerSecond;
                }
            }
        }

        table.Print();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Everybody pays one account, together / one after another: {hot[1000 + Nodes] / hot[1001]:0.0} with {Nodes} workers, {hot[1000 + (4 * Nodes)] / hot[1001]:0.0} with {4 * Nodes}"
            )
        );
        var verified = await bank.VerifyAsync();
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"The ledger afterwards: {verified.Transfers:N0} transfers, no violation.")
        );
        Console.WriteLine();
        return results;
    }

    private async Task<(Lap Lap, double Commits, double Tries)> MeasureAsync(string load, int nodes, int workers)
    {
        var drawn = new Load(load, _accounts);
        var stores = new CountingStore(_bank.Store);
        var services = Enumerable.Range(0, nodes).Select(_ => _bank.NewLedger(options => options.MaxTries = 200, stores)).ToArray();
        var laps = new List<Lap>();
        var each = 30;
        for (var round = -1; round < _options.Rounds; round++)
        {
            var orders = drawn.Orders(workers, each);
            var lap = await Lap.RunAsync(
                workers,
                each,
                async (worker, i) => BenchBank.Must(await services[worker % nodes].ExecuteAsync(orders[worker][i])),
                _bank.EngineProcess
            );
            if (round >= 0)
            {
                laps.Add(lap);
            }
            else
            {
                // The first only warms up, and tells how many fit into a round.
                each = Math.Max(10, (int)(lap.PerSecond * _options.Seconds / workers));
                stores.Reset();
            }
        }

        var transfers = (double)laps.Count * workers * each;
        return (Lap.Median(laps), stores.Commits / transfers, stores.Tries / transfers);
    }
}
