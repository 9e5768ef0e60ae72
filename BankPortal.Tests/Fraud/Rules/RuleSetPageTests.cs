using AngleSharp.Dom;
using BankPortal.Web.Features.Fraud.Rules;
using Microsoft.AspNetCore.Components;
using static BankPortal.Tests.Fakes.RuleDesk;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>The list of versions and the page of one: its rules, its life, its back-test and its shadow.</summary>
public sealed class RuleSetPageTests : BankPageContext
{
    public RuleSetPageTests()
    {
        SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        Bank.Directory.Names["ana"] = "Ana Arnold";
        Bank.Directory.Names["bea"] = "Bea Banks";
    }

    [Fact]
    public async Task List_Versions_TellsStateAndWhatDiffersFromLive()
    {
        await Rules.InShadowAsync();

        var page = Render<RuleSetsPage>();

        page.WaitForAssertion(() => Assert.Equal(["Version 2", "Version 1"], page.FindAll("tbody .grid-title").Select(cell => cell.TextContent)));
        Assert.Equal(["In shadow", "Live"], page.FindAll("tbody .badge").Select(badge => badge.TextContent));
        Assert.Contains("1 added", page.Find("tbody tr").TextContent);
        Assert.Contains("Put in shadow by Ana Arnold", page.Find("tbody tr").TextContent);
    }

    [Fact]
    public async Task Draft_BegunFromTheList_OpensInTheEditor()
    {
        await Rules.Refresh.StartAsync();
        var page = Render<RuleSetsPage>();
        Button(page, "Create a draft").Click();
        Overlays.Find(".mud-dialog textarea").Input("too many false alarms");
        Button(page, "Create the draft").Click();

        page.WaitForAssertion(() => Assert.EndsWith("/fraud/rules/2/edit", Navigation.Uri, StringComparison.Ordinal));
        Assert.Equal("too many false alarms", (await Rules.Store.FindAsync(2))!.Purpose);
    }

    [Fact]
    public async Task Open_Draft_ShowsWhatDiffersFirstAndFoldsTheRest()
    {
        var draft = await Rules.DraftAsync();
        Must(
            await Rules.Service.SaveAsync(
                Rules.Ana,
                draft,
                [
                    .. draft
                        .Set.Rules.Where(rule => rule.Id != "fan-in")
                        .Select(rule => rule.Id == "high-value" ? rule with { Score = 25 } : rule),
                ],
                new RiskThresholds(45, 80, 200)
            )
        );

        var page = Show(2);

        var shown = page.FindAll(".rule-lines")[0];
        Assert.Equal(["High value", "Rule extra", "Many senders"], shown.QuerySelectorAll("h3").Select(name => name.TextContent));
        Assert.Equal(["Changed", "New", "Removed"], shown.QuerySelectorAll(".badge").Select(badge => badge.TextContent));
        Assert.Contains("In version 1: +20 points, at least alert", shown.TextContent);
        Assert.Contains("Live: 40, 80, 200.", page.Markup);
        Assert.Contains("15 rules are the same as in version 1", page.Find(".rule-same summary").TextContent);
        page.Find(".card-head input[type=checkbox]").Change(false);
        Assert.Empty(page.FindAll(".rule-same"));
    }

    [Fact]
    public async Task Approve_BySomebodyElse_AsksForTheReasonAndMovesOn()
    {
        await Rules.InShadowAsync();
        var page = Show(2);
        Button(page, "Approve").Click();
        Button(page, "Approve it").Click();
        Assert.Contains("Enter the reason.", Overlays.Find(".mud-dialog").TextContent);
        Overlays.Find(".mud-dialog textarea").Input("went through it");
        Button(page, "Approve it").Click();

        page.WaitForAssertion(() => Assert.Equal("Approved", page.Find(".badge").TextContent));
        Button(page, "Make live").Click();
        Overlays.Find(".mud-dialog textarea").Input("from today");
        Button(page, "Make it live").Click();
        page.WaitForAssertion(() => Assert.Equal("Live", page.Find(".badge").TextContent));
        Assert.Equal(2, (await Rules.Store.ReadPointersAsync())!.Live);
    }

    [Fact]
    public async Task Approve_WithoutAFreshSecondFactor_AsksForItAndComesBack()
    {
        await Rules.InShadowAsync();
        Bank.Time.Advance(TimeSpan.FromMinutes(3));
        var page = Show(2);

        Button(page, "Approve").Click();

        page.WaitForAssertion(() => Assert.Contains("returnUrl=%2Ffraud%2Frules%2F2%3Fdo%3DApprove", Navigation.Uri));
    }

