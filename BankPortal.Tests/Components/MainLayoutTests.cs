using BankPortal.Web.Features.Analytics;
using Microsoft.AspNetCore.Components;

namespace BankPortal.Tests.Components;

/// <summary>The frame around every page, and how light a whole page is.</summary>
public sealed class MainLayoutTests : BankPageContext
{
    // Each takes some 3 KB of every open page. More than this: find out what repeats, and draw it with Markup.
    private const int MostComponents = 37;

    [Fact]
    public async Task Dashboard_WithItsFrame_HasFewComponents()
    {
        var checking = await Bank.OpenAsync(Ann, 1_200, nickname: "Everyday");
        await Bank.OpenAsync(Ann, 300, AccountType.Savings);
        for (var i = 0; i < 12; i++)
        {
            await Bank.PostAsync(checking, -5, "Groceries", TransferKind.Purchase);
        }

        var page = Frame(BankRoutes.Dashboard, builder =>
        {
            builder.OpenComponent<DashboardPage>(0);
            builder.CloseComponent();
        });

        Assert.Equal(8, page.FindAll(".entry-list tbody tr").Count);
        Assert.NotEmpty(page.FindAll(".chart"));
        var types = page.FindComponents<IComponent>().Select(component => component.Instance.GetType().Name).ToList();
        Assert.True(types.Count <= MostComponents, $"{types.Count} components: {string.Join(", ", types.Order(StringComparer.Ordinal))}");
    }

    [Fact]
    public void Navigation_OfAnyPage_IsThereOnceAndMarksThePage()
    {
        var page = Frame(BankRoutes.Transfer, builder => { });

        Assert.Single(page.FindAll("nav[aria-label=Main]"));
        Assert.Equal(BankRoutes.Transfer, page.Find(".nav-link[aria-current=page]").GetAttribute("href"));

        Navigation.NavigateTo(BankRoutes.History + "?text=rent");

        var current = Assert.Single(page.FindAll(".nav-link[aria-current=page]"));
        Assert.Equal(BankRoutes.History, current.GetAttribute("href"));
        Assert.Equal("nav-link active", current.ClassName);
    }

    [Fact]
    public void Navigation_Button_OpensTheSameNavigationAsDrawer()
    {
        var page = Frame(BankRoutes.Dashboard, builder => { });

        var drawer = page.Find("#" + page.Find(".nav-toggle").GetAttribute("popovertarget"));
        Assert.True(drawer.HasAttribute("popover"));
        Assert.NotNull(drawer.QuerySelector("nav[aria-label=Main]"));
        Assert.Equal("hide", drawer.QuerySelector("button")!.GetAttribute("popovertargetaction"));
    }

    [Theory]
    [InlineData(BankRoutes.StaffTransactions, "/staff/transactions/abc", true)]
    [InlineData(BankRoutes.StaffTransactions, "/staff/transactions", true)]
    [InlineData(BankRoutes.Staff, "/staff", true)]
    [InlineData(BankRoutes.Staff, "/staff/transactions", false)]
    [InlineData(BankRoutes.FraudCases, "/fraud/casesandmore", false)]
    [InlineData(BankRoutes.FraudCases, "/fraud", false)]
    public void IsAt_AnAddress_IsThePageOrOneBelow(string href, string path, bool here)
    {
        var item = BankNavigation.Sections.SelectMany(section => section.Items).First(item => item.Href == href);

        Assert.Equal(here, item.IsAt(path));
    }

    [Fact]
    public void ThemeSwitch_InTheBar_SaysWhatItDoes()
    {
        var page = Frame(BankRoutes.Dashboard, builder => { });

        var labels = page.FindAll(".app-bar [data-theme-switch] > span").Select(label => (label.ClassName, label.TextContent));
        Assert.Equal([("theme-to-dark", "Switch to the dark theme"), ("theme-to-light", "Switch to the light theme")], labels);
    }

    protected override bool BringsOverlays => true;

    private IRenderedComponent<MainLayout> Frame(string address, RenderFragment body)
    {
        Navigation.NavigateTo(address);
        return Render<MainLayout>(parameters => parameters.Add(layout => layout.Body, body));
    }
}
