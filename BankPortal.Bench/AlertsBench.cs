using System.Collections.Concurrent;
using System.Net;
using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Core.Notifications.Preferences;
using BankPortal.Infrastructure.Notifications.Preferences;

namespace BankPortal.Bench;

/// <summary>
/// From the commit of a transfer to its messages: how long they take at a steady pace, and whether any is lost when the process that sends
/// them is killed again and again. That process is one of its own with the portal's jobs; its channel is an HTTP listener here.
/// </summary>
internal static class AlertsBench
{
    private const int Pairs = 16;
    private const int PerSecond = 100;
    private const int Kills = 10;

    private static readonly TimeSpan Aim = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan NothingNewFor = TimeSpan.FromSeconds(60);

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        var length = TimeSpan.FromSeconds(Math.Max(10, options.Seconds * 10));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Alerts: {PerSecond} transfers a second for {length.TotalSeconds:0} s, two messages each; then the same while the process that sends is killed {Kills} times"));
        await using var bank = await BenchBank.StartAsync(countRequests: false);
        var accounts = await bank.OpenAsync("alerts", 2 * Pairs, 1_000_000);
        await ChooseAsync(bank, accounts);
        await using var sink = new MessageSink();
        var (steady, late) = await SteadyAsync(bank, sink, accounts, length);
        var (sent, lost, repeated) = await KillingAsync(bank, sink, accounts, Kills);
        var table = new TextTable("", "transfers", "messages", "p50 ms", "p95 ms", "lost", "repeated");
        table.Add("steady", Show(steady.Transfers), Show(steady.Messages), Lap.Show(steady.Median, 0), Lap.Show(steady.P95, 0), Show(late), "");
        table.Add(string.Create(CultureInfo.InvariantCulture, $"killed {Kills} times"), Show(sent), Show(2 * sent), "", "", Show(lost), Show(repeated));
        table.Print();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  Within {Aim.TotalSeconds:0} s: {steady.WithinAim:P1} (aim 95 %)"));
        figures.Less("alerts: commit to message, p95 ms", steady.P95);
        if (late + lost > 0)
        {
            throw new BenchFailedException("Messages were lost.");
        }

