using BankPortal.Core.Fraud.Simulation;

namespace BankPortal.Tests.Fraud.Simulation;

/// <summary>The shipped rules on labelled traffic: what they catch, and how often they trouble the honest.</summary>
[UnitTest]
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ShippedRules_OnASimulatedMonth_CatchEveryTypologyAndLeaveTheHonestAlone(int seed)
    {
        var report = await PlayAsync(TrafficPlanner.Make(new SimulationOptions { Seed = seed, Customers = 60, SchemesOfEach = 10 }));

        output.WriteLine(Describe(report));
        Assert.Equal(Enum.GetValues<Typology>().Length - 1, report.Typologies.Length);
        Assert.All(report.Typologies, typology => Assert.InRange(typology.Schemes, 10, 10));
        Assert.All(report.Typologies, typology =>
            Assert.True(typology.Recall >= 0.9, string.Create(CultureInfo.InvariantCulture, $"{typology.Typology}: {typology.Recall:P0}"))
        );
        Assert.True(report.Normal > 1500, "too little honest traffic to say anything");
        Assert.True(
            report.FalsePositiveRate <= 0.01,
            string.Create(CultureInfo.InvariantCulture, $"{report.FalsePositiveRate:P2} of honest movements flagged")
        );
    }

    [Fact]
    public void Make_SameOptions_GivesTheSamePlan()
    {
        var options = new SimulationOptions { Seed = 7, Customers = 10, SchemesOfEach = 2 };

        Assert.Equal(TrafficPlanner.Make(options).Events.AsEnumerable(), TrafficPlanner.Make(options).Events.AsEnumerable());
        Assert.NotEqual(
            TrafficPlanner.Make(options).Events.AsEnumerable(),
            TrafficPlanner.Make(options with { Seed = 8 }).Events.AsEnumerable()
        );
    }

    [Fact]
    public async Task Play_SamePlanTwice_ComesToTheSame()
    {
        var plan = TrafficPlanner.Make(new SimulationOptions { Customers = 8, SchemesOfEach = 1, WarmUpDays = 5, Days = 10 });

        var (first, second) = (await PlayAsync(plan), await PlayAsync(plan));

        Assert.Equal(Describe(first), Describe(second));
        Assert.NotEqual(0, first.Typologies.Sum(typology => typology.Flagged));
    }

    private static async Task<SimulationReport> PlayAsync(TrafficPlan plan)
    {
        var bank = new SimulatedBank(plan.Options.Start.AddDays(-2));
        return await new TrafficSimulator(
            bank, bank.Bank.Accounts, bank.Bank.Transfers, bank.Bank.Confirmations, bank.Bank.Ledger).PlayAsync(plan, "test");
    }

    private static string Describe(SimulationReport report) =>
        string.Join(
            '\n',
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"honest: {report.Normal} movements, {report.NormalFlagged} flagged ({report.FalsePositiveRate:P2}), {report.NormalHeld} held; {report.Refused} refused by other rules"
                ),
                .. report.Typologies.Select(t =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{t.Typology}: {t.Caught} of {t.Schemes} caught, {t.Flagged} of {t.Movements} movements flagged"
                    )
                ),
                .. report.Rules.Select(rule =>
                    string.Create(CultureInfo.InvariantCulture, $"{rule.Key}: {rule.Value.Normal} honest, {rule.Value.Schemes} in schemes")
                ),
            ]
        );

    private sealed class SimulatedBank : ISimulatedBank
    {
        private readonly InMemoryRiskBackgrounds _backgrounds = new();

        public SimulatedBank(DateTimeOffset start) =>
            Bank = InMemoryBank.Screened(_backgrounds, new LedgerOptions(), new ManualTime(start));

        public InMemoryBank Bank { get; }

        public Task<Actor> RegisterAsync(string run, int number, string name, CancellationToken ct = default) =>
            Task.FromResult(Bank.Customer(string.Create(CultureInfo.InvariantCulture, $"simulated-{number}"), name));

        public Task TrustAsync(Account account, CancellationToken ct = default)
        {
            _backgrounds.Lists[account.Id] = RiskLists.Trusted;
            return Task.CompletedTask;
        }

        public Task ChangeCredentialsAsync(Actor customer, CancellationToken ct = default)
        {
            _backgrounds.SecurityChanges[customer.UserId] = Bank.Time.GetUtcNow();
            return Task.CompletedTask;
        }

        public Task<DateTimeOffset> WaitUntilAsync(DateTimeOffset at, CancellationToken ct = default)
        {
            Bank.Time.Advance(at - Bank.Time.GetUtcNow());
            return Task.FromResult(Bank.Time.GetUtcNow());
        }
    }
}
