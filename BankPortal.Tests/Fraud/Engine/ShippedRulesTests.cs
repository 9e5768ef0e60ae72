using F = BankPortal.Core.Fraud.Engine.RiskFact;

namespace BankPortal.Tests.Fraud.Engine;

/// <summary>Each shipped rule at its limits: the facts it just fires on, and for each fact the value at which it no longer does.</summary>
[UnitTest]
public sealed class ShippedRulesTests
{
    private const decimal Transfer = (int)TransferKind.Transfer;
    private static readonly CompiledRuleSet Live = new(ShippedRules.Version1);

    /// <summary>A rule, the facts it just fires on, and the single change by which it no longer fires.</summary>
    public static TheoryData<string, (F, decimal?)[], (F, decimal?)[]> Edges =>
        new()
        {
            { "blocked-list", [(F.OnBlockedList, 1)], [(F.OnBlockedList, 0)] },
            { "watch-list", [(F.OnWatchList, 1)], [(F.OnWatchList, 0)] },
            { "trusted-list", [(F.OnTrustedList, 1)], [(F.OnTrustedList, 0)] },
            { "high-value", [(F.Amount, 10_000m)], [(F.Amount, 9_999.99m)] },
            {
                "suspicious-activity",
                [(F.OwnTransfer, 0), (F.HighValue24h, 5), (F.Amount, 10_000)],
                [(F.OwnTransfer, 1), (F.HighValue24h, 4), (F.Amount, 9_999.99m)]
            },
            {
                "large-new-payee",
                [(F.Kind, Transfer), (F.OwnTransfer, 0), (F.Amount, 3_000), (F.NewPayee, 1)],
                [(F.Kind, (int)TransferKind.Payment), (F.OwnTransfer, 1), (F.Amount, 2_999.99m), (F.NewPayee, 0)]
            },
            {
                "large-new-payee",
                [(F.Kind, Transfer), (F.OwnTransfer, 0), (F.Amount, 3_000), (F.NewPayee, 0), (F.PayeeAge, 23.99m)],
                [(F.PayeeAge, 24), (F.PayeeAge, null)]
            },
            {
                "rapid-transfers",
                [(F.Kind, Transfer), (F.OwnTransfer, 0), (F.DebitsToOthers1h, 6)],
                [(F.DebitsToOthers1h, 5), (F.OwnTransfer, 1), (F.Kind, (int)TransferKind.Purchase)]
            },
            {
                "structuring",
                [(F.Cash, 1), (F.Amount, 9_999.99m), (F.NearLimitCash48h, 2)],
                [(F.Cash, 0), (F.Amount, 10_000), (F.NearLimitCash48h, 1)]
            },
            {
                "structuring",
                [(F.Cash, 1), (F.Amount, 4_000), (F.NearLimitCash48h, 0), (F.Cash48h, 2), (F.CashSum48h, 10_000.01m)],
                [(F.Cash48h, 1), (F.CashSum48h, 10_000)]
            },
            {
                "cash-burst",
                [(F.Cash, 1), (F.Cash48h, 5), (F.CashSum48h, 3_000)],
                [(F.Cash, 0), (F.Cash48h, 4), (F.CashSum48h, 2_999.99m)]
            },
            {
                "pass-through",
                [(F.Kind, Transfer), (F.OwnTransfer, 0), (F.RecentCredit, 1_000), (F.PassedOnShare, 0.8m)],
                [(F.OwnTransfer, 1), (F.RecentCredit, 999.99m), (F.RecentCredit, null), (F.PassedOnShare, 0.79m), (F.PassedOnShare, null)]
            },
            {
                "dormant-account",
                [(F.OwnTransfer, 0), (F.DaysIdle, 180), (F.BalanceShare, 0.25m), (F.Amount, 500)],
                [(F.OwnTransfer, 1), (F.DaysIdle, 179.99m), (F.DaysIdle, null), (F.BalanceShare, 0.24m), (F.Amount, 499.99m)]
            },
            {
                "unusual-amount",
                [(F.OwnTransfer, 0), (F.RatioToUsual, 10), (F.Amount, 1_500), (F.NewPayee, 1)],
                [(F.OwnTransfer, 1), (F.RatioToUsual, 9.99m), (F.RatioToUsual, null), (F.Amount, 1_499.99m), (F.NewPayee, 0)]
            },
            {
                "after-security-change",
                [(F.Kind, Transfer), (F.OwnTransfer, 0), (F.SecurityChangeAge, 23.99m), (F.Amount, 250)],
                [(F.SecurityChangeAge, 24), (F.SecurityChangeAge, null), (F.Amount, 249.99m), (F.OwnTransfer, 1)]
            },
            { "fan-in", [(F.Kind, Transfer), (F.OwnTransfer, 0), (F.PayeeSenders24h, 6)], [(F.PayeeSenders24h, 5), (F.OwnTransfer, 1)] },
            { "fan-out", [(F.Kind, Transfer), (F.OwnTransfer, 0), (F.Receivers24h, 6)], [(F.Receivers24h, 5), (F.OwnTransfer, 1)] },
            {
                "card-testing",
                [(F.OwnTransfer, 0), (F.TinyDebitsToOthers1h, 4), (F.Amount, 5)],
                [(F.OwnTransfer, 1), (F.TinyDebitsToOthers1h, 3), (F.Amount, 5.01m)]
            },
            {
                "empties-account",
                [(F.Kind, Transfer), (F.OwnTransfer, 0), (F.NewPayee, 1), (F.BalanceShare, 0.9m), (F.Amount, 1_000)],
                [(F.NewPayee, 0), (F.BalanceShare, 0.89m), (F.Amount, 999.99m), (F.OwnTransfer, 1)]
            },
        };

