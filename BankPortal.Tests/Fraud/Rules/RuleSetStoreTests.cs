using static BankPortal.Tests.Fakes.RuleDesk;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>The versions of the rule set on real engines.</summary>
[EngineTest]
public sealed class RuleSetStoreTests
{
    [Theory, EveryEngine]
    public async Task Life_OfAVersion_ReadsBackAsWritten(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [FraudTables.RuleSets]);
        var store = new DynamoRuleSetStore(fixture.Database);
        Assert.Null(await store.ReadPointersAsync());
        Assert.Null(await store.FindAsync(1));
        var desk = new RuleDesk(store);

        var live = Must(await desk.Service.MakeLiveAsync(desk.Bea, await desk.ApprovedAsync(), "go"));

        var read = (await store.FindAsync(2))!;
        Assert.True(RuleSetService.HasSameContent(live.Set, read.Set));
        Assert.Equal(live.Steps.AsEnumerable(), read.Steps);
        Assert.Equal(live.Editors.AsEnumerable(), read.Editors);
        Assert.Equal(
            (2, RuleSetState.Live, live.Edition, live.Revision, 1),
            (read.Number, read.State, read.Edition, read.Revision, read.BasedOn)
        );
        Assert.Equal(new RuleSetPointers(2, null, 3), await store.ReadPointersAsync());
        Assert.Equal([2, 1], (await store.ListAsync(null, 10)).Select(version => version.Number));
        Assert.Equal([1], (await store.ListAsync(2, 10)).Select(version => version.Number));
        Assert.Equal([2], (await store.ListAsync(null, 1)).Select(version => version.Number));
    }

    [Theory, EveryEngine]
    public async Task Replace_AnyRowChangedMeanwhile_WritesNothing(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [FraudTables.RuleSets]);
        var store = new DynamoRuleSetStore(fixture.Database);
        var desk = new RuleDesk(store);
        var draft = await desk.DraftAsync();
        var next = draft.After(RuleSetState.Rejected, new RuleSetStep(RuleSetAction.Reject, desk.Time.GetUtcNow(), "ana", "x"));

        Assert.False(await store.ReplaceAsync([next with { Revision = draft.Revision }], null));
        Assert.False(await store.ReplaceAsync([next], new RuleSetPointers(2, null, 9)));
        Assert.Equal(draft.Revision, (await store.FindAsync(2))!.Revision);
        Assert.False(await store.AddAsync(draft));
        Assert.False(await store.StartAsync((await store.FindAsync(1))!));
        Assert.True(await store.ReplaceAsync([next], new RuleSetPointers(1, 2, 2)));
        Assert.Equal(2, (await store.ReadPointersAsync())!.Shadow);
    }

    [Theory, EveryEngine]
    public async Task Add_LargestSetAllowed_FitsIntoOneRow(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [FraudTables.RuleSets]);
        var store = new DynamoRuleSetStore(fixture.Database);
        var random = new Random(5);
        var rules = Enumerable
            .Range(0, RuleSetValidator.MaxRules)
            .Select(i => new RiskRule
            {
                Id = $"rule-{i}",
                Name = Text(random, RuleSetValidator.MaxNameLength),
                Reason = Text(random, RuleSetValidator.MaxReasonLength),
                When = new RiskCondition.Any([
                    .. Enumerable
                        .Range(0, 20)
                        .Select(_ => new RiskCondition.Compare(
                            (RiskFact)random.Next(6, 30),
                            RiskComparison.AtLeast,
                            random.Next(1_000_000_000)
                        )),
                ]),
            });
        var desk = new RuleDesk(store);
        var draft = await desk.DraftAsync();
        var saved = await desk.Service.SaveAsync(desk.Ana, draft, [.. rules], draft.Set.Thresholds);

        Assert.Null(saved.Error);
        Assert.True(RuleSetService.HasSameContent(saved.Value.Set, (await store.FindAsync(2))!.Set));
    }

    // Letters beyond ASCII without any pattern: the worst there is for compressing.
    private static string Text(Random random, int length) =>
        new([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x4e00, 0x9fa5))]);
}
