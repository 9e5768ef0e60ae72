using BankPortal.Web.Components.Grid;

namespace BankPortal.Tests.Components;

/// <summary>Pages of a list that is read whole, and the order in an address.</summary>
[UnitTest]
public sealed class GridPageTests
{
    private static readonly Dictionary<string, Func<int, IComparable?>> Keys = new(StringComparer.Ordinal)
    {
        ["value"] = value => value,
        ["even"] = value => value % 2,
    };

    [Theory]
    [InlineData(1, 1, 18, null, null, "/2")]
    [InlineData(2, 19, 18, null, "/1", "/3")]
    [InlineData(3, 37, 14, "/1", "/2", null)]
    [InlineData(99, 37, 14, "/1", "/2", null)]
    [InlineData(-1, 1, 18, null, null, "/2")]
    public void Of_FiftyRows_GivesThePageAndItsNeighbours(int page, int first, int rows, string? start, string? before, string? after)
    {
        var made = GridPage.Of([.. Enumerable.Range(1, 50)], null, Keys, page, at => $"/{at}");

        Assert.Equal((first, rows, 50), (made.First, made.Rows.Count, made.Total));
        Assert.Equal(Enumerable.Range(first, rows), made.Rows);
        Assert.Equal((start, before, after), (made.FirstHref, made.PreviousHref, made.NextHref));
    }

    [Fact]
    public void Of_Sorted_KeepsTheOrderOfEqualRows()
    {
        var made = GridPage.Of([4, 1, 3, 2], new GridSort("even", Descending: true), Keys, 1, _ => "");

        Assert.Equal([1, 3, 4, 2], made.Rows);
    }

    [Fact]
    public void Of_NoRows_IsOneEmptyPage()
    {
        var made = GridPage.Of<int>([], new GridSort("value", Descending: false), Keys, 3, _ => "");

        Assert.Equal((null, 0), (made.First, made.Total));
        Assert.Null(made.NextHref);
        Assert.Null(made.PreviousHref);
    }

    [Theory]
    [InlineData("value", null, "sort=value")]
    [InlineData("value", "desc", "sort=value&dir=desc")]
    [InlineData("value", "up", "sort=value")]
    [InlineData("other", "desc", null)]
    [InlineData(null, "desc", null)]
    public void Sort_OfAnAddress_IsAKnownColumnOrNone(string? column, string? direction, string? query) =>
        Assert.Equal(query, GridSort.Of(column, direction, Keys.Keys)?.Query);
}
