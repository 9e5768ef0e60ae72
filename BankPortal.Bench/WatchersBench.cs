using System.Collections.Concurrent;
using BankPortal.Infrastructure.Dynamo.Engine;

namespace BankPortal.Bench;

/// <summary>
/// The live monitor with watchers: how long after its commit a transfer is on their screens, and what each of them costs the
/// server. The circuits are raw: a client that speaks Blazor's protocol over a socket and acknowledges every batch, but
/// draws nothing. One page in a real browser draws. Everything runs on this one machine, so the clients take processor time
/// from the server; the figures are what is left then.
/// </summary>
internal sealed class WatchersBench(BenchOptions options, Figures figures) : IAsyncDisposable
{
    private const int MostListening = 20;

    private readonly BenchPortal _portal = new();
    private readonly ConcurrentDictionary<string, double> _committed = new(StringComparer.Ordinal);
    private readonly List<object> _results = [];
    private readonly TextTable _table = new(
        "",
        "watchers",
        "transfers",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "missed",
        "CPU ms/s each",
        "KB each",
        "KB/s each"
    );
    private string _secret = "";
    private int _keys;

    public async ValueTask DisposeAsync() => await _portal.DisposeAsync();

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        await using var bench = new WatchersBench(options, figures);
        return await bench.RunAsync();
    }

    private async Task<object> RunAsync()
    {
        await CircuitClient.InstallAsync();
        var address = _portal.Start();
        _secret = await _portal.AddAnalystAsync();
        var accounts = await OpenAsync();

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Live monitor, {options.PerSecond} transfers a second for {options.Seconds * 10:0} s; of many watchers {MostListening} are listened to"
            )
        );
        var idle = await MeasureAsync("nobody watches", address, accounts, 0, browser: false, 0);
        foreach (var watchers in options.Watchers)
        {
            await MeasureAsync("same node", address, accounts, watchers, browser: false, idle);
        }

        if (Browser is not null)
        {
            await MeasureAsync("same node, in Chromium", address, accounts, 0, browser: true, idle);
        }

        // A second node: the same portal, with nothing in common with the first but the database.
        await using (
            var other = new BenchPortal(
                new Uri(FormattableString.Invariant($"http://127.0.0.1:{_portal.Services.GetRequiredService<EmbeddedEngine>().Port}"))
            )
        )
        {
            await MeasureAsync("another node", other.Start(), accounts, 1, browser: false, idle);
        }

        _table.Print();
        Console.WriteLine(
            "Latency: from the answer to the commit to the arrival of the batch that shows it; in Chromium until it is in the page. CPU: of the"
        );
        Console.WriteLine(
            "server's process, less what it takes when nobody watches. KB: managed memory after a collection, less what it was before they came."
        );
        Console.WriteLine();
        return _results;
    }

    private static string? Browser =>
        new[]
        {
            Environment.GetEnvironmentVariable("BANKPORTAL_TEST_BROWSER"),
            "/usr/bin/chromium",
            "/usr/bin/google-chrome",
        }.FirstOrDefault(path => path is { Length: > 0 } && File.Exists(path));

    private async Task<double> MeasureAsync(string name, Uri address, List<Account> accounts, int watchers, bool browser, double idle)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var client = watchers > 0 || browser ? Start(address, watchers, browser) : null;
        if (client is not null)
        {
            await CircuitClient.ReadAsync(client);
        }

        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        _committed.Clear();
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        await FlowAsync(accounts, TimeSpan.FromSeconds(options.Seconds * 10));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        self.Refresh();
        var perSecond = (self.TotalProcessorTime - cpu).TotalMilliseconds / seconds;
        if (client is null)
        {
            _table.Add(name, "0", Show(_committed.Count, 0), "", "", "", "", "", "", "");
            return perSecond;
        }

        // The last ones are on their way for as long as another node takes to look.
        await Task.Delay(TimeSpan.FromSeconds(4));
        await client.StandardInput.WriteLineAsync("stop");
        var said = await CircuitClient.ReadAsync(client);
        var latencies = said.GetProperty("arrivals").EnumerateArray()
            .Select(arrival => (Id: arrival[0].GetString()!, At: arrival[1].GetDouble()))
            .Where(arrival => _committed.ContainsKey(arrival.Id))
            .Select(arrival => Math.Max(0, arrival.At - _committed[arrival.Id]))
            .Order()
            .ToArray();
        var listening = Math.Min(watchers, MostListening) + (browser ? 1 : 0);
        var missed = (_committed.Count * listening) - latencies.Length;
        var each = Math.Max(1, watchers + (browser ? 1 : 0));
        var kilobytes = memory / 1024.0 / each;
        var sent = said.GetProperty("bytes").EnumerateArray().Sum(bytes => bytes.GetDouble()) / 1024 / seconds / each;
        var processor = Math.Max(0, perSecond - idle) / each;
        _table.Add(
            name,
            Show(each, 0),
            Show(_committed.Count, 0),
            Show(At(latencies, 0.5), 0),
            Show(At(latencies, 0.95), 0),
            Show(At(latencies, 0.99), 0),
            Show(missed, 0),
            Show(processor, 2),
            browser || watchers == 1 ? "" : Show(kilobytes, 0),
            browser ? "" : Show(sent, 1)
        );
        _results.Add(
            new
            {
                name,
                watchers = each,
                transfers = _committed.Count,
                p50 = At(latencies, 0.5),
                p95 = At(latencies, 0.95),
                p99 = At(latencies, 0.99),
                missed,
                processor,
                kilobytes,
                sent,
            }
        );
        figures.Less(string.Create(CultureInfo.InvariantCulture, $"live monitor, {name}, {each} watchers: p95 ms"), At(latencies, 0.95));
        figures.Less(string.Create(CultureInfo.InvariantCulture, $"live monitor, {name}, {each} watchers: KB each"), kilobytes);
        await client.WaitForExitAsync();
        return perSecond;
    }

    // Steady: the next is sent when its time has come, whatever the one before took.
    private async Task FlowAsync(List<Account> accounts, TimeSpan duration)
    {
        var ledger = _portal.Services.GetRequiredService<LedgerService>();
        var under = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; ; i++)
        {
            var due = TimeSpan.FromSeconds(i / (double)options.PerSecond);
            if (due > duration)
            {
                break;
            }

            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait);
            }

            under.Add(SendAsync(ledger, accounts[i % accounts.Count], accounts[(i + 1) % accounts.Count], i));
        }

        await Task.WhenAll(under);
    }

    private async Task SendAsync(LedgerService ledger, Account from, Account to, int number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"watch-{Interlocked.Increment(ref _keys)}");
        var transfer = BenchBank.Must(await ledger.ExecuteAsync(BenchBank.Order(from, to, 6 + (number % 90), key)));
        _committed[transfer.Id] = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
    }

    private async Task<List<Account>> OpenAsync()
    {
        var (service, ledger) = (
            _portal.Services.GetRequiredService<AccountService>(),
            _portal.Services.GetRequiredService<LedgerService>()
        );
        var accounts = new List<Account>();
        for (var i = 0; i < 200; i++)
        {
            var account = BenchBank.Must(
                await service.OpenAsync(
                    Actor.Customer(string.Create(CultureInfo.InvariantCulture, $"watched-{i}")),
                    new OpenAccount("bench", AccountType.Checking)
                )
            );
            BenchBank.Must(
                await ledger.ExecuteAsync(
                    new TransferOrder
                    {
                        Actor = Actor.System,
                        IdempotencyKey = "opening-" + account.Id,
                        Kind = TransferKind.Opening,
                        DebitAccountId = GeneralLedger.Opening(account.Currency),
                        CreditAccountId = account.Id,
                        Amount = Money.Of(20_000, account.Currency),
                    }
                )
            );
            accounts.Add(account);
        }

        return accounts;
    }

    private Process Start(Uri address, int watchers, bool browser)
    {
        string[] arguments =
        [
            "watch.mjs",
            address.AbsoluteUri.TrimEnd('/'),
            BenchPortal.Email,
            BenchPortal.Password,
            _secret,
            options.Page,
            watchers.ToString(CultureInfo.InvariantCulture),
            MostListening.ToString(CultureInfo.InvariantCulture),
            .. browser ? [Browser!] : Array.Empty<string>(),
        ];
        return CircuitClient.Start(arguments);
    }

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];

    private static string Show(double value, int digits) => Lap.Show(value, digits);
}
