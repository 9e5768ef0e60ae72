using System.Collections.Concurrent;
using BankPortal.Core.Fraud.Live;
using BankPortal.Infrastructure.Fraud;

namespace BankPortal.Bench;

/// <summary>
/// The live monitor with more and more who watch, at a steady flow: how long after its commit a transfer is in the frame
/// that a watcher gets, and what that takes of the process. Once for transfers of the watching node, once for those of
/// another one on the same database. Not in it: rendering the page, the connection and the browser.
/// </summary>
internal static class FrameBench
{
    private const int PerSecond = 20;
    private const int LeastSeconds = 10;

    private static readonly int[] Crowds = [1, 100, 500];
    private static readonly Actor Analyst = new("analyst", [BankRoles.Analyst]);

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        var seconds = Math.Max(LeastSeconds, (int)options.Seconds);
        await using var bank = await BenchBank.StartAsync(builder => builder.Services.AddFraud());
        await using var other = await BenchBank.JoinAsync(bank.Endpoint);
        var accounts = await bank.OpenAsync("watched", options.Accounts, 1_000_000);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"From commit to the frame a watcher gets, {PerSecond} transfers a second for {seconds} s, all watchers together:"
            )
        );
        var table = new TextTable("transfers of", "watchers", "p50 ms", "p95 ms", "p99 ms", "frames/s", "CPU ms/s", "KB allocated/s");
        var results = new List<object>();

        // Compiles what is measured.
        await MeasureAsync(bank, bank, accounts, 1, 2);
        foreach (var (name, from) in new[] { ("this node", bank), ("another node", other) })
        {
            foreach (var watchers in Crowds)
            {
                var found = await MeasureAsync(bank, from, accounts, watchers, seconds);
                table.Add(
                    name,
                    watchers.ToString(CultureInfo.InvariantCulture),
                    Lap.Show(found.P50, 0),
                    Lap.Show(found.P95, 0),
                    Lap.Show(found.P99, 0),
                    Lap.Show(found.Frames, 1),
                    Lap.Show(found.Cpu, 0),
                    Lap.Show(found.Allocated, 0)
                );
                figures.Less($"watchers, transfers of {name}, {watchers}: p95 ms", found.P95);
                figures.Less($"watchers, transfers of {name}, {watchers}: CPU ms a second", found.Cpu);
                results.Add(new { name, watchers, found.P50, found.P95, found.P99, found.Frames, found.Cpu, found.Allocated });
            }
        }

        table.Print();
        Console.WriteLine(
            "CPU and memory are of this process, in which both nodes run, with the ledger's own work for the transfers. Rendering, connection and browser are not in it."
        );
        Console.WriteLine();
        await bank.VerifyAsync();
        return results;
    }

    private static async Task<Found> MeasureAsync(BenchBank bank, BenchBank from, List<Account> accounts, int count, int seconds)
    {
        var committed = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);

        // Ahead of the monitor, so that the time of commit is known when its frame comes.
        using var noting = from.Get<TransferFeed>().SubscribeAll(transfer => committed[transfer.Id] = Stopwatch.GetTimestamp());
        using var monitor = NewMonitor(bank);
        var watchers = Enumerable.Range(0, count).Select(_ => new Watcher(committed)).ToList();
        var watches = watchers.ConvertAll(watcher => monitor.Watch(Analyst, watcher.Take).Value);
        var first = await watches[0].FirstAsync();
        committed.Clear();
        watchers.ForEach(watcher => watcher.Begin(first.LastNumber));

        using var self = Process.GetCurrentProcess();
        var (cpu, allocated, start) = (self.TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
        var sent = new List<Task>();
        for (var i = 0; i < seconds * PerSecond; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            sent.Add(SendAsync(from, accounts[i % accounts.Count], accounts[(i + 1) % accounts.Count]));
        }

        await Task.WhenAll(sent);
        await WaitAsync(watchers, committed.Count);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        self.Refresh();
        var result = new Found(
            Quantile(watchers, 0.5), Quantile(watchers, 0.95), Quantile(watchers, 0.99), watchers[0].Frames / elapsed,
            (self.TotalProcessorTime - cpu).TotalMilliseconds / elapsed, (GC.GetTotalAllocatedBytes() - allocated) / 1024.0 / elapsed);
        watches.ForEach(watch => watch.Dispose());
        return result;
    }

    private static LiveMonitor NewMonitor(BenchBank bank) =>
        new(
            bank.Get<ITransferFeedReader>(),
            bank.Get<ILedgerStore>(),
            bank.Get<IAccountStore>(),
            bank.Get<TransferFeed>(),
            new MonitorOptions { Linger = TimeSpan.Zero },
            bank.Get<AccountOptions>(),
            TimeProvider.System,
            bank.Get<Microsoft.Extensions.Logging.ILogger<LiveMonitor>>()
        );

    private static async Task SendAsync(BenchBank bank, Account from, Account to) =>
        BenchBank.Must(
            await bank.Ledger.ExecuteAsync(
                new TransferOrder
                {
                    Actor = Actor.Customer(from.OwnerId),
                    IdempotencyKey = Guid.NewGuid().ToString("N"),
                    Kind = TransferKind.Transfer,
                    DebitAccountId = from.Id,
                    CreditAccountId = to.Id,
                    Amount = Money.Of(1, from.Currency),
                    DuplicateConfirmed = true,
                }
            )
        );

    private static async Task WaitAsync(List<Watcher> watchers, int expected)
    {
        var limit = Stopwatch.GetTimestamp();
        while (watchers.Exists(watcher => watcher.Count < expected))
        {
            if (Stopwatch.GetElapsedTime(limit) > TimeSpan.FromMinutes(1))
            {
                throw new BenchFailedException("Not every transfer came to every watcher.");
            }

            await Task.Delay(20);
        }
    }

    private static double Quantile(List<Watcher> watchers, double share)
    {
        var sorted = watchers.SelectMany(watcher => watcher.Times).Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }

    private sealed record Found(double P50, double P95, double P99, double Frames, double Cpu, double Allocated);

    /// <summary>Takes from each frame what it has not seen, as the page does.</summary>
    private sealed class Watcher(ConcurrentDictionary<string, long> committed)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
        private long _last = long.MaxValue;

        public List<double> Times { get; } = [];

        public int Frames { get; private set; }

        public int Count { get; private set; }

        public void Begin(long last) => _last = last;

        public void Take(LiveFrame frame)
        {
            if (_last == long.MaxValue)
            {
                return;
            }

            Frames++;
            foreach (var added in frame.Events)
            {
                if (added.Number > _last && committed.TryGetValue(added.Transfer.Id, out var at) && _seen.Add(added.Transfer.Id))
                {
                    Times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                }
            }

            _last = frame.LastNumber;
            Count = Times.Count;
        }
    }
}
