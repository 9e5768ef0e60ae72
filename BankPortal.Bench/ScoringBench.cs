using BankPortal.Core.Fraud.Engine;
using BankPortal.Infrastructure.Fraud;
using Microsoft.Extensions.Logging.Abstractions;

namespace BankPortal.Bench;

/// <summary>
/// What assessing a transfer takes: the engine by itself on a rule set of the asked size, and transfers through the ledger's
/// service with and without it, in turn. The accounts are used as if rarely, so that both sides read them; what the
/// assessment reads besides is read at the same time.
/// </summary>
internal static class ScoringBench
{
    private const int Batch = 200;
    private const int Batches = 400;
    private const int Workers = 8;

    public static async Task<object> RunAsync(BenchOptions options, Figures figures)
    {
        var (median, p99) = Engine(options.Rules);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Assessing one transfer by {options.Rules} rules (facts worked out, rules asked, facts put into bytes): median {median:0.0} µs, p99 {p99:0.0} µs, over batches of {Batch}."
            )
        );
        figures.Less("assessing a transfer: median µs", median);

        await using var bank = await BenchBank.StartAsync(builder => builder.Services.AddFraud());
        var rules = bank.Get<RulesInForce>();
        rules.Use(Rules(options.Rules), null);
        var screening = new FraudScreening(
            rules,
            bank.Get<RiskFactSheet>(),
            bank.Get<IRiskBackgroundStore>(),
            new FraudOptions { Budget = TimeSpan.FromMinutes(1) },
            TimeProvider.System,
            NullLogger<FraudScreening>.Instance
        );
        var with = bank.NewLedger(ledger => ledger.RememberRowsFor = TimeSpan.Zero, screening: screening);
        var without = bank.NewLedger(ledger => ledger.RememberRowsFor = TimeSpan.Zero, screening: new NoScreening());
        var (assessed, bare) = (
            await bank.OpenAsync("assessed", options.Accounts, 1_000_000),
            await bank.OpenAsync("bare", options.Accounts, 1_000_000)
        );

        var each = 0;
        var laps = (With: new List<Lap>(), Without: new List<Lap>());
        for (var round = -1; round < options.Rounds; round++)
        {
            var count = Math.Max(25, each);
            var first = round % 2 == 0;
            var one = await LapAsync(bank, first ? with : without, first ? assessed : bare, count);
            var other = await LapAsync(bank, first ? without : with, first ? bare : assessed, count);
            if (round < 0)
            {
                // The first shows how many fit into the time asked for.
                each = (int)(Math.Min(one.PerSecond, other.PerSecond) * options.Seconds / Workers);
                continue;
            }

            laps.With.Add(first ? one : other);
            laps.Without.Add(first ? other : one);
        }

        var ratio = Lap.Median(laps.With.Zip(laps.Without, (a, b) => a.PerSecond / b.PerSecond));
        var latency = Lap.Median(laps.With.Zip(laps.Without, (a, b) => a.P50 / b.P50));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Transfers with assessment to without, {Workers} workers, medians of {options.Rounds} rounds in turn: throughput {ratio:0.00}, median latency {latency:0.00}."
            )
        );
        Console.WriteLine();
        figures.More("transfers with assessment to without: throughput", ratio);
        figures.Less("transfers with assessment to without: latency", latency);
        await bank.VerifyAsync();
        return new { options.Rules, medianMicroseconds = median, p99Microseconds = p99, throughput = ratio, latency };
    }

    private static Task<Lap> LapAsync(BenchBank bank, LedgerService ledger, List<Account> accounts, int each)
    {
        var run = Guid.NewGuid().ToString("N");
        var perWorker = accounts.Count / Workers;
        return Lap.RunAsync(
            Workers,
            each,
            async (worker, i) =>
            {
                var from = accounts[(worker * perWorker) + (i % perWorker)];
                var to = accounts[(worker * perWorker) + ((i + 1) % perWorker)];
                var key = string.Create(CultureInfo.InvariantCulture, $"{run}-{worker}-{i}");
                BenchBank.Must(await ledger.ExecuteAsync(BenchBank.Order(from, to, 1 + (i % 90), key)));
            },
            bank.EngineProcess);
    }

    private static (double Median, double P99) Engine(int rules)
    {
        var time = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
        var (debit, credit) = (AccountWithAPast("debit", time), AccountWithAPast("credit", time));
        var transfer = new Transfer
        {
            Id = DerivedId.Random(),
            Kind = TransferKind.Transfer,
            Status = TransferStatus.Held,
            DebitAccountId = debit.Id,
            CreditAccountId = credit.Id,
            DebitOwnerId = debit.OwnerId,
            CreditOwnerId = credit.OwnerId,
            Amount = Money.Of(120, Currency.Usd),
            Description = "",
            CreditLabel = "",
            DebitLabel = "",
            InitiatorId = debit.OwnerId,
            ContentHash = "",
            CreatedAt = time,
        };
        var inForce = new RulesInForce();
        inForce.Use(Rules(rules), null);
        var screening = new FraudScreening(
            inForce,
            new RiskFactSheet(new LedgerOptions()),
            NoBackgrounds.Instance,
            new FraudOptions(),
            TimeProvider.System,
            NullLogger<FraudScreening>.Instance
        );
        var background = new RiskBackground { IsAssessed = true, PayeeSince = time.AddDays(-40) };
        var candidate = new TransferCandidate(transfer, debit, credit, Hold: false, LikelyDuplicateOf: null);
        var times = new double[Batches];
        for (var batch = -20; batch < Batches; batch++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Batch; i++)
            {
                screening.Assess(candidate, background);
            }

            if (batch >= 0)
            {
                times[batch] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Batch;
            }
        }

        Array.Sort(times);
        return (times[Batches / 2], times[Batches * 99 / 100]);
    }

    // The shipped rules, and as many like them as it takes, with thresholds that differ, so that no two are the same.
    private static RuleSet Rules(int count)
    {
        var shipped = ShippedRules.Version1;
        return shipped with
        {
            Version = 1000 + count,
            Rules = [.. Enumerable.Range(0, count).Select(i => i < shipped.Rules.Length
                ? shipped.Rules[i]
                : shipped.Rules[i % shipped.Rules.Length] with
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"copy-{i}"),
                    When = new RiskCondition.All(
                        [
                            shipped.Rules[i % shipped.Rules.Length].When,
                            new RiskCondition.Compare(RiskFact.Amount, RiskComparison.AtLeast, i),
                            new RiskCondition.Compare(RiskFact.DebitSum7d, RiskComparison.MoreThan, i * 100),
                        ]),
                    Score = 0,
                    Decides = null,
                })],
        };
    }

    private static Account AccountWithAPast(string id, DateTimeOffset now)
    {
        var activity = AccountActivity.None;
        for (var i = 200; i > 0; i--)
        {
            activity = activity.With(
                new Movement(
                    now.AddHours(-3.5 * i),
                    new Money((i % 4 == 0 ? 1 : -1) * 1500L * (1 + (i % 9)), Currency.Usd),
                    string.Create(CultureInfo.InvariantCulture, $"other-{i % 30}"),
                    i % 13 == 0,
                    true
                )
            );
        }

        return new Account
        {
            Id = id,
            OwnerId = "owner-" + id,
            Number = AccountNumber.Random(),
            Type = AccountType.Checking,
            Currency = Currency.Usd,
            Balance = Money.Of(5_000, Currency.Usd),
            Held = Money.Zero(Currency.Usd),
            Overdraft = Money.Zero(Currency.Usd),
            OpenedAt = now.AddYears(-1),
            LastEntryAt = now.AddHours(-3.5),
            Activity = activity,
        };
    }

    private sealed class NoBackgrounds : IRiskBackgroundStore
    {
        public static NoBackgrounds Instance { get; } = new();

        public Task<RiskBackground> ReadAsync(TransferOrder order, DateTimeOffset now, CancellationToken ct = default) =>
            Task.FromResult(new RiskBackground { IsAssessed = true });
    }
}
