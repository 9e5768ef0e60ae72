using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Bench;

/// <summary>
/// What the witness beside the embedded engine's file costs the ledger: transfers committed to a file with it and without it, in turn, on
/// the same engine. Notes are written in the background, so the ratio should be near 1.
/// </summary>
internal static class WitnessBench
{
    private const int Pairs = 8;
    private const int WarmUp = 30;

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Witness: {Pairs} pairs of accounts at the same time, engine in a file; {options.Rounds} rounds; transfers a second"));
        var folder = Directory.CreateTempSubdirectory("bankportal-bench-").FullName;
        try
        {
            await using var bank = await BenchBank.StartAsync(folder, new Latency(TimeSpan.Zero));
            var without = bank.NewLedger(
                static _ => { }, new DynamoLedgerStore(bank.Database, bank.LedgerItems, bank.AccountItems));
            var ones = await bank.OpenAsync("with", 2 * Pairs, 1_000_000);
            var others = await bank.OpenAsync("without", 2 * Pairs, 1_000_000);
            await TimeAsync(bank.Ledger, ones, WarmUp);
            var each = Math.Max(WarmUp, (int)(await TimeAsync(without, others, WarmUp) * options.Seconds / Pairs));
            var (with, plain) = (new List<double>(), new List<double>());
            for (var round = 0; round < options.Rounds; round++)
            {
                // Each is the first every second time: what comes second finds the file larger.
                if (round % 2 == 0)
                {
                    with.Add(await TimeAsync(bank.Ledger, ones, each));
                    plain.Add(await TimeAsync(without, others, each));
                }
                else
                {
                    plain.Add(await TimeAsync(without, others, each));
                    with.Add(await TimeAsync(bank.Ledger, ones, each));
                }
            }

            var ratios = with.Zip(plain, (one, other) => one / other).Order().ToList();
            var ratio = Lap.Median(ratios);
            var table = new TextTable("with the witness", "without", "ratio", "lowest", "highest");
            table.Add(
                Lap.Show(Lap.Median(with), 0),
                Lap.Show(Lap.Median(plain), 0),
                Lap.Show(ratio, 2),
                Lap.Show(ratios[0], 2),
                Lap.Show(ratios[^1], 2));
            table.Print();
            Console.WriteLine();
            figures.More("witness: transfers with it to those without it", ratio);
            await bank.VerifyAsync();
            return new { with, without = plain, ratio };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> TimeAsync(LedgerService ledger, IReadOnlyList<Account> accounts, int each)
    {
        GC.Collect();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Pairs).Select(pair => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                var (from, to) = i % 2 == 0 ? (2 * pair, (2 * pair) + 1) : ((2 * pair) + 1, 2 * pair);
                BenchBank.Must(await ledger.ExecuteAsync(new TransferOrder
                {
                    Actor = Actor.System,
                    IdempotencyKey = DerivedId.Random(),
                    Kind = TransferKind.Transfer,
                    DebitAccountId = accounts[from].Id,
                    CreditAccountId = accounts[to].Id,
                    Amount = new Money(100, accounts[from].Currency),
                    Description = "Rent",
                }));
            }
        })));
        return Pairs * each / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
