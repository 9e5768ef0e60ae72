namespace BankPortal.Bench;

/// <summary>
/// Postings of an import, as they go through the ledger: awaited one by one, and in ordered groups that share a commit. Eight
/// accounts at the same time, as the import works; the two ways take turns, each on accounts of its own.
/// </summary>
internal sealed class ImportBench
{
    private const int Accounts = 8;
    private const int Distance = 5;
    private const double Aim = 3;

    private readonly BenchBank _bank;
    private readonly BenchOptions _options;
    private int _keys;

    private ImportBench(BenchBank bank, BenchOptions options)
    {
        _bank = bank;
        _options = options;
    }

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Import: {Accounts} accounts at the same time; medians of {options.Rounds} rounds; rows a second"
            )
        );
        var table = new TextTable("engine", "single commits", "ordered groups", "ratio", "lowest", "highest");
        var results = new List<object>();
        var folder = Directory.CreateTempSubdirectory("bankportal-bench-").FullName;
        try
        {
            foreach (var (name, start) in Places(folder))
            {
                await using var bank = await start();
                var (single, grouped) = await new ImportBench(bank, options).MeasureAsync();
                var ratios = grouped.Zip(single, (group, one) => group / one).Order().ToList();
                var ratio = Lap.Median(ratios);
                table.Add(
                    name,
                    Lap.Show(Lap.Median(single), 0),
                    Lap.Show(Lap.Median(grouped), 0),
                    Lap.Show(ratio, 1),
                    Lap.Show(ratios[0], 1),
                    Lap.Show(ratios[^1], 1));
                results.Add(new { name, single, grouped, ratio });
                figures.More($"import, {name}: ratio of ordered groups to single commits", ratio);
                await bank.VerifyAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        table.Print();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The aim is a ratio of {Aim}. The ledgers afterwards: no violation."));
        Console.WriteLine();
        return results;
    }

    private static IEnumerable<(string Name, Func<Task<BenchBank>> Start)> Places(string folder)
    {
        var distance = new Latency(TimeSpan.FromMilliseconds(Distance));
        yield return ("in a file, as the portal keeps it", () => BenchBank.StartAsync(folder, new Latency(TimeSpan.Zero)));
        yield return ("in memory", () => BenchBank.StartAsync(countRequests: false));
        yield return (
            string.Create(CultureInfo.InvariantCulture, $"in memory, {Distance} ms before each request"),
            () => BenchBank.StartAsync(distance));
    }

    // Rows a second of each round.
    private async Task<(List<double> Single, List<double> Grouped)> MeasureAsync()
    {
        var ones = await _bank.OpenAsync("single", Accounts, 1_000_000);
        var groups = await _bank.OpenAsync("grouped", Accounts, 1_000_000);
        var (single, grouped) = (new List<double>(), new List<double>());
        var each = 2 * LedgerService.MaxOrdersInCommit;
        for (var round = -1; round < _options.Rounds; round++)
        {
            var one = await TimeAsync(ones, each, async orders =>
            {
                foreach (var order in orders)
                {
                    BenchBank.Must(await _bank.Ledger.ExecuteAsync(order));
                }
            });
            var group = await TimeAsync(groups, each, async orders =>
            {
                foreach (var result in await _bank.Ledger.ExecuteInOrderAsync(orders))
                {
                    BenchBank.Must(result);
                }
            });
            if (round < 0)
            {
                // The first only warms up, and tells how many fit into a round; whole groups.
                var groupsEach = (int)(one * _options.Seconds / Accounts / LedgerService.MaxOrdersInCommit);
                each = LedgerService.MaxOrdersInCommit * Math.Max(2, groupsEach);
                continue;
            }

            single.Add(one);
            grouped.Add(group);
        }

        return (single, grouped);
    }

    private async Task<double> TimeAsync(List<Account> accounts, int each, Func<IReadOnlyList<TransferOrder>, Task> execute)
    {
        var orders = accounts.Select(account => Enumerable.Range(0, each).Select(i => Order(account, i)).ToList()).ToList();
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(orders.Select(its => Task.Run(() => execute(its))));
        return accounts.Count * each / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private TransferOrder Order(Account account, int number)
    {
        var isCredit = number % 5 == 0;
        var opposite = GeneralLedger.Clearing(account.Currency);
        return new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"import {Interlocked.Increment(ref _keys)}"),
            Kind = isCredit ? TransferKind.Salary : TransferKind.Purchase,
            DebitAccountId = isCredit ? opposite : account.Id,
            CreditAccountId = isCredit ? account.Id : opposite,
            Amount = new Money(isCredit ? 150_000 : 500 + (number % 4_000), account.Currency),
            Description = isCredit ? "Salary" : "Card purchase",
            DebitName = isCredit ? "Example Works" : null,
            CreditName = isCredit ? null : "Corner Grocery",
        };
    }
}
