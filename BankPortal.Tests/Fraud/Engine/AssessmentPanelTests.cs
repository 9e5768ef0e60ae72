using BankPortal.Web.Features.Fraud.Engine;

namespace BankPortal.Tests.Fraud.Engine;

/// <summary>How the assessment of a transfer is told.</summary>
public sealed class AssessmentPanelTests : BankPageContext
{
    private static readonly RiskFacts Large = RiskFacts.Of(
        Currency.Usd,
        (RiskFact.Amount, 12_000),
        (RiskFact.Kind, (int)TransferKind.Transfer),
        (RiskFact.OwnTransfer, 0),
        (RiskFact.NewPayee, 1),
        (RiskFact.BalanceShare, 0.5m)
    );

    public AssessmentPanelTests() => SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);

    [Fact]
    public async Task Show_AssessedTransfer_TellsEveryRuleWithItsNumbers()
    {
        await Rules.Refresh.StartAsync();

        var panel = Show(Decided(Large) with { Shadow = new ShadowVerdict(2, RiskOutcome.Hold, 90) });

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".assess-fired")));
        Assert.Equal("Allowed with alert", panel.Find(".badge").TextContent);
        Assert.Equal(
            ["Large transfer to a new payee", "High value"],
            panel.FindAll(".assess-fired strong").Select(name => name.TextContent)
        );
        Assert.Contains(
            "$12,000.00 to a payee the customer had not paid until the last 24 hours.",
            panel.Find(".assess-fired").TextContent
        );
        Assert.Contains("Share of the balance", panel.Markup);
        Assert.Contains("Score 65. Alert from 40, hold from 80, block from 200.", panel.Find("[role=img]").GetAttribute("aria-label"));
        Assert.Contains("15 short of a hold", panel.Find(".assess-score").TextContent);
        Assert.Equal("/fraud/rules/1", panel.Find(".facts a").GetAttribute("href"));
        Assert.Contains("has another outcome", panel.Find(".facts").TextContent);
        Assert.Contains("90 points", panel.Find(".facts").TextContent);
        var others = panel.FindAll("details")[0].TextContent;
        Assert.Contains("Cash is unknown, the rule asks that it is yes.", others);
        Assert.DoesNotContain("differs from the stored one", panel.Markup);
        Assert.Equal(RiskVocabulary.All.Length, panel.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task Show_StoredDecisionThatDoesNotComeOutAgain_SaysSo()
    {
        await Rules.Refresh.StartAsync();

        var panel = Show(Decided(Large) with { Score = 70 });

        panel.WaitForAssertion(() => Assert.Contains("differs from the stored one", panel.Markup));
    }

    [Fact]
    public async Task Show_TransferThatCouldNotBeAssessed_SaysWhyItIsHeld()
    {
        await Rules.Refresh.StartAsync();

        var panel = Show(new RiskVerdict(RiskOutcome.Hold, 0, 1, [FraudScreening.NotAssessable], Array.Empty<byte>()));

        Assert.Equal("Held", panel.Find(".badge").TextContent);
        Assert.Contains("could not be read in time, so the transfer was held", panel.Markup);
    }

    [Fact]
    public void Show_TransferThatWasNotAssessed_SaysSo()
    {
        Assert.Contains("not assessed", Show(null).Find("p").TextContent);
        var own = Show(new RiskVerdict(RiskOutcome.Allow, 0, 0, [], Large.Format()));
        Assert.Contains("The bank itself ordered this", own.Find("p").TextContent);
        Assert.Equal(RiskVocabulary.All.Length, own.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task Show_RulesCannotBeRead_OffersToTryAgain()
    {
        await Rules.Refresh.StartAsync();
        Rules.Memory.Fault = new TimeoutException("no answer");
        var panel = Show(Decided(Large));
        panel.WaitForAssertion(() => Assert.Contains("could not be read right now", panel.Markup));

        Rules.Memory.Fault = null;
        panel.FindAll(".error-box button").Single(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).Click();

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".assess-fired")));
    }

    private static RiskVerdict Decided(RiskFacts facts)
    {
        var decision = new CompiledRuleSet(ShippedRules.Version1).Decide(facts);
        return new RiskVerdict(decision.Outcome, decision.Score, 1, [.. decision.Fired.Select(rule => rule.Id)], facts.Format());
    }

    private IRenderedComponent<AssessmentPanel> Show(RiskVerdict? risk) =>
        Render<AssessmentPanel>(parameters =>
            parameters.Add(
                panel => panel.Transfer,
                new Transfer
                {
                    Id = "T1",
                    Kind = TransferKind.Transfer,
                    Status = TransferStatus.Posted,
                    DebitAccountId = "a",
                    CreditAccountId = "b",
                    Amount = LedgerWorld.Usd(12_000),
                    Description = "",
                    CreditLabel = "",
                    DebitLabel = "",
                    InitiatorId = "ann",
                    ContentHash = "",
                    CreatedAt = Bank.Time.GetUtcNow(),
                    Risk = risk,
                }
            )
        );
}
