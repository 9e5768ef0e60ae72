using System.Globalization;
using BankPortal.Core.Accounts;
using BankPortal.Core.Common;
using BankPortal.Core.Identity;
using BankPortal.Core.Ledger;

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
    private readonly double[] _zipf;
    private int _keys;

    private ContentionBench(BenchBank bank, BenchOptions options, List<Account> accounts)
    {
        _bank = bank;
        _options = options;
        _accounts = accounts;
        var sum = 0.0;
        _zipf = [.. accounts.Select((_, i) => sum += 1.0 / (i + 1))];
    }

    public static async Task<object> RunAsync(BenchOptions options)
    {
        await using var bank = await BenchBank.StartAsync(options.Latency == 0 ? null : new Latency(TimeSpan.FromMilliseconds(options.Latency)));
        var bench = new ContentionBench(bank, options, await bank.OpenAsync("crowd", options.Accounts, 1_000_000));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Crowds: {Nodes} workers over {options.Accounts} accounts; {options.Latency} ms before each request; medians of {options.Rounds} rounds"));
        var table = new TextTable("", "nodes", "transfers/s", "p50 ms", "p99 ms", "commits/transfer");
        var results = new List<object>();
        var hot = new Dictionary<int, double>();
        foreach (var load in new[] { "uniform", "Zipf(1.0)", "one account" })
        {
            foreach (var (nodes, workers) in load == "one account" ? [(1, Nodes), (1, 4 * Nodes), (Nodes, Nodes), (1, 1)] : new[] { (1, Nodes), (Nodes, Nodes) })
            {
                var (lap, commits) = await bench.MeasureAsync(load, nodes, workers);
                table.Add(
                    $"{load}, {workers.ToString(CultureInfo.InvariantCulture)} workers", nodes.ToString(CultureInfo.InvariantCulture), Lap.Show(lap.PerSecond, 0), Lap.Show(lap.P50, 1), Lap.Show(lap.P99, 1), Lap.Show(commits, 2));
                results.Add(new { load, nodes, workers, lap, commitsPerTransfer = commits });
                if (load == "one account")
                {
                    hot[(nodes * 1000) + workers] = lap.PerSecond;
                }
            }
        }

        table.Print();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Everybody pays one account, together / one after another: {hot[1000 + Nodes] / hot[1001]:0.0} with {Nodes} workers, {hot[1000 + (4 * Nodes)] / hot[1001]:0.0} with {4 * Nodes}"));
        var books = await bank.VerifyAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The books afterwards: {books.Transfers:N0} transfers, no violation."));
        Console.WriteLine();
        return results;
    }

    private async Task<(Lap Lap, double Commits)> MeasureAsync(string load, int nodes, int workers)
    {
        var stores = new CountingStore(_bank.Store);
        var services = Enumerable.Range(0, nodes).Select(_ => _bank.NewLedger(options => options.MaxTries = 200, stores)).ToArray();
        var laps = new List<Lap>();
        var each = 30;
        for (var round = -1; round < _options.Rounds; round++)
        {
            var orders = Enumerable.Range(0, workers).Select(worker => Orders(load, worker, each)).ToArray();
            var lap = await Lap.RunAsync(
                workers, each, async (worker, i) => BenchBank.Must(await services[worker % nodes].ExecuteAsync(orders[worker][i])), _bank.EngineProcess);
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

        return (Lap.Median(laps), (double)stores.Commits / (laps.Count * workers * each));
    }

    private TransferOrder[] Orders(string load, int worker, int count)
    {
#pragma warning disable CA5394
        var random = new Random(unchecked((worker * 7919) + _keys));
#pragma warning restore CA5394
        return [.. Enumerable.Range(0, count).Select(_ => Order(load, random))];
    }

    private TransferOrder Order(string load, Random random)
    {
#pragma warning disable CA5394
        int Draw() => load == "Zipf(1.0)" ? Math.Min(_zipf.Length - 1, ~Array.BinarySearch(_zipf, random.NextDouble() * _zipf[^1]) is var at and >= 0 ? at : 0) : random.Next(_accounts.Count);
        var to = load == "one account" ? 0 : Draw();
        int from;
        do
        {
            from = load == "one account" ? random.Next(1, _accounts.Count) : Draw();
        }
        while (from == to);
#pragma warning restore CA5394
        return new TransferOrder
        {
            Actor = Actor.Customer(_accounts[from].OwnerId),
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"crowd {Interlocked.Increment(ref _keys)}"),
            Kind = TransferKind.Transfer,
            DebitAccountId = _accounts[from].Id,
            CreditAccountId = _accounts[to].Id,
            Amount = Money.Of(0.01m, Currency.Usd),
            DuplicateConfirmed = true,
        };
    }
}