        return new { steady, killed = new { sent, lost, repeated } };
    }

    private static async Task<(Steady Figures, int Late)> SteadyAsync(
        BenchBank bank, MessageSink sink, List<Account> accounts, TimeSpan length)
    {
        using var sender = await StartSenderAsync(bank, sink, accounts);
        var before = sink.Arrivals.Count;
        var committed = await TransferAsync(bank, accounts, "s", length);
        await sink.WaitAsync(before + (2 * committed.Count), NothingNewFor);
        Kill(sender);
        var waits = new List<double>();
        foreach (var (reference, at) in committed)
        {
            waits.AddRange(sink.Of(reference).Select(arrived => Stopwatch.GetElapsedTime(at, arrived).TotalMilliseconds));
        }

        waits.Sort();
        var within = (double)waits.Count(wait => wait <= Aim.TotalMilliseconds) / (2 * committed.Count);
        var figures = new Steady(committed.Count, waits.Count, Lap.Median(waits), waits[(int)(waits.Count * 0.95)], within);
        return (figures, (2 * committed.Count) - waits.Count);
    }

    /// <summary>Kills the process that sends in the middle of its work, and counts.</summary>
    /// <param name="kills">How often.</param>
    /// <returns>The transfers, and of their messages those that were lost and those that came again.</returns>
    public static async Task<(int Sent, int Lost, int Repeated)> KillAsync(int kills)
    {
        await using var bank = await BenchBank.StartAsync(countRequests: false);
        var accounts = await bank.OpenAsync("alerts", 2 * Pairs, 1_000_000);
        await ChooseAsync(bank, accounts);
        await using var sink = new MessageSink();
        return await KillingAsync(bank, sink, accounts, kills);
    }

    private static async Task<(int Sent, int Lost, int Repeated)> KillingAsync(
        BenchBank bank, MessageSink sink, List<Account> accounts, int kills)
    {
        var sender = await StartSenderAsync(bank, sink, accounts);
        var committed = new List<(string Reference, long At)>();
        var before = sink.Arrivals.Count;
        try
        {
            for (var kill = 0; kill < kills; kill++)
            {
                var run = TransferAsync(bank, accounts, string.Create(CultureInfo.InvariantCulture, $"k{kill}"), TimeSpan.FromSeconds(4));

                // In the middle of the work: some messages of this pace have arrived, others wait.
                await sink.WaitAsync(sink.Arrivals.Count + PerSecond, NothingNewFor);
                Kill(sender);
                committed.AddRange(await run);
                sender.Dispose();
                sender = await StartSenderAsync(bank, sink, accounts);
            }

            await sink.WaitAsync(before + (2 * committed.Count), NothingNewFor);
        }
        finally
        {
            Kill(sender);
            sender.Dispose();
        }

        var counts = committed.Select(one => sink.IdsOf(one.Reference)).ToList();
        return (
            committed.Count,
            counts.Sum(ids => 2 - ids.Distinct(StringComparer.Ordinal).Count()),
            counts.Sum(ids => ids.Count - ids.Distinct(StringComparer.Ordinal).Count()));
    }

    // Nobody is told of every payment outside the portal until they choose so.
    private static async Task ChooseAsync(BenchBank bank, List<Account> accounts)
    {
        var store = new DynamoNotificationPreferencesStore(bank.Database);
        var chosen = NotificationPreferences.Default with
        {
            Chosen = ImmutableDictionary<AlertKind, ImmutableHashSet<DeliveryChannel>>.Empty
                .Add(AlertKind.Payment, [DeliveryChannel.Sms])
                .Add(AlertKind.Incoming, [DeliveryChannel.Sms]),
            Version = 1,
        };
        foreach (var account in accounts)
        {
            await store.TrySaveAsync(account.OwnerId, chosen, 0);
        }
    }

    // The sender is ready when it has sent the messages of a transfer.
    private static async Task<Process> StartSenderAsync(BenchBank bank, MessageSink sink, List<Account> accounts)
    {
        var sender = AlertsProcess.Start(bank.Endpoint, sink.Address);
        var first = await ExecuteAsync(bank, accounts, 0, DerivedId.Random());
        await sink.WaitForAsync(first, TimeSpan.FromMinutes(3));
        return sender;
    }

    private static async Task<List<(string Reference, long At)>> TransferAsync(
        BenchBank bank, List<Account> accounts, string run, TimeSpan length)
    {
        var committed = new ConcurrentBag<(string, long)>();
        var start = Stopwatch.GetTimestamp();
        var count = (int)(length.TotalSeconds * PerSecond);
        await Parallel.ForAsync(0, Pairs, new ParallelOptions { MaxDegreeOfParallelism = Pairs }, async (pair, ct) =>
        {
            for (var i = pair; i < count; i += Pairs)
            {
                var due = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(start);
                if (due > TimeSpan.Zero)
                {
                    await Task.Delay(due, ct);
                }

                var key = string.Create(CultureInfo.InvariantCulture, $"{run}-{i}");
                var reference = await ExecuteAsync(bank, accounts, pair, key);
                committed.Add((reference, Stopwatch.GetTimestamp()));
            }
        });
        return [.. committed];
    }

    private static async Task<string> ExecuteAsync(BenchBank bank, List<Account> accounts, int pair, string key)
    {
        var (from, to) = (accounts[2 * pair], accounts[(2 * pair) + 1]);
        var result = await bank.Ledger.ExecuteAsync(new TransferOrder
        {
            Actor = Actor.Customer(from.OwnerId),
            IdempotencyKey = key,
            Kind = TransferKind.Transfer,
            DebitAccountId = from.Id,
            CreditAccountId = to.Id,
            Amount = new Money(100, Currency.Usd),
            DuplicateConfirmed = true,
        });
        return result.IsSuccess ? result.Value.Reference : throw new BenchFailedException(result.Error.Message);
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Steady(int Transfers, int Messages, double Median, double P95, double WithinAim);

    /// <summary>Takes what is sent: a line with the reference and the id.</summary>
    private sealed class MessageSink : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _loop;
        private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Id, long At)>> _byReference = new(StringComparer.Ordinal);
        private long _lastAt = Stopwatch.GetTimestamp();

        public MessageSink()
        {
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/"));
            _listener.Prefixes.Add(Address.AbsoluteUri);
            _listener.Start();
            _loop = Task.Run(TakeAsync);
        }

        public Uri Address { get; }

        public ConcurrentDictionary<(string Reference, string Id), long> Arrivals { get; } = [];

        /// <summary>When the messages of a transfer came for the first time.</summary>
        public IEnumerable<long> Of(string reference) => _byReference.TryGetValue(reference, out var all)
            ? all.GroupBy(one => one.Id, StringComparer.Ordinal).Select(ofOne => ofOne.Min(one => one.At))
            : [];

        public List<string> IdsOf(string reference) =>
            _byReference.TryGetValue(reference, out var all) ? [.. all.Select(one => one.Id)] : [];

        public Task WaitForAsync(string reference, TimeSpan longest) =>
            UntilAsync(() => IdsOf(reference).Distinct(StringComparer.Ordinal).Count() == 2, longest);

        /// <summary>Waits until so many messages have arrived, or nothing new comes.</summary>
        public Task WaitAsync(int count, TimeSpan nothingNewFor)
        {
            Interlocked.Exchange(ref _lastAt, Stopwatch.GetTimestamp());
            return UntilAsync(
                () => Arrivals.Count >= count || Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastAt)) > nothingNewFor,
                TimeSpan.FromMinutes(10));
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Close();
            await _loop;
        }

        private static int FreePort()
        {
            using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            socket.Start();
            return ((IPEndPoint)socket.LocalEndpoint).Port;
        }

        private static async Task UntilAsync(Func<bool> isDone, TimeSpan longest)
        {
            var start = Stopwatch.GetTimestamp();
            while (!isDone())
            {
                if (Stopwatch.GetElapsedTime(start) > longest)
                {
                    throw new BenchFailedException("The messages did not arrive.");
                }

                await Task.Delay(20);
            }
        }

        private async Task TakeAsync()
        {
            while (_listener.IsListening)
            {
                try
                {
                    var context = await _listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream);
                    var parts = (await reader.ReadToEndAsync()).Split('\n');
                    var at = Stopwatch.GetTimestamp();
                    _byReference.GetOrAdd(parts[0], _ => new()).Enqueue((parts[1], at));
                    Arrivals.TryAdd((parts[0], parts[1]), at);
                    Interlocked.Exchange(ref _lastAt, at);
                    context.Response.Close();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
                {
                    // The listener ends, or the sender was killed while it sent.
                }
            }
        }
    }
}
