using AngleSharp.Dom;
using BankPortal.Web.Features.Fraud.Rules;
using static BankPortal.Tests.Fakes.RuleDesk;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>The editor of drafts: checked next to the field, told in plain words, nothing lost.</summary>
public sealed class RuleSetEditPageTests : BankPageContext
{
    private readonly Actor _fay;

    public RuleSetEditPageTests()
    {
        _fay = SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        Bank.Directory.Names["bea"] = "Bea Banks";
    }

    [Fact]
    public async Task Open_Draft_ListsEveryRuleInPlainWords()
    {
        var page = await ShowAsync();

        Assert.Equal(ShippedRules.Version1.Rules.Select(rule => rule.Name), page.FindAll(".edit-name").Select(name => name.TextContent));
        Assert.Contains("When amount is at least $10,000.00: +20 points, at least alert", page.Markup);
        Assert.Contains("Nothing to save", page.Find(".edit-state").TextContent);
    }

    [Fact]
    public async Task Type_ValueThatIsNone_IsSaidNextToTheFieldAndStaysTyped()
    {
        var page = await ShowAsync();
        OpenRule(page, "High value");

        page.Find(".cond-number input").Input("ten thousand");

        var input = page.Find(".cond-number input");
        Assert.Equal(("true", "ten thousand"), (input.GetAttribute("aria-invalid"), input.GetAttribute("value")));
        Assert.Contains("Enter an amount such as", page.Find("#" + input.GetAttribute("aria-describedby")).TextContent);
        Assert.Contains("1 error", page.Find(".edit-rule:has(.rule-edit) .badge").TextContent);
        Assert.Contains("Shown when all conditions are valid", page.Find(".rule-edit-preview").TextContent);

        page.Find("form").Submit();
        Assert.Equal("ten thousand", page.Find(".cond-number input").GetAttribute("value"));
        Assert.Equal(1, (await Rules.Store.FindAsync(2))!.Edition);

        page.Find(".cond-number input").Input("8,000");
        Assert.Null(page.Find(".cond-number input").GetAttribute("aria-invalid"));
        Assert.Contains("When amount is at least $8,000.00: +20 points, at least alert.", page.Find(".rule-edit-preview").TextContent);
        Assert.Contains("$8,000.00 is a high value.", page.Find(".rule-edit-example").TextContent);
    }

    [Fact]
    public async Task Save_ChangedRule_IsWrittenAndSaysSo()
    {
        var page = await ShowAsync();
        OpenRule(page, "High value");
        page.Find(".cond-number input").Input("8,000");
        Assert.Contains("Not saved yet: 1 changed", page.Find(".edit-state").TextContent);

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Draft saved", ToastTexts));
        var saved = (await Rules.Store.FindAsync(2))!;
        Assert.Equal(
            new RiskCondition.Compare(RiskFact.Amount, RiskComparison.AtLeast, 8_000),
            saved.Set.Rules.Single(rule => rule.Id == "high-value").When
        );
        Assert.Equal(
            ShippedRules.Version1.Rules.Where(rule => rule.Id != "high-value"),
            saved.Set.Rules.Where(rule => rule.Id != "high-value")
        );
        Assert.Equal(("fay", RuleSetAction.Edit), (saved.Steps[^1].ActorId, saved.Steps[^1].Action));
        Assert.Contains("Nothing to save", page.Find(".edit-state").TextContent);
    }

    [Fact]
    public async Task Fields_EachMistake_StandsNextToItsField()
    {
        var page = await ShowAsync();
        OpenRule(page, "High value");

        Field(page, "Score").Input("many");
        Field(page, "Reason").Input("{no_such_fact}");
        Field(page, "Name").Input("");
        page.FindAll(".edit-thresholds input")[0].Input("90");

        Assert.Contains("Enter a whole number.", ErrorOf(page, "Score"));
        Assert.Contains("There is no fact {no_such_fact}.", ErrorOf(page, "Reason"));
        Assert.Contains("Give the rule a name", ErrorOf(page, "Name"));
        Assert.Contains("The thresholds must rise", page.Find("#thresholds-error").TextContent);
        Assert.All(page.FindAll(".edit-thresholds input"), input => Assert.Equal("true", input.GetAttribute("aria-invalid")));
        Assert.Contains("Correct 4 errors first", page.Find(".edit-state").TextContent);
    }

    [Fact]
    public async Task Add_RuleWithGroups_IsSavedAsItReads()
    {
        var page = await ShowAsync();
        Button(page, "Add a rule").Click();
        Field(page, "Name").Input("Night owl");
        Assert.Equal("night-owl", Field(page, "Id").GetAttribute("value"));
        page.Find(".cond-number input").Input("1,500");
        page.FindAll(".rule-edit .cond-add button")[1].Click();
        var inner = page.Find(".cond-depth-2");
        inner.QuerySelector(".cond-fact")!.Change("hour_of_day");
        page.Find(".cond-depth-2 .cond-is").Change(nameof(RiskComparison.LessThan));
        page.Find(".cond-depth-2 .cond-number input").Input("5");
        page.Find(".cond-depth-2 .cond-add button").Click();
        page.FindAll(".cond-depth-2 .cond-fact")[1].Change("new_payee");
        Field(page, "Decides alone").Change(nameof(RiskOutcome.Hold));
        Field(page, "Reason").Input("{amount} at {hour_of_day} o’clock");
        Assert.Contains(
            "When amount is at least $1,500.00 and (hour of the day is less than 5 or new payee is yes): +20 points, at least hold.",
            page.Find(".rule-edit-preview").TextContent
        );

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Draft saved", ToastTexts));
        var rule = (await Rules.Store.FindAsync(2))!.Set.Rules[0];
        Assert.Equal(("night-owl", RiskOutcome.Hold), (rule.Id, rule.Decides));
        Assert.Equal(
            new RiskCondition.All([
                new RiskCondition.Compare(RiskFact.Amount, RiskComparison.AtLeast, 1_500),
                new RiskCondition.Any([
                    new RiskCondition.Compare(RiskFact.HourOfDay, RiskComparison.LessThan, 5),
                    new RiskCondition.Compare(RiskFact.NewPayee, RiskComparison.Is, 1),
                ]),
            ]),
            rule.When
        );
        Assert.NotNull(Field(page, "Id").GetAttribute("readonly"));
    }

