using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Dynamo.Items;
using BankPortal.Infrastructure.Ledger;

namespace BankPortal.Bench;

/// <summary>
/// Transfers through the ledger's service beside the bare engine. The bare engine is given the very requests that the
/// service would send, made and encrypted beforehand, and every worker has accounts of its own, so that none ever waits for
/// another: it is the most that any service over the same writes could reach. The service reads, decides, encrypts, and
/// its workers meet in the same accounts. Everything written on either side is a valid part of the ledger, which are
/// verified at the end. The service remembers rows it has just written and then need not read them, which is always so with
/// accounts as busy as these; so it is measured a second time with that turned off, as for accounts that come up rarely.
/// Then the loads that real people make, in turn with the same bare writes: even, skewed, and everybody at one account.
/// </summary>
internal sealed class LedgerBench
{
    private const string Service = "ledger service";
    private const string ReadingService = "ledger service, always reading";
    private const string Writes = "bare writes";
    private const string ReadsAndWrites = "bare read + writes";
    private const string OneByOne = Load.IntoOne + ", one after another";

    private readonly BenchBank _bank;
    private readonly BenchOptions _options;
    private readonly LedgerService _reading;
    private readonly List<Account> _forService;
    private readonly List<Account> _forReading;
    private readonly List<Account> _forBare;
    private readonly Figures _figures;
    private readonly Random _random = new(20261120);
    private int _keys;

