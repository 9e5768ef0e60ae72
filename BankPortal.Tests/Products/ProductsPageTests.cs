using BankPortal.Core.Products.Terms;
using BankPortal.Web.Components.Inputs;
using BankPortal.Web.Features.Products.Terms;

namespace BankPortal.Tests.Products;

public sealed class ProductsPageTests : BankPageContext
{
    public ProductsPageTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public async Task Propose_ChangedRate_WaitsForASecondPersonWhoApprovesIt()
    {
        SignInStaff("mia", "Mia Manager", BankRoles.Manager);
        var form = Open<ProposeTermsPage>("/products/propose?product=Savings");
        form.WaitForElement("#tier0Rate");
        form.Find("#tier0Rate").Input("2.75");
        form.Find("#reason").Input("The market moved");
        await form.Find("form").SubmitAsync();
        Assert.EndsWith("/products", Navigation.Uri, StringComparison.Ordinal);

        var own = Render<ProductsPage>();
        own.WaitForAssertion(() => Assert.Contains("Somebody else has to decide on it", own.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain(own.FindAll("button"), button => button.TextContent.Contains("Approve", StringComparison.Ordinal));

        SignInStaff("max", "Max Manager", BankRoles.Manager);
        SetSecondFactor(Bank.Time.GetUtcNow(), "max");
        var page = Open<ProductsPage>("/products");
        page.WaitForElement("button[aria-label='Approve version 2']").Click();
        var dialog = Overlays.WaitForElement("[role=dialog]");
        Assert.Contains("2.00% to 2.75% a year", dialog.TextContent, StringComparison.Ordinal);
        Overlays.Find("[role=dialog] textarea").Input("Agreed");
        Buttons(page).First(button => button.TextContent == "Approve them").Click();
        page.WaitForAssertion(() => Assert.Contains("Approved", page.Find(".versions").TextContent, StringComparison.Ordinal));
        Assert.Equal(TermsState.Approved, (await Terms.ReadAsync(AccountType.Savings)).Versions[1].State);
    }

    [Fact]
    public async Task Propose_WrongFields_SaysSoNextToEachAndStoresNothing()
    {
        SignInStaff("mia", "Mia Manager", BankRoles.Manager);
        var form = Open<ProposeTermsPage>("/products/propose?product=Savings");
        form.WaitForElement("#tier0Rate");
        form.Find("#tier0From").Input("100");
        form.Find("#tier1From").Input("50");
        form.Find("#tier1Rate").Input("-1");
        await form.Find("form").SubmitAsync();
        Assert.Contains("This leaves a gap: balances below 100.00 have no rate.", ErrorOf(form, "tier0From"), StringComparison.Ordinal);
        Assert.Contains("This tier overlaps the one before it", ErrorOf(form, "tier1From"), StringComparison.Ordinal);
        Assert.Contains("A rate cannot be negative.", ErrorOf(form, "tier1Rate"), StringComparison.Ordinal);
        Assert.Contains("Enter the reason.", ErrorOf(form, "reason"), StringComparison.Ordinal);

        form.Find("#tier1Rate").Input("1,5");
        await form.Find("form").SubmitAsync();
        Assert.Contains("Enter a rate such as 2.25.", ErrorOf(form, "tier1Rate"), StringComparison.Ordinal);
        Assert.Single((await Terms.ReadAsync(AccountType.Savings)).Versions);
    }

    [Fact]
    public async Task Propose_DayInThePast_NeedsTheMarkOfACorrection()
    {
        SignInStaff("mia", "Mia Manager", BankRoles.Manager);
        var form = Open<ProposeTermsPage>("/products/propose?product=Savings");
        form.WaitForElement("#tier0Rate").Input("2.75");
        var date = form.FindComponent<BankDate>();
        await date.InvokeAsync(() => date.Instance.ValueChanged.InvokeAsync(Terms.Today.AddDays(-3)));
        form.Find("#reason").Input("Forgotten");
        await form.Find("form").SubmitAsync();
        Assert.Contains("This day is in the past.", ErrorOf(form, "from"), StringComparison.Ordinal);

        form.Find("#correction").Change(true);
        await form.Find("form").SubmitAsync();
        Assert.True((await Terms.ReadAsync(AccountType.Savings)).Versions[1].IsCorrection);
    }

    [Fact]
    public void Open_Administrator_MayNotPropose()
    {
        SignInStaff("tom", "Tom Admin", BankRoles.Admin);
        var form = Open<ProposeTermsPage>("/products/propose?product=Checking");
        form.WaitForAssertion(() => Assert.Contains("Managers propose changes", form.Markup, StringComparison.Ordinal));
        var page = Open<ProductsPage>("/products");
        page.WaitForAssertion(() => Assert.Contains("Savings account", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("Propose a change", page.Markup, StringComparison.Ordinal);
    }

    private static string ErrorOf(IRenderedComponent<ProposeTermsPage> form, string field)
    {
        var id = form.Find("#" + field).GetAttribute("aria-describedby") ?? "";
        return string.Join(' ', id.Split(' ').Where(part => part.Length > 0).Select(part => form.Find("#" + part).TextContent));
    }
}