    [Fact]
    public async Task Open_OwnVersionInShadow_OffersNoApproval()
    {
        await Rules.InShadowAsync();
        SignInStaff("ana", "Ana Arnold", BankRoles.Analyst);

        var page = Show(2);

        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Trim() == "Approve");
        Assert.Contains("You have edited it, so you cannot approve it.", page.Markup);
    }

    [Fact]
    public async Task Open_VersionOfSomebodyRelated_CannotBeApprovedAndSaysWhy()
    {
        await Rules.InShadowAsync();
        Bank.Related.Relate("fay", "ana");

        var page = Show(2);

        Assert.True(Button(page, "Approve").HasAttribute("disabled"));
        Assert.StartsWith("Somebody of your household made this.", page.Find("#conflict").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shadow_Figures_GrowOnScreen()
    {
        await Rules.InShadowAsync();
        var page = Show(2);
        Assert.Contains("No transfers yet", page.Markup);

        await Rules.Shadows.AddAsync(
            2,
            [new OutcomeCount(RiskOutcome.Allow, RiskOutcome.Allow, 90), new OutcomeCount(RiskOutcome.Allow, RiskOutcome.Hold, 10)],
            [new OutcomeSample("T1", Bank.Time.GetUtcNow(), 123_400, "USD", RiskOutcome.Allow, 10, RiskOutcome.Hold, 95)],
            Xunit.TestContext.Current.CancellationToken
        );
        for (var i = 0; i < 1_000 && !page.Markup.Contains("100 transfers since", StringComparison.Ordinal); i++)
        {
            Bank.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Xunit.TestContext.Current.CancellationToken);
        }

        var card = page.Find("section[aria-label='In shadow']");
        Assert.Contains("90.00%", card.TextContent);
        Assert.Contains("$1,234.00", card.QuerySelector(".samples")!.TextContent);
        Assert.Equal("/staff/transactions/T1", card.QuerySelector(".samples a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task BackTest_RunFromThePage_ShowsItsProgressAndFigures()
    {
        var draft = await Rules.DraftAsync();
        var random = new Random(3);
        Rules.Ledger.Transfers =
        [
            .. Enumerable
                .Range(0, 150)
                .Select(i => Past.Transfer(i, Bank.Time.GetUtcNow().AddHours(-i - 1), Past.Facts(random), ShippedRules.Version1)),
        ];
        Rules.Dispositions.Known[Rules.Ledger.Transfers[0].Id] = CaseDisposition.ConfirmedFraud;
        var gate = new TaskCompletionSource();
        Rules.Ledger.Before = (i, ct) => i == 120 ? gate.Task.WaitAsync(ct) : Task.CompletedTask;
        var page = Show(2);

        page.Find(".bt-form").Submit();
        await UntilAsync(() =>
            page.FindAll("[role=progressbar]").Count > 0 && page.Markup.Contains("100 transfers so far", StringComparison.Ordinal)
        );
        gate.SetResult();
        await UntilAsync(() => page.FindAll(".bt-figures").Count > 0 && page.Find(".badge").TextContent == "Back-tested");

        Assert.Contains("150", page.Find(".bt-figures").TextContent);
        Assert.Equal(draft.Set.Rules.Length, page.FindAll("section[aria-label='Back-test'] tbody th.bt-rule").Count);
        Assert.NotEmpty(page.FindAll(".bt-hit"));
    }

    [Fact]
    public async Task BackTest_Cancelled_SaysSo()
    {
        await Rules.DraftAsync();
        Rules.Ledger.Transfers = [Past.Transfer(1, Bank.Time.GetUtcNow().AddHours(-1), Past.Facts(new Random(1)), ShippedRules.Version1)];
        Rules.Ledger.Before = (_, ct) => Task.Delay(Timeout.Infinite, ct);
        var page = Show(2);
        page.Find(".bt-form").Submit();
        await UntilAsync(() => page.FindAll("[role=progressbar]").Count > 0);

        Button(page, "Cancel").Click();

        await UntilAsync(() => page.Markup.Contains("The last back-test was cancelled.", StringComparison.Ordinal));
        Assert.Equal("Draft", page.Find(".badge").TextContent);
    }

    [Fact]
    public async Task Open_AsACustomer_RefusesWithoutShowingAnything()
    {
        await Rules.DraftAsync();
        SignInStaff("carl", "Carl", BankRoles.Customer);

        Assert.Contains("You have no access to the rules", Show(2).Markup);
        var list = Render<RuleSetsPage>();
        Assert.Contains("You have no access to the rules", list.Markup);
        Assert.DoesNotContain("catch more", list.Markup);
    }

    private IElement Button<TPage>(IRenderedComponent<TPage> page, string name)
        where TPage : IComponent => Buttons(page).Single(button => button.TextContent.Trim() == name);

    private IRenderedComponent<RuleSetPage> Show(int number)
    {
        var page = Render<RuleSetPage>(parameters => parameters.Add(shown => shown.Number, number));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".skeleton")));
        return page;
    }

    // The page spaces its updates out by the clock, which is moved on until it has.
    private async Task UntilAsync(Func<bool> done)
    {
        for (var i = 0; i < 2_000 && !done(); i++)
        {
            Bank.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5, Xunit.TestContext.Current.CancellationToken);
        }

        Assert.True(done());
    }
}