    [Fact]
    public async Task DisableAndRemove_Rules_AreSaved()
    {
        var page = await ShowAsync();
        page.FindAll(".edit-switch input")[0].Change(false);
        page.FindAll(".edit-rule .icon-btn")[1].Click();
        Button(page, "Remove the rule").Click();

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Draft saved", ToastTexts));
        var saved = (await Rules.Store.FindAsync(2))!.Set.Rules;
        Assert.Equal((false, ShippedRules.Version1.Rules.Length - 1), (saved[0].IsEnabled, saved.Length));
        Assert.DoesNotContain(saved, rule => rule.Id == ShippedRules.Version1.Rules[1].Id);
    }

    [Fact]
    public async Task LeaveAndComeBack_WithoutSaving_FindsWhatWasTypedEvenIfWrong()
    {
        var page = await ShowAsync();
        OpenRule(page, "High value");
        page.Find(".cond-number input").Input("12 apples");
        Field(page, "Name").Input("Really high value");
        await DisposeComponentsAsync();

        page = Open();

        page.WaitForAssertion(() => Assert.Contains("were restored", page.Markup));
        OpenRule(page, "Really high value");
        Assert.Equal("12 apples", page.Find(".cond-number input").GetAttribute("value"));

        Button(page, "Discard").Click();
        Button(page, "Discard changes").Click();
        page.WaitForAssertion(() => Assert.Contains("Nothing to save", page.Markup));
        Assert.DoesNotContain("Really high value", page.Markup);
    }

    [Fact]
    public async Task Save_SomebodyElseWasFaster_KeepsMineShowsTheirsAndLetsMeChoose()
    {
        var page = await ShowAsync();
        OpenRule(page, "High value");
        page.Find(".cond-number input").Input("8,000");
        var seen = (await Rules.Store.FindAsync(2))!;
        Must(await Rules.Service.SaveAsync(Rules.Bea, seen, [.. seen.Set.Rules, Rule("beas", 5_000)], seen.Set.Thresholds));

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("Bea Banks saved this draft while you were editing.", page.Markup));
        Assert.Contains("they changed: 1 added", page.Markup);
        Assert.Equal("8,000", page.Find(".cond-number input").GetAttribute("value"));
        Assert.Contains((await Rules.Store.FindAsync(2))!.Set.Rules, rule => rule.Id == "beas");

        Button(page, "Keep mine, overwrite theirs when I save").Click();
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Draft saved", ToastTexts));
        Assert.DoesNotContain((await Rules.Store.FindAsync(2))!.Set.Rules, rule => rule.Id == "beas");
    }

    [Fact]
    public async Task Save_StoreFails_SaysSoAndKeepsWhatWasTyped()
    {
        var page = await ShowAsync();
        OpenRule(page, "High value");
        page.Find(".cond-number input").Input("8,000");
        Rules.Memory.Fault = new TimeoutException("no answer");

        page.Find("form").Submit();

        page.WaitForAssertion(() => Assert.Contains("What you typed is still here.", page.Find(".edit-state").TextContent));
        Assert.Equal("8,000", page.Find(".cond-number input").GetAttribute("value"));
        Rules.Memory.Fault = null;
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("Draft saved", ToastTexts));
    }

    [Fact]
    public async Task Open_VersionThatCannotChange_SaysWhy()
    {
        await Rules.Refresh.StartAsync();
        Assert.Contains("can no longer be edited", Open(1).Markup);
        Assert.Contains("There is no such version", Open(9).Markup);
        SignInStaff("adam", "Adam", BankRoles.Admin);
        await Rules.DraftAsync();
        Assert.Contains("Only fraud analysts edit rules", Open().Markup);
        SignInStaff("carl", "Carl", BankRoles.Customer);
        Assert.Contains("You have no access to the rules", Open().Markup);
    }

    private IElement Button(IRenderedComponent<RuleSetEditPage> page, string name) =>
        Buttons(page).Single(button => button.TextContent.Trim() == name);

    private static IElement Field(IRenderedComponent<RuleSetEditPage> page, string label)
    {
        var found = page.FindAll(".rule-edit label").Single(candidate => candidate.TextContent.Trim() == label);
        return page.Find("#" + found.GetAttribute("for"));
    }

    private static string ErrorOf(IRenderedComponent<RuleSetEditPage> page, string label) =>
        page.Find("#" + Field(page, label).Id + "-error").TextContent;

    private static void OpenRule(IRenderedComponent<RuleSetEditPage> page, string name) =>
        page.FindAll(".edit-open").Single(button => button.TextContent.Trim() == name).Click();

    private async Task<IRenderedComponent<RuleSetEditPage>> ShowAsync()
    {
        await Rules.Refresh.StartAsync();
        Must(await Rules.Service.DraftAsync(_fay, 1, "catch more"));
        var page = Open();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".edit-rule")));
        return page;
    }

    private IRenderedComponent<RuleSetEditPage> Open(int number = 2) =>
        Render<RuleSetEditPage>(parameters => parameters.Add(page => page.Number, number));
}
