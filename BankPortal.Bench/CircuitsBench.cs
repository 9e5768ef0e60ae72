using System.Collections.Concurrent;
using BankPortal.Core.Fraud.Cases;
using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Bench;

/// <summary>
/// The memory that an open page takes of the server. Each page is opened by signed-in people in many circuits at once; once
/// nothing is drawn any more, the managed heap after a full collection is compared with the heap before. Then a crowd of
/// dashboards is open while money moves. The circuits are raw, see <see cref="CircuitClient"/>.
/// </summary>
internal sealed class CircuitsBench(BenchOptions options, Figures figures) : IAsyncDisposable
{
    private const int WarmCircuits = 5;
    private const int TabsEach = 4;
    private const int Days = 730;
    private const int CrowdDays = 90;
    private const int Cases = 30;
    private const int SettleSeconds = 90;
    private const int QuietMilliseconds = 2_000;
    private const int MostMilliseconds = 60_000;

    private readonly BenchPortal _portal = new();
    private readonly ConcurrentDictionary<string, double> _committed = new(StringComparer.Ordinal);
    private readonly List<Account> _paying = [];
    private readonly List<string> _buttons = ["6 months", "This month"];
    private readonly List<string> _staffPages = ["/fraud", "/staff"];

    public async ValueTask DisposeAsync() => await _portal.DisposeAsync();

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        await using var bench = new CircuitsBench(options, figures);
        return await bench.RunAsync();
    }

    private async Task<object> RunAsync()
    {
        await CircuitClient.InstallAsync();
        var address = _portal.Start();
        var timer = Stopwatch.StartNew();
        var people = Math.Max(Cases, options.Crowd / TabsEach);
        var secret = await _portal.AddAnalystAsync();
        var customers = await _portal.AddCustomersAsync(people);
        await SetUpAsync(customers);
        using var client = CircuitClient.Start("circuits.mjs", address.AbsoluteUri.TrimEnd('/'));

        // The first of them is the analyst, the second the customer with the long history.
        await CircuitClient.AskAsync(
            client,
            new
            {
                people = customers
                    .Select(customer => new { email = customer.Email, password = BenchPortal.Password, secret = "" })
                    .Prepend(new { email = BenchPortal.Email, password = BenchPortal.Password, secret }),
            }
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Memory of open pages: {options.CircuitCount} circuits of each, after a full collection (set up in {timer.Elapsed.TotalSeconds:N0} s)"
            )
        );
        var pages = await PagesAsync(client);
        var crowd = options.Crowd > 0 ? await CrowdAsync(client, people) : null;
        client.StandardInput.Close();
        await client.WaitForExitAsync();
        return new { pages, crowd };
    }

    private async Task<IReadOnlyList<object>> PagesAsync(Process client)
    {
        var table = new TextTable("page", "KB each", "KB each afterwards", "largest batch KB", "all batches KB", "heap MB before", "with", "after");
        var results = new List<object>();
        foreach (var page in options.CircuitPages)
        {
            // Whatever is made once (compiled code, caches) is not the page's weight.
            await OpenAsync(client, page, WarmCircuits);
            await CloseAsync(client);
            var before = Heap();
            var said = await OpenAsync(client, page, options.CircuitCount);
            var with = Heap();
            await CloseAsync(client);
            var after = Heap();
            var each = (with - before) / 1024.0 / options.CircuitCount;
            var kept = (after - before) / 1024.0 / options.CircuitCount;
            var (largest, all) = (said.GetProperty("largest").GetDouble() / 1024, said.GetProperty("all").GetDouble() / 1024);
            table.Add(
                page, Lap.Show(each, 0), Lap.Show(kept, 1), Lap.Show(largest, 1), Lap.Show(all, 1), Mega(before), Mega(with), Mega(after));
            figures.Less($"circuit of {page}: KB", each);
            figures.Less($"circuit of {page}: KB of the largest batch", largest);
            results.Add(new { page, circuits = options.CircuitCount, each, kept, largest, all, before, with, after });
        }

        table.Print();
        Console.WriteLine("Afterwards: what each closed circuit has left behind. Batches: what is sent to draw the page, until nothing more comes.");
        Console.WriteLine();
        return results;
    }

    private async Task<object> CrowdAsync(Process client, int people)
    {
        var seconds = options.Seconds * 10;
        await OpenAsync(client, "/account/dashboard", people, everybody: people);
        await CloseAsync(client);
        var fresh = (Heap: await SettleAsync(), Resident: Resident());
        await OpenAsync(client, "/account/dashboard", options.Crowd, everybody: people);
        var idle = (Heap: Heap(), Resident: Resident());
        await CircuitClient.AskAsync(client, new { listen = true });
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var clicking = CircuitClient.AskAsync(client, new { clicks = _buttons, perSecond = options.Clicks, seconds });
        await FlowAsync(TimeSpan.FromSeconds(seconds));
        var clicks = (await clicking).GetProperty("took").EnumerateArray().Select(took => took.GetDouble()).Order().ToArray();
        self.Refresh();
        var processor = (self.TotalProcessorTime - cpu).TotalMilliseconds / seconds;
        var busy = (Heap: Heap(), Resident: Resident());
        await Task.Delay(TimeSpan.FromSeconds(2));
        var said = await CircuitClient.AskAsync(client, new { arrivals = true });
        var latencies = said.GetProperty("arrivals").EnumerateArray()
            .Select(arrival => (Id: arrival[0].GetString()!, At: arrival[1].GetDouble()))
            .Where(arrival => _committed.ContainsKey(arrival.Id))
            .Select(arrival => Math.Max(0, arrival.At - _committed[arrival.Id]))
            .Order()
            .ToArray();
        await CloseAsync(client);
        var after = (Heap: await SettleAsync(), Resident: Resident());

        // Each transfer is on the dashboards of two customers.
        var expected = _committed.Count * 2 * (options.Crowd / people);
        var (p50, p95, p99) = (At(latencies, 0.5), At(latencies, 0.95), At(latencies, 0.99));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"A crowd: {options.Crowd} dashboards of {people} customers, {options.PerSecond} transfers a second between them for {seconds:0} s"
            )
        );
        var (click50, click95, click99) = (At(clicks, 0.5), At(clicks, 0.95), At(clicks, 0.99));
        var table = new TextTable("", "managed heap MB", "resident MB");
        table.Add("before", Mega(fresh.Heap), Mega(fresh.Resident));
        table.Add("all open, idle", Mega(idle.Heap), Mega(idle.Resident));
        table.Add("after the transfers", Mega(busy.Heap), Mega(busy.Resident));
        table.Add("all closed", Mega(after.Heap), Mega(after.Resident));
        table.Print();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"From commit to the arrival of the batch: p50 {p50:0}, p95 {p95:0}, p99 {p99:0} ms; {latencies.Length} of {expected} arrived; CPU {processor:0} ms a second"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"From a click to its answer, {options.Clicks} a second: p50 {click50:0}, p95 {click95:0}, p99 {click99:0} ms; {clicks.Length} clicks"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Afterwards: heap {(double)after.Heap / fresh.Heap:0.00} and resident memory {(double)after.Resident / fresh.Resident:0.00} times what they were before"
            )
        );
        Console.WriteLine();
        figures.Less("crowd of dashboards: p95 ms", p95);
        figures.Less("crowd of dashboards: p95 of a click, ms", click95);
        figures.Less("crowd of dashboards: heap afterwards to before", (double)after.Heap / fresh.Heap);
        figures.Less("crowd of dashboards: resident memory afterwards to before", (double)after.Resident / fresh.Resident);
        return new
        {
            circuits = options.Crowd,
            people,
            transfers = _committed.Count,
            arrived = latencies.Length,
            expected,
            p50,
            p95,
            p99,
            clicks = clicks.Length,
            click50,
            click95,
            click99,
            processor,
            heap = new { fresh = fresh.Heap, idle = idle.Heap, busy = busy.Heap, after = after.Heap },
            resident = new { fresh = fresh.Resident, idle = idle.Resident, busy = busy.Resident, after = after.Resident },
        };
    }

    private Task<System.Text.Json.JsonElement> OpenAsync(Process client, string page, int count, int everybody = 0)
    {
        int[] people =
            everybody > 0 ? [1, 1 + everybody]
            : _staffPages.Exists(staff => page.StartsWith(staff, StringComparison.Ordinal)) ? [0, 1]
            : [1, 2];
        return CircuitClient.AskAsync(
            client,
            new { path = page, count, people, quiet = QuietMilliseconds, most = MostMilliseconds }
        );
    }

    private static async Task CloseAsync(Process client)
    {
        await CircuitClient.AskAsync(client, new { close = true });

        // The server disposes circuits after it has answered.
        await Task.Delay(TimeSpan.FromSeconds(1));
    }

    // Steady: the next is sent when its time has come, whatever the one before took.
    private async Task FlowAsync(TimeSpan duration)
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

            under.Add(SendAsync(ledger, _paying[i % _paying.Count], _paying[(i + 1) % _paying.Count], i));
        }

        await Task.WhenAll(under);
    }

    private async Task SendAsync(LedgerService ledger, Account from, Account to, int number)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"crowd-{number}");
        var transfer = BenchBank.Must(await ledger.ExecuteAsync(BenchBank.Order(from, to, 1 + (number % 5), key)));
        _committed[transfer.Id] = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
    }

    // The first customer has two years of entries, the crowd a quarter. Everybody has three accounts.
    private async Task SetUpAsync(IReadOnlyList<(string Email, string Id)> customers)
    {
        foreach (var (customer, number) in customers.Select((customer, number) => (customer, number)))
        {
            var days = number == 0 ? Days : CrowdDays;
            var accounts = new List<Account>();
            foreach (var (name, type, entries) in new[]
            {
                ("daily", AccountType.Checking, days),
                ("reserve", AccountType.Savings, days / 30),
                ("travel", AccountType.Savings, days / 10),
            })
            {
                var first = DateTimeOffset.UtcNow.AddDays(-days);
                var account = BenchBank.Must(
                    await _portal.Services.GetRequiredService<AccountService>()
                        .OpenForAsync(Actor.System, customer.Id, new OpenAccount($"bench {name}", type, name), openedAt: first)
                );
                await HistoryWriter.WriteAsync(_portal.Services, account, entries, i => first + (TimeSpan.FromDays(days) * i / entries));
                accounts.Add(account);
            }

            _paying.Add(accounts[0]);
        }

        var cases = _portal.Services.GetRequiredService<CaseService>();
        var analyst = new Actor("bench-analyst", [BankRoles.Analyst]);
        foreach (var customer in customers.Take(Cases))
        {
            BenchBank.Must(await cases.OpenForCustomerAsync(analyst, CaseKind.Fraud, customer.Id, "Something for the list"));
        }
    }

    private static long Heap()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }

    private static long Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }

    // Buffer pools and the collector give memory back little by little, and a server without any visitor would not collect.
    private static async Task<long> SettleAsync()
    {
        for (var i = 0; i < SettleSeconds / 10; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(10));
            Heap();
        }

        return Heap();
    }

    private static string Mega(long bytes) => Lap.Show(bytes / 1048576.0, 1);

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
