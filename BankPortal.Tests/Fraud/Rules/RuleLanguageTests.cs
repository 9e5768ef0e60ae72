using FsCheck.Fluent;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>Rules as stored text and as sentences, the errors in them, and facts as bytes.</summary>
[UnitTest]
public sealed class RuleLanguageTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public void Facts_AnyValues_ComeBackFromTheirBytes() => Properties.Holds(Gen.Choose(0, int.MaxValue), seed =>
    {
        var facts = Past.Facts(new Random(seed));
        var read = RiskFacts.Parse(facts.Format());
        return read.Currency == facts.Currency && RiskVocabulary.All.All(fact => read[fact.Fact] == facts[fact.Fact]);
    });

    [Fact]
    public void Facts_ExtremeValues_ComeBackFromTheirBytes()
    {
        var facts = RiskFacts.Of(
            Currency.Of("EUR"),
            (RiskFact.Amount, 999_999_999_999.99m),
            (RiskFact.DebitSum30d, -12.34m),
            (RiskFact.Cash, 0),
            (RiskFact.PassedOnShare, 0.005m),
            (RiskFact.OnTrustedList, 1)
        );

        var read = RiskFacts.Parse(facts.Format());

        Assert.Equal(
            (999_999_999_999.99m, -12.34m, 0m, 0.01m, 1m),
            (
                read[RiskFact.Amount],
                read[RiskFact.DebitSum30d],
                read[RiskFact.Cash],
                read[RiskFact.PassedOnShare],
                read[RiskFact.OnTrustedList]
            )
        );
        Assert.Null(read[RiskFact.NewPayee]);
        Assert.Equal("EUR", read.Currency.Code);
    }

    [Fact]
    public void Facts_BytesOfNoKnownForm_AreRefused()
    {
        Assert.Throws<InvalidDataException>(() => RiskFacts.Parse(default));
        Assert.Throws<InvalidDataException>(() => RiskFacts.Parse(new byte[] { 99, 1, 2 }));
    }

    [Fact]
    public void Text_AnyRuleSet_ReadsBackAsWritten() => Properties.Holds(Gen.Choose(0, int.MaxValue), seed =>
    {
        var set = RandomSet(new Random(seed));
        var read = RuleSetJson.Parse(RuleSetJson.Format(set));
        return read.Version == set.Version && read.Thresholds == set.Thresholds && read.Rules.AsSpan().SequenceEqual(set.Rules.AsSpan());
    });

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"version":1,"rules":[{"id":"x"}],"thresholds":{"alert":1,"hold":2,"block":3}}""")]
    [InlineData(
        """{"version":1,"rules":[{"id":"x","name":"x","reason":"x","when":{"of":"other"}}],"thresholds":{"alert":1,"hold":2,"block":3}}"""
    )]
    public void Text_ThatIsNoRuleSet_IsRefusedWithOneKindOfFault(string text) =>
        Assert.Throws<InvalidDataException>(() => RuleSetJson.Parse(text));

    [Fact]
    public void Check_ShippedRules_AreRight() => Assert.Empty(RuleSetValidator.Find(ShippedRules.Version1));

    [Fact]
    public void Check_EachError_IsReportedWithItsRuleAndField()
    {
        var good = RuleDesk.Rule("good", 10);
        AssertMistake(null, "rules", Set());
        AssertMistake(
            null,
            "rules",
            Set([.. Enumerable.Range(0, RuleSetValidator.MaxRules + 1).Select(i => RuleDesk.Rule($"rule-{i}", 1))])
        );
        AssertMistake(null, "thresholds", Set(good) with { Thresholds = new RiskThresholds(0, 1, 2) });
        AssertMistake(null, "thresholds", Set(good) with { Thresholds = new RiskThresholds(5, 5, 6) });
        AssertMistake("good", "id", Set(good, good with { Name = "Other" }));
        AssertMistake("Bad id", "id", Set(good with { Id = "Bad id" }));
        AssertMistake("good", "name", Set(good with { Name = " " }));
        AssertMistake("good", "name", Set(good with { Name = new string('n', RuleSetValidator.MaxNameLength + 1) }));
        AssertMistake("good", "score", Set(good with { Score = RuleSetValidator.MaxScore + 1 }));
        AssertMistake("good", "score", Set(good with { Score = int.MinValue }));
        AssertMistake("good", "reason", Set(good with { Reason = "" }));
        AssertMistake("good", "reason", Set(good with { Reason = "{no_such_fact}" }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.All([]) }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.Any([new RiskCondition.All([])]) }));
        AssertMistake("good", "when", Set(good with { When = Deep(4) }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.All([.. Enumerable.Repeat(good.When, 21)]) }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.Compare("no_such_fact", RiskComparison.Is, 1) }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.Compare(RiskFact.Cash, RiskComparison.AtLeast, 1) }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.Compare(RiskFact.Cash, RiskComparison.Is, 2) }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.Compare(RiskFact.Kind, RiskComparison.Is, 99) }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.Compare(RiskFact.HourOfDay, RiskComparison.LessThan, 25) }));
        AssertMistake("good", "when", Set(good with { When = new RiskCondition.Compare(RiskFact.Amount, RiskComparison.AtLeast, -1) }));
        Assert.Empty(RuleSetValidator.Find(Set(good with { When = Deep(3), Score = -RuleSetValidator.MaxScore })));

        static RiskCondition Deep(int groups) => groups == 0 ? RuleDesk.Rule("x", 1).When : new RiskCondition.All([Deep(groups - 1)]);
    }

    [Fact]
    public void Check_SetWithoutErrors_CanBeCompiledAndDecides() => Properties.Holds(Gen.Choose(0, int.MaxValue), seed =>
    {
        var set = RandomSet(new Random(seed));
        return !RuleSetValidator.Find(set).IsEmpty || new CompiledRuleSet(set).Decide(Past.Facts(new Random(seed))) is not null;
    });

    [Fact]
    public void Describe_EachUnit_ReadsAsPeopleSayIt()
    {
        Assert.Equal("amount is at least $10,000.00", Say(RiskFact.Amount, RiskComparison.AtLeast, 10_000));
        Assert.Equal("share passed on is more than 80%", Say(RiskFact.PassedOnShare, RiskComparison.MoreThan, 0.8m));
        Assert.Equal("new payee is yes", Say(RiskFact.NewPayee, RiskComparison.Is, 1));
        Assert.Equal("type is not Deposit", Say(RiskFact.Kind, RiskComparison.IsNot, (int)TransferKind.Deposit));
        Assert.Equal("time since a security change is less than 24 hours", Say(RiskFact.SecurityChangeAge, RiskComparison.LessThan, 24));
        Assert.Equal("days without activity is unknown", Say(RiskFact.DaysIdle, RiskComparison.IsUnknown, 0));
        Assert.Equal(
            "cash is yes and (amount is at most $5.00 or debits in an hour is at least 3)",
            RuleExplanation.Describe(
                new RiskCondition.All([
                    new RiskCondition.Compare(RiskFact.Cash, RiskComparison.Is, 1),
                    new RiskCondition.Any([
                        new RiskCondition.Compare(RiskFact.Amount, RiskComparison.AtMost, 5),
                        new RiskCondition.Compare(RiskFact.Debits1h, RiskComparison.AtLeast, 3),
                    ]),
                ]),
                Currency.Usd,
                English
            )
        );

        static string Say(RiskFact fact, RiskComparison comparison, decimal value) =>
            RuleExplanation.Describe(new RiskCondition.Compare(fact, comparison, value), Currency.Usd, English);
    }

    [Fact]
    public void Explain_RuleThatDidNotFire_SaysWhatWasMissing()
    {
        var rule = RuleDesk.Rule("r", 100) with
        {
            When = new RiskCondition.All([
                new RiskCondition.Compare(RiskFact.Amount, RiskComparison.AtLeast, 100),
                new RiskCondition.Any([
                    new RiskCondition.Compare(RiskFact.NewPayee, RiskComparison.Is, 1),
                    new RiskCondition.Compare(RiskFact.PayeeAge, RiskComparison.LessThan, 24),
                ]),
            ]),
        };

        var small = RuleExplanation.Explain(rule, RiskFacts.Of(Currency.Usd, (RiskFact.Amount, 20)), English);
        var known = RuleExplanation.Explain(
            rule,
            RiskFacts.Of(Currency.Usd, (RiskFact.Amount, 200), (RiskFact.NewPayee, 0), (RiskFact.PayeeAge, 48.5m)),
            English
        );
        var fired = RuleExplanation.Explain(rule, RiskFacts.Of(Currency.Usd, (RiskFact.Amount, 200), (RiskFact.NewPayee, 1)), English);

        Assert.Equal((false, "Amount is $20.00, the rule asks that it is at least $100.00."), (small.HasFired, small.Because));
        Assert.Equal(
            (
                false,
                "New payee is no, the rule asks that it is yes, and age of the payee is 48.5 hours, the rule asks that it is less than 24 hours."
            ),
            (known.HasFired, known.Because)
        );
        Assert.Equal((true, "$200.00 is much."), (fired.HasFired, fired.Because));
    }

    [Fact]
    public void Fill_NamesThatAreNoFacts_StayAsTheyAre() =>
        Assert.Equal(
            "$5.00 {nothing} unknown { amount }",
            RuleExplanation.Fill("{amount} {nothing} {days_idle} { amount }", RiskFacts.Of(Currency.Usd, (RiskFact.Amount, 5)), English)
        );

    [Fact]
    public void Vocabulary_InTheDocumentation_IsTheVocabularyInForce()
    {
        var documented = File.ReadAllLines(Path.Combine(RepositoryPaths.Root, "docs", "fraud.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Split('|').Length == 6);

        Assert.Equal(
            RiskVocabulary.All.Select(fact => $"| `{fact.Key}` | {fact.Label} | {Unit(fact.Unit)} | {fact.Meaning} |"),
            documented);

        static string Unit(RiskUnit unit) => unit switch
        {
            RiskUnit.Flag => "yes or no",
            RiskUnit.HourOfDay => "hour",
            _ => unit.ToString().ToLowerInvariant(),
        };
    }

    private static RuleSet Set(params ImmutableArray<RiskRule> rules) => new(1, rules, new RiskThresholds(40, 80, 200));

    private static void AssertMistake(string? rule, string field, RuleSet set) =>
        Assert.Contains(RuleSetValidator.Find(set), error => error.RuleId == rule && error.Field == field && error.Message.Length > 0);

    private static RuleSet RandomSet(Random random) => new(
        random.Next(1, 100),
        [
            .. Enumerable.Range(0, random.Next(1, 6)).Select(i => new RiskRule
            {
                Id = $"rule-{i}",
                Name = $"Name {random.Next()} “é”",
                When = Condition(random, 1),
                Score = random.Next(-50, 100),
                Decides = random.Next(3) == 0 ? (RiskOutcome)random.Next(1, 4) : null,
                OpensCase = random.Next(3) == 0 ? (CaseKind)random.Next(2) : null,
                Reason = "{amount} <&> \"",
                IsEnabled = random.Next(4) > 0,
            }),
        ],
        new RiskThresholds(random.Next(1, 40), random.Next(41, 80), random.Next(81, 200)));

    private static RiskCondition Condition(Random random, int depth)
    {
        if (depth < 4 && random.Next(2) == 0)
        {
            ImmutableArray<RiskCondition> parts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Condition(random, depth + 1))];
            return random.Next(2) == 0 ? new RiskCondition.All(parts) : new RiskCondition.Any(parts);
        }

        var fact = RiskVocabulary.All[random.Next(RiskVocabulary.All.Length)];
        var comparison = fact.IsOrdered ? (RiskComparison)random.Next(7) : (RiskComparison)random.Next(4, 7);
        return new RiskCondition.Compare(fact.Fact, comparison, fact.Unit switch
        {
            RiskUnit.Flag => random.Next(2),
            RiskUnit.Choice => random.Next(fact.Choices.Length),
            RiskUnit.HourOfDay => random.Next(24),
            _ => random.Next(0, 1_000_000) / 100m,
        });
    }
}
