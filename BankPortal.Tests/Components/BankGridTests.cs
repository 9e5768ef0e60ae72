using BankPortal.Web.Components.Grid;
using Bunit.TestDoubles;
using MudBlazor.Services;

namespace BankPortal.Tests.Components;

/// <summary>The grid of staff pages: rows, order, columns and pages.</summary>
[UnitTest]
public sealed class BankGridTests : BunitContext
{
    private readonly IRenderedComponent<BankProviders> _overlays;

    public BankGridTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddScoped<ComponentLibrary>();
        _overlays = Render<BankProviders>();
    }

    [Fact]
    public void BankGrid_RowsAndColumns_AreATableWithItsName()
    {
        var grid = Show(new GridPage<string>(["Ann", "Ben"]));

        Assert.Equal(["Ann", "Ben"], Cells(grid, "name"));
        Assert.Equal(["3", "3"], Cells(grid, "length"));
        Assert.Equal("People", grid.Find("table").GetAttribute("aria-label") ?? grid.Find(".mud-table-container").GetAttribute("aria-label"));
        Assert.Equal("2 rows", grid.Find("[role=status]").TextContent);
    }

    [Fact]
    public void BankGrid_OtherPageGiven_ShowsItsRows()
    {
        var grid = Show(new GridPage<string>(["Ann"]) { First = 1, Total = 2, NextHref = "/people?page=2" });
        Assert.Equal("/people?page=2", grid.Find("a[rel=next]").GetAttribute("href"));
        Assert.Equal("1 to 1 of 2", grid.Find("[role=status]").TextContent);

        grid.Render(parameters => parameters.Add(p => p.Page, new GridPage<string>(["Ben"]) { First = 2, Total = 2, PreviousHref = "/people" }));

        grid.WaitForAssertion(() => Assert.Equal(["Ben"], Cells(grid, "name")));
        Assert.Empty(grid.FindAll("a[rel=next]"));
        Assert.Equal("/people", grid.Find("a[rel=prev]").GetAttribute("href"));
    }

    [Fact]
    public void BankGrid_HeaderPressed_GoesToTheAddressOfThatOrder()
    {
        var grid = Show(new GridPage<string>(["Ann", "Ben"]));
        Assert.Single(grid.FindAll("th button"));

        grid.Find("th button").Click();
        grid.WaitForAssertion(() => Assert.EndsWith("/people?sort=name", Services.GetRequiredService<BunitNavigationManager>().Uri));
    }

    [Fact]
    public void BankGrid_ColumnHidden_IsGoneAndRemembered()
    {
        var grid = Show(new GridPage<string>(["Ann"]));
        grid.Find(".bank-menu button").Click();
        var choice = _overlays.WaitForElement("[role=menuitemcheckbox]");
        Assert.Equal(("Length", "true"), (choice.TextContent.Trim(), choice.GetAttribute("aria-checked")));

        choice.Click();

        grid.WaitForAssertion(() => Assert.Empty(Cells(grid, "length")));
        Assert.Equal(["Ann"], Cells(grid, "name"));
        var remembered = Assert.Single(JSInterop.Invocations["bankPortal.rememberColumns"]);
        Assert.Equal(["length"], Assert.IsAssignableFrom<IEnumerable<string>>(remembered.Arguments[1]));
    }

    private static IEnumerable<string> Cells(IRenderedComponent<BankGrid<string>> grid, string column) =>
        grid.FindAll($"td.{column}").Select(cell => cell.TextContent.Trim());

    private IRenderedComponent<BankGrid<string>> Show(GridPage<string> page) => Render<BankGrid<string>>(parameters => parameters
        .Add(p => p.Name, "people")
        .Add(p => p.Label, "People")
        .Add(p => p.Page, page)
        .Add(p => p.SortHref, sort => "/people" + (sort is null ? "" : "?" + sort.Query))
        .AddChildContent<BankColumn<string>>(column => column
            .Add(c => c.Name, "name")
            .Add(c => c.Title, "Name")
            .Add(c => c.CellClass, "name")
            .Add(c => c.Hideable, false)
            .Add(c => c.Sortable, true)
            .Add(c => c.CellTemplate, cell => builder => builder.AddContent(0, cell.Item)))
        .AddChildContent<BankColumn<string>>(column => column
            .Add(c => c.Name, "length")
            .Add(c => c.Title, "Length")
            .Add(c => c.CellClass, "length")
            .Add(c => c.CellTemplate, cell => builder => builder.AddContent(0, cell.Item.Length))));
}
