using BankPortal.Web.Features.Accounts;

namespace BankPortal.Tests.Accounts;

/// <summary>The page on which staff declare who is related to them.</summary>
public sealed class RelatedPersonsPageTests : BankPageContext
{
    [Fact]
    public async Task Declare_AnAccountNumber_ShowsWhoItIs()
    {
        SignInStaff("fay", "Fay Analyst", BankRoles.Analyst);
        var bens = await Bank.OpenAsync(Ben, 5);
        var page = Render<RelatedPersonsPage>();
        page.WaitForAssertion(() => Assert.Contains("You have declared nobody", page.Markup));

        page.Find("#number").Input("12");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains("An account number has ten digits; this has 2.", page.Find("#number-error").TextContent));
        page.Find("#number").Input(bens.Number.Grouped);
        page.Find("form").Submit();

        // Nothing is stored before the person has seen whose account it is.
        page.WaitForAssertion(() => Assert.Contains("Ben Baker", Overlays.Find(".mud-dialog").TextContent));
        Assert.Contains("Household", Overlays.Find(".mud-dialog").TextContent);
        Assert.Empty(await Bank.Related.FindAsync("fay"));
        Overlays.FindAll(".mud-dialog button").Single(button => button.TextContent == "Cancel").Click();
        page.WaitForAssertion(() => Assert.Empty(Overlays.FindAll(".mud-dialog")));
        Assert.Empty(await Bank.Related.FindAsync("fay"));
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.NotEmpty(Overlays.FindAll(".mud-dialog")));
        Overlays.FindAll(".mud-dialog button").Single(button => button.TextContent == "Declare").Click();

        page.WaitForAssertion(() => Assert.Contains("Ben Baker", page.Find("section tbody").TextContent));
        Assert.Contains("Household", page.Find("section tbody").TextContent);
        Assert.Equal("ben", Assert.Single(await Bank.Related.FindAsync("fay")).UserId);
        Assert.DoesNotContain(page.FindAll("h2"), title => title.TextContent == "All staff");
    }

    [Fact]
    public async Task Remove_ByAnAdministrator_NeedsAReasonAndNotTheirOwn()
    {
        SignInStaff("adam", "Adam Admin", BankRoles.Admin);
        Staff.Add("adam", "Adam Admin", BankRoles.Admin);
        Staff.Add("fay", "Fay Analyst", BankRoles.Analyst);
        Bank.Directory.Names["fay"] = "Fay Analyst";
        Bank.Related.Relate("fay", "ben");
        Bank.Related.Relate("adam", "ann");
        var page = Render<RelatedPersonsPage>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("button").Count(button => button.TextContent == "Remove…")));

        var own = page.Find("button[aria-label='Remove Ann Archer from Adam Admin']");
        Assert.True(own.HasAttribute("disabled"));
        Assert.Contains("You are the person this is about.", page.Find("#" + own.GetAttribute("aria-describedby")!.Replace(".", "\\.")).TextContent);
        page.Find("button[aria-label='Remove Ben Baker from Fay Analyst']").Click();
        Overlays.Find(".mud-dialog textarea").Input("Moved out");
        Overlays.FindAll(".mud-dialog button").Single(button => button.TextContent == "Remove it").Click();

        page.WaitForAssertion(() => Assert.Single(page.FindAll("button"), button => button.TextContent == "Remove…"));
        Assert.Empty(await Bank.Related.FindAsync("fay"));
    }
}