    private LedgerBench(
        BenchBank bank,
        BenchOptions options,
        List<Account> forService,
        List<Account> forReading,
        List<Account> forBare,
        Figures figures
    )
    {
        _bank = bank;
        _options = options;
        _reading = bank.NewLedger(o => o.RememberRowsFor = TimeSpan.Zero);
        _forService = forService;
        _forReading = forReading;
        _forBare = forBare;
        _figures = figures;
    }

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        await using var bank = await BenchBank.StartAsync(countRequests: false);
        var bench = new LedgerBench(
            bank,
            options,
            await bank.OpenAsync("service", options.Accounts, 1_000_000),
            await bank.OpenAsync("reading", options.Accounts, 1_000_000),
            await bank.OpenAsync("bare", options.Accounts, 1_000_000),
            figures
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Transfers over {options.Accounts} accounts, five items in one transaction; medians of {options.Rounds} rounds in turn"
            )
        );
        var table = new TextTable("", "workers", "transfers/s", "p50 ms", "p95 ms", "p99 ms", "KB allocated", "CPU ms", "engine CPU ms");
        var results = new List<object>();
        var ratios = new List<string>();
        foreach (var workers in options.Workers)
        {
            var laps = await bench.MeasureAsync(workers);
            foreach (var (name, of) in laps)
            {
                var median = Lap.Median(of);
                table.Add(
                    name,
                    workers.ToString(CultureInfo.InvariantCulture),
                    Lap.Show(median.PerSecond, 0),
                    Lap.Show(median.P50, 2),
                    Lap.Show(median.P95, 2),
                    Lap.Show(median.P99, 2),
                    Lap.Show(median.AllocatedKilobytes, 1),
                    Lap.Show(median.CpuMilliseconds, 2),
                    Lap.Show(median.EngineCpuMilliseconds, 2)
                );
                figures.Add(string.Create(CultureInfo.InvariantCulture, $"{name}, {workers} workers"), median);
            }

            foreach (var service in (string[])[Service, ReadingService])
            {
                foreach (var bare in (string[])[Writes, ReadsAndWrites])
                {
                    var bySpeed = Ratios(laps, service, bare, lap => lap.PerSecond);
                    var byCost = Ratios(laps, service, bare, lap => 1 / (lap.CpuMilliseconds + lap.EngineCpuMilliseconds));
                    ratios.Add($"{workers,3} workers, {service} to {bare}: {Show(bySpeed)}; by processor time {Show(byCost)}");
                    results.Add(
                        new
                        {
                            workers,
                            service,
                            bare,
                            bySpeed = Lap.Median(bySpeed),
                            byProcessorTime = Lap.Median(byCost),
                        }
                    );
                    figures.More(
                        string.Create(CultureInfo.InvariantCulture, $"{service} to {bare}, {workers} workers: ratio by transfers/s"),
                        Lap.Median(bySpeed)
                    );
                    figures.More(
                        string.Create(CultureInfo.InvariantCulture, $"{service} to {bare}, {workers} workers: ratio by processor time"),
                        Lap.Median(byCost)
                    );
                }
            }

            results.Add(new { workers, laps });
        }

        table.Print();
        Console.WriteLine(
            "Ratios of each round (median, lowest to highest): by transfers per second, and by the processor time of both processes for"
        );
        Console.WriteLine("one transfer, which other work on the machine sways less:");
        ratios.ForEach(line => Console.WriteLine("  " + line));
        var loads = await bench.LoadsAsync();
        var parts = bench.Parts();
        figures.Less("deciding a transfer: µs", parts.Decide);
        figures.Less("making a transfer's items: µs", parts.Items);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"What the service does itself for one transfer, in µs of processor time: decide {parts.Decide:0}, make the items {parts.Items:0}, of which encryption {parts.Encryption:0}"
            )
        );
        var verified = await bank.VerifyAsync();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The ledger afterwards: {verified.Transfers:N0} transfers, {verified.Entries:N0} entries, no violation."
            )
        );
        Console.WriteLine();
        return new
        {
            results,
            loads,
            parts,
        };
    }

    private static double[] Ratios(Dictionary<string, List<Lap>> laps, string service, string bare, Func<Lap, double> figure) =>
        [.. laps[service].Zip(laps[bare], (ours, theirs) => figure(ours) / figure(theirs))];

    private static string Show(double[] ratios) =>
        string.Create(CultureInfo.InvariantCulture, $"{Lap.Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00})");

    // The loads through one node, whose orders for the same account share commits, beside the bare writes that never meet.
    private async Task<object> LoadsAsync()
    {
        var workers = _options.Workers.Max();
        var runs = new Dictionary<string, LoadRun>(StringComparer.Ordinal);
        foreach (var name in (string[])[.. Load.Kinds, OneByOne])
        {
            // Accounts of its own: on shared ones each node would remember rows that the others have changed since.
            var accounts = await _bank.OpenAsync(name, _options.Accounts, 1_000_000);
            runs[name] = new LoadRun(_bank, new Load(name == OneByOne ? Load.IntoOne : name, accounts), name == OneByOne ? 1 : workers);
        }

        var ways = runs.ToDictionary(
            run => run.Key,
            run => (run.Value.Workers, (Func<int, Task<Lap>>)run.Value.RunAsync),
            StringComparer.Ordinal
        );
        ways[Writes] = (workers, each => BareAsync(workers, each, read: false));
        var laps = await InTurnAsync(ways);

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Loads over {_options.Accounts} accounts each, through one node each, {workers} workers:"
            )
        );
        var table = new TextTable(
            "",
            "transfers/s",
            "p50 ms",
            "p99 ms",
            "commits/transfer",
            "tries/transfer",
            "KB allocated",
            "to bare writes"
        );
        var results = new List<object>();
        foreach (var (name, of) in laps)
        {
            var median = Lap.Median(of);
            var ratio = Lap.Median(Ratios(laps, name, Writes, lap => lap.PerSecond));
            var (commits, tries) = runs.TryGetValue(name, out var run) ? (run.CommitsPerTransfer, run.TriesPerTransfer) : (1, 1);
            table.Add(
                name,
                Lap.Show(median.PerSecond, 0),
                Lap.Show(median.P50, 2),
                Lap.Show(median.P99, 2),
                Lap.Show(commits, 2),
                Lap.Show(tries, 2),
                Lap.Show(median.AllocatedKilobytes, 1),
                Lap.Show(ratio, 2)
            );
            results.Add(
                new
                {
                    load = name,
                    commitsPerTransfer = commits,
                    triesPerTransfer = tries,
                    toBareWrites = ratio,
                    laps = of,
                }
            );
            if (run is not null)
            {
                _figures.Add($"load {name}", median);
                _figures.Less($"load {name}: commits/transfer", commits);
                _figures.Less($"load {name}: tries/transfer", tries);
                _figures.More($"load {name}: ratio to bare writes", ratio);
            }
        }

        table.Print();
        var together = Lap.Median(Ratios(laps, Load.IntoOne, OneByOne, lap => lap.PerSecond));
        _figures.More("one account, together to one after another: ratio", together);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Everybody pays one account, together to one after another: {together:0.0}. The engine is near here and works for each item; the command"
            )
        );
        Console.WriteLine("crowds has a --latency, with which a commit costs what it does over a network.");
        return results;
    }

    private Task<Dictionary<string, List<Lap>>> MeasureAsync(int workers) =>
        InTurnAsync(
            new Dictionary<string, (int, Func<int, Task<Lap>>)>(StringComparer.Ordinal)
            {
                [Service] = (workers, each => ServiceAsync(_bank.Ledger, _forService, workers, each)),
                [ReadingService] = (workers, each => ServiceAsync(_reading, _forReading, workers, each)),
                [Writes] = (workers, each => BareAsync(workers, each, read: false)),
                [ReadsAndWrites] = (workers, each => BareAsync(workers, each, read: true)),
            }
        );

    private async Task<Dictionary<string, List<Lap>>> InTurnAsync(Dictionary<string, (int Workers, Func<int, Task<Lap>> RunAsync)> ways)
    {
        // Long enough for the compiler to have seen everything; the second time tells how many fit into a round.
        var each = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var warmUp = 0; warmUp < 2; warmUp++)
        {
            foreach (var (name, way) in ways)
            {
                var rate = (await way.RunAsync(Math.Max(1, 200 / way.Workers))).PerSecond;
                each[name] = Math.Max(10, (int)(rate * _options.Seconds / way.Workers));
            }
        }

        var laps = ways.Keys.ToDictionary(name => name, _ => new List<Lap>(), StringComparer.Ordinal);
        for (var round = 0; round < _options.Rounds; round++)
        {
            // Each goes first in its turn, so that none always profits from what another left behind.
            foreach (var name in Enumerable.Range(0, ways.Count).Select(i => ways.Keys.ElementAt((i + round) % ways.Count)))
            {
                // A short lead-in, so that what is measured is steady work and not its beginning.
                await ways[name].RunAsync(Math.Max(1, each[name] / 4));
                laps[name].Add(await ways[name].RunAsync(each[name]));
            }
        }

        return laps;
    }

    // Without the engine, one after the other on this thread: measured by processor time, so other work on the machine hardly matters.
    private PartCosts Parts()
    {
        const int Count = 3000;
        var orders = Enumerable.Range(0, Count).Select(_ => Order(_forBare)).ToList();
        var accounts = ImmutableDictionary.CreateRange(StringComparer.Ordinal, _forBare.Select(a => KeyValuePair.Create(a.Id, a)));
        var commits = new List<LedgerCommit>(Count);
        var decide = Cost(i => commits.Add(_bank.Decide(orders[i], accounts, DateTimeOffset.UtcNow)));
        var items = Cost(i => _bank.Store.Writes(commits[i]));
        var encryption = Cost(i =>
        {
            _bank.Protector.Protect("ledger.transfer", "Rent for November, flat 3b\u001fAnn Example ••1234\u001fBob Example ••1234");
            _bank.Protector.Protect("ledger.entry", "Rent for November, flat 3b\u001fAnn Example ••1234");
            _bank.Protector.Protect("ledger.entry", "Rent for November, flat 3b\u001fBob Example ••1234");
        });
        return new PartCosts(decide, items, encryption);

        static double Cost(Action<int> work)
        {
            using var self = Process.GetCurrentProcess();
            var start = self.TotalProcessorTime;
            for (var i = 0; i < Count; i++)
            {
                work(i);
            }

            self.Refresh();
            return (self.TotalProcessorTime - start).TotalMicroseconds / Count;
        }
    }

    private Task<Lap> ServiceAsync(LedgerService ledger, List<Account> accounts, int workers, int each)
    {
        var orders = Enumerable.Range(0, workers).Select(_ => Enumerable.Range(0, each).Select(_ => Order(accounts)).ToArray()).ToArray();
        return Lap.RunAsync(
            workers,
            each,
            async (worker, i) => BenchBank.Must(await ledger.ExecuteAsync(orders[worker][i])),
            _bank.EngineProcess
        );
    }

    private Task<Lap> BareAsync(int workers, int each, bool read)
    {
        var requests = Enumerable.Range(0, workers).Select(worker => Prepare(worker, workers, each, read)).ToArray();
        var client = _bank.Database.Client;
        return Lap.RunAsync(
            workers,
            each,
            async (worker, i) =>
            {
                var (reads, writes) = requests[worker][i];
                if (reads is not null)
                {
                    await client.BatchGetItemAsync(reads);
                }

                await client.TransactWriteItemsAsync(writes);
            },
            _bank.EngineProcess
        );
    }

    // Decides the worker's transfers one after another on the rows as they will be then.
    private (BatchGetItemRequest? Reads, TransactWriteItemsRequest Writes)[] Prepare(int worker, int workers, int each, bool read)
    {
        var own = Enumerable.Range(0, _forBare.Count).Where(i => i % workers == worker).ToList();
        var requests = new (BatchGetItemRequest?, TransactWriteItemsRequest)[each];
        for (var i = 0; i < each; i++)
        {
            var order = Order([.. own.Select(index => _forBare[index])]);
            var accounts = ImmutableDictionary.CreateRange(
                StringComparer.Ordinal,
                own.Select(index => _forBare[index])
                    .Where(a => a.Id == order.DebitAccountId || a.Id == order.CreditAccountId)
                    .Select(a => KeyValuePair.Create(a.Id, a))
            );
            var commit = _bank.Decide(order, accounts, DateTimeOffset.UtcNow);
            foreach (var account in commit.Accounts)
            {
                _forBare[own.First(index => _forBare[index].Id == account.Id)] = account;
            }

            requests[i] = (read ? Reads(order) : null, new TransactWriteItemsRequest { TransactItems = _bank.Store.Writes(commit) });
        }

        return requests;
    }

    private BatchGetItemRequest Reads(TransferOrder order) =>
        new()
        {
            RequestItems = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [_bank.Database.TableName(LedgerTables.Transfers)] = new()
                {
                    Keys = [Key("transfer_id", order.TransferId)],
                    ConsistentRead = true,
                },
                [_bank.Database.TableName(AccountTables.Accounts)] = new()
                {
                    Keys = [Key(AccountItems.Key, order.DebitAccountId), Key(AccountItems.Key, order.CreditAccountId)],
                    ConsistentRead = true,
                },
            },
        };

    private static Dictionary<string, AttributeValue> Key(string name, string value) =>
        new(StringComparer.Ordinal) { [name] = Attr.S(value) };

    // A node of its own, with everything counted that it commits.
    private sealed class LoadRun
    {
        private readonly BenchBank _bank;
        private readonly CountingStore _store;
        private readonly LedgerService _node;
        private readonly Load _load;
        private int _transfers;

        public LoadRun(BenchBank bank, Load load, int workers)
        {
            _bank = bank;
            _load = load;
            Workers = workers;
            _store = new CountingStore(bank.Store);
            _node = bank.NewLedger(options => options.MaxTries = 200, _store);
        }

        public int Workers { get; }

        public double CommitsPerTransfer => (double)_store.Commits / _transfers;

        public double TriesPerTransfer => (double)_store.Tries / _transfers;

        public Task<Lap> RunAsync(int each)
        {
            var orders = _load.Orders(Workers, each);
            _transfers += Workers * each;
            return Lap.RunAsync(
                Workers,
                each,
                async (worker, i) => BenchBank.Must(await _node.ExecuteAsync(orders[worker][i])),
                _bank.EngineProcess
            );
        }
    }

    private sealed record PartCosts(double Decide, double Items, double Encryption);

    private TransferOrder Order(List<Account> accounts)
    {
        var from = _random.Next(accounts.Count);
        var to = (from + 1 + _random.Next(accounts.Count - 1)) % accounts.Count;
        return new TransferOrder
        {
            Actor = Actor.Customer(accounts[from].OwnerId),
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"bench-{_keys++}"),
            Kind = TransferKind.Transfer,
            DebitAccountId = accounts[from].Id,
            CreditAccountId = accounts[to].Id,
            Amount = new Money(_random.Next(1, 500), accounts[from].Currency),
            Description = "Rent for November, flat 3b",
            CreditName = "Ann Example",
            DebitName = "Bob Example",
            DuplicateConfirmed = true,
        };
    }
}