    [Theory, MemberData(nameof(Edges))]
    public void Rule_AtItsEdge_FiresAndOneStepOffDoesNot(string rule, (F, decimal?)[] fires, (F, decimal?)[] misses)
    {
        var facts = RiskFacts.Of(Currency.Usd, fires);

        Assert.Contains(Live.Decide(facts).Fired, fired => fired.Id == rule);
        foreach (var miss in misses)
        {
            var off = facts.With(miss);
            Assert.DoesNotContain(Live.Decide(off).Fired, fired => fired.Id == rule);
            var because = RuleExplanation
                .Explain(ShippedRules.Version1, off, CultureInfo.InvariantCulture)
                .Single(result => result.Rule.Id == rule);
            Assert.False(because.HasFired);
            Assert.Contains(RiskVocabulary.Of(miss.Item1).Label, because.Because, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Edges_CoverEveryShippedRule() =>
        Assert.Equal(
            ShippedRules.Version1.Rules.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            Edges.Select(row => row.Data.Item1).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Version1_HasNoErrors() => Assert.Empty(RuleSetValidator.Find(ShippedRules.Version1));

    [Fact]
    public void Reasons_Filled_LeaveNoBraces()
    {
        foreach (var rule in ShippedRules.Version1.Rules)
        {
            Assert.DoesNotContain('{', RuleExplanation.Fill(rule.Reason, RiskFacts.Of(Currency.Usd), CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData(39, RiskOutcome.Allow)]
    [InlineData(40, RiskOutcome.Alert)]
    [InlineData(79, RiskOutcome.Alert)]
    [InlineData(80, RiskOutcome.Hold)]
    [InlineData(199, RiskOutcome.Hold)]
    [InlineData(200, RiskOutcome.Block)]
    public void Decide_Score_MapsToTheOutcomeAtEachThreshold(int score, RiskOutcome expected)
    {
        var set = new RuleSet(
            9,
            [
                new RiskRule
                {
                    Id = "any",
                    Name = "Any",
                    When = new RiskCondition.Compare(F.Amount, RiskComparison.AtLeast, 0),
                    Score = score,
                    Reason = "Any.",
                },
            ],
            new RiskThresholds(40, 80, 200)
        );

        Assert.Equal((expected, score), (new CompiledRuleSet(set).Decide(RiskFacts.Of(Currency.Usd, (F.Amount, 1))).Outcome, score));
    }

    [Fact]
    public void Decide_HardRule_DecidesWhateverTheScore()
    {
        var decision = Live.Decide(RiskFacts.Of(Currency.Usd, (F.Amount, 10_000m), (F.OnTrustedList, 1)));

        Assert.Equal((RiskOutcome.Alert, -20), (decision.Outcome, decision.Score));
    }

    [Fact]
    public void Decide_DisabledRule_IsNotAsked()
    {
        var set = ShippedRules.Version1 with { Rules = [.. ShippedRules.Version1.Rules.Select(rule => rule with { IsEnabled = false })] };

        Assert.Equal(
            (RiskOutcome.Allow, 0),
            (new CompiledRuleSet(set).Decide(RiskFacts.Of(Currency.Usd, (F.OnBlockedList, 1))).Outcome, 0)
        );
    }

    [Fact]
    public void Explain_RuleThatFired_GivesTheNumbers()
    {
        var result = RuleExplanation.Explain(
            ShippedRules.Version1,
            RiskFacts.Of(Currency.Usd, (F.Amount, 12_500m)),
            CultureInfo.GetCultureInfo("en-US")
        )[0];

        Assert.Equal(("high-value", "$12,500.00 is a high value."), (result.Rule.Id, result.Because));
    }

    [Fact]
    public void Text_RoundTrip_IsTheSameSet()
    {
        var read = RuleSetJson.Parse(RuleSetJson.Format(ShippedRules.Version1));

        Assert.Equal(ShippedRules.Version1.Thresholds, read.Thresholds);
        Assert.Equal(ShippedRules.Version1.Rules.AsEnumerable(), read.Rules.AsEnumerable());
    }
}
