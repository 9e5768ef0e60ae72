using FsCheck.Fluent;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>A past decision comes out the same whenever it is worked out again, also from what is stored.</summary>
[EngineTest]
public sealed class ReplayTests
{
    [Fact]
    public void Decide_SameFactsFromTheirStoredForm_ComesToTheSame()
    {
        var again = new CompiledRuleSet(RuleSetJson.Parse(RuleSetJson.Format(ShippedRules.Version1)));
        var rules = new CompiledRuleSet(ShippedRules.Version1);
        var outcomes = new HashSet<RiskOutcome>();
        Properties.Holds(Gen.Choose(0, int.MaxValue), seed =>
        {
            var facts = Past.Facts(new Random(seed));
            var (first, second) = (rules.Decide(facts), again.Decide(RiskFacts.Parse(facts.Format())));
            outcomes.Add(first.Outcome);
            return first.Outcome == second.Outcome
                && first.Score == second.Score
                && first.Fired.AsSpan().SequenceEqual(second.Fired.AsSpan());
        });
        Assert.Equal(4, outcomes.Count);
    }

    [Fact]
    public void Explain_AnyFacts_FiresExactlyWhatDecided()
    {
        var rules = new CompiledRuleSet(ShippedRules.Version1);
        Properties.Holds(Gen.Choose(0, int.MaxValue), seed =>
        {
            var facts = Past.Facts(new Random(seed));
            var told = RuleExplanation.Explain(ShippedRules.Version1, facts, CultureInfo.InvariantCulture);
            return told.Where(result => result.HasFired).Select(result => result.Rule.Id).ToHashSet(StringComparer.Ordinal)
                .SetEquals(rules.Decide(facts).Fired.Select(rule => rule.Id))
                && told.All(result => result.Because.Length > 0 && !result.Because.Contains('{', StringComparison.Ordinal));
        });
    }

    [Theory, EveryEngine]
    public async Task Replay_WithTheVersionThatDecided_ComesOutAsStoredAfterTheRulesHaveChanged(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var desk = new RuleDesk(new DynamoRuleSetStore(world.Database));
        await desk.NewRefresh(world.RiskRules).StartAsync();
        var (alice, bob) = (await world.OpenAsync("alice", 50_000), await world.OpenAsync("bob"));
        var before = new List<string>();
        foreach (var amount in new[] { 20m, 4_000m, 3_500m })
        {
            before.Add((await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, amount))).Value.Id);
        }

        RuleDesk.Must(await desk.Service.MakeLiveAsync(desk.Bea, await desk.ApprovedAsync(), "go"));
        using (var refresh = desk.NewRefresh(world.RiskRules))
        {
            Assert.True(await refresh.RefreshAsync());
        }

        before.Add((await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 7_500))).Value.Id);

        var versions = new HashSet<int>();
        foreach (var id in before)
        {
            var risk = (await world.Store.FindTransferAsync(id))!.Risk!;
            var version = (await desk.Store.FindAsync(risk.RuleSet))!;
            var again = new CompiledRuleSet(version.Set).Decide(RiskFacts.Parse(risk.Facts));
            versions.Add(risk.RuleSet);
            Assert.Equal((risk.Outcome, risk.Score), (again.Outcome, again.Score));
            Assert.Equal(risk.Fired.AsEnumerable(), again.Fired.Select(rule => rule.Id));
        }

        Assert.Equal([1, 2], versions.Order());
    }
}
