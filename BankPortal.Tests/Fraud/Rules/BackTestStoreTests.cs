namespace BankPortal.Tests.Fraud.Rules;

/// <summary>Reports of back-tests on real engines.</summary>
[EngineTest]
public sealed class BackTestStoreTests
{
    [Theory, EveryEngine]
    public async Task Save_AReport_ReadsBackAsWrittenAndReplacesTheOneBefore(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [FraudTables.RuleSets]);
        var store = new DynamoBackTestStore(fixture.Database);
        var draft = ShippedRules.Version1 with { Version = 2, Rules = [.. ShippedRules.Version1.Rules, RuleDesk.Rule("extra", 50)] };
        var tally = new BackTestTally(new CompiledRuleSet(ShippedRules.Version1), new CompiledRuleSet(draft));
        var (random, start) = (new Random(7), new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        for (var i = 0; i < 200; i++)
        {
            tally.Add(Past.Transfer(i, start.AddHours(i), Past.Facts(random), ShippedRules.Version1), (CaseDisposition)(i % 3));
        }

        Assert.Null(await store.FindAsync(2));
        await store.SaveAsync(tally.Report(1, start, start.AddDays(9), "ana", start.AddDays(10)));
        var report = tally.Report(3, start, start.AddDays(9), "ana", start.AddDays(10));
        await store.SaveAsync(report);

        var read = (await store.FindAsync(2))!;
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(report), System.Text.Json.JsonSerializer.Serialize(read));
        Assert.Equal(3, read.Edition);
    }
}
