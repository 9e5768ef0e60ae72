namespace BankPortal.Tests.Fraud.Rules;

/// <summary>Makes past transfers with random facts, the same for the same seed.</summary>
internal static class Past
{
    /// <summary>Random facts, some unknown, with values near those that rules compare with.</summary>
    public static RiskFacts Facts(Random random)
    {
        var facts = RiskFacts.Of(Currency.Usd);
        foreach (var fact in RiskVocabulary.All)
        {
            if (random.Next(4) == 0)
            {
                continue;
            }

            decimal value = fact.Unit switch
            {
                RiskUnit.Money => random.Next(3) == 0 ? random.Next(12_000) : random.Next(0, 1_500_000) / 100m,
                RiskUnit.Flag => random.Next(2),
                RiskUnit.Choice => random.Next(fact.Choices.Length),
                RiskUnit.HourOfDay => random.Next(24),
                RiskUnit.Share => random.Next(0, 101) / 100m,
                _ => random.Next(0, 30),
            };
            facts = facts.With((fact.Fact, value));
        }

        return facts;
    }

    /// <summary>A transfer as the ledger keeps it, decided by a rule set.</summary>
    public static Transfer Transfer(int i, DateTimeOffset at, RiskFacts facts, RuleSet decidedBy)
    {
        var decision = new CompiledRuleSet(decidedBy).Decide(facts);
        return Transfer(
            i,
            at,
            new RiskVerdict(
                decision.Outcome,
                decision.Score,
                decidedBy.Version,
                [.. decision.Fired.Select(rule => rule.Id)],
                facts.Format()
            )
        );
    }

    /// <summary>A transfer with a verdict.</summary>
    public static Transfer Transfer(int i, DateTimeOffset at, RiskVerdict? risk) =>
        new()
        {
            Id = DerivedId.From("past", i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Kind = TransferKind.Transfer,
            Status = TransferStatus.Posted,
            DebitAccountId = "a",
            CreditAccountId = "b",
            Amount = LedgerWorld.Usd(10 + i),
            Description = "",
            CreditLabel = "",
            DebitLabel = "",
            InitiatorId = "ann",
            ContentHash = "",
            CreatedAt = at,
            Risk = risk,
        };
}
