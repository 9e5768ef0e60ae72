namespace BankPortal.Web.Components.Grid;

/// <summary>How a grid is sorted: by one column, as the address says.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Descending">Whether the largest comes first.</param>
public sealed record GridSort(string Column, bool Descending)
{
    /// <summary>Reads the values <c>sort</c> and <c>dir</c> of an address.</summary>
    /// <param name="column">The column in the address.</param>
    /// <param name="direction">"desc" for the largest first; anything else is the smallest first.</param>
    /// <param name="columns">The columns that can be sorted by.</param>
    /// <returns>The order; <see langword="null"/>, for the order that the source has by itself, when the column is not one of them.</returns>
    public static GridSort? Of(string? column, string? direction, params IEnumerable<string> columns) =>
        columns.Contains(column, StringComparer.Ordinal) ? new GridSort(column!, direction == "desc") : null;

    /// <summary>The order in an address, such as <c>sort=due&amp;dir=desc</c>.</summary>
    public string Query => "sort=" + Uri.EscapeDataString(Column) + (Descending ? "&dir=desc" : "");
}

/// <summary>What a grid shows: one page of rows, and the addresses of the pages beside it.</summary>
/// <param name="Rows">The rows, sorted.</param>
public sealed record GridPage<TRow>(IReadOnlyList<TRow> Rows)
{
    /// <summary>How they are sorted; <see langword="null"/> for the order that the source has by itself.</summary>
    public GridSort? Sort { get; init; }

    /// <summary>The number of the first row, from 1; <see langword="null"/> when it is not known.</summary>
    public int? First { get; init; }

    /// <summary>How many rows all pages have; <see langword="null"/> when it is not known.</summary>
    public int? Total { get; init; }

    /// <summary>The address of the first page; <see langword="null"/> on the first page.</summary>
    public string? FirstHref { get; init; }

    /// <summary>The address of the page before; <see langword="null"/> when there is none or it is not known.</summary>
    public string? PreviousHref { get; init; }

    /// <summary>The address of the next page; <see langword="null"/> on the last page.</summary>
    public string? NextHref { get; init; }
}

/// <summary>Makes the pages of a list that is read whole because its length is bounded.</summary>
public static class GridPage
{
    /// <summary>How many rows a page has: few, because each costs memory in every open tab.</summary>
    public const int Size = 18;

    /// <summary>Makes one page.</summary>
    /// <param name="rows">All rows, in the order that the source has by itself.</param>
    /// <param name="sort">How to sort; <see langword="null"/> for not at all.</param>
    /// <param name="keys">What each column is sorted by. Equal rows keep their order.</param>
    /// <param name="page">The number of the page, from 1; one beyond the end is the last.</param>
    /// <param name="address">The address of a page.</param>
    public static GridPage<TRow> Of<TRow>(
        IReadOnlyList<TRow> rows,
        GridSort? sort,
        IReadOnlyDictionary<string, Func<TRow, IComparable?>> keys,
        int page,
        Func<int, string> address)
    {
        IEnumerable<TRow> sorted = rows;
        if (sort is not null && keys.TryGetValue(sort.Column, out var key))
        {
            var order = Comparer<IComparable?>.Default;
            sorted = sort.Descending ? rows.OrderByDescending(key, order) : rows.OrderBy(key, order);
        }

        var pages = Math.Max(1, (rows.Count + Size - 1) / Size);
        var at = Math.Clamp(page, 1, pages);
        return new GridPage<TRow>([.. sorted.Skip((at - 1) * Size).Take(Size)])
        {
            Sort = sort,
            First = rows.Count == 0 ? null : (at - 1) * Size + 1,
            Total = rows.Count,
            FirstHref = at > 2 ? address(1) : null,
            PreviousHref = at > 1 ? address(at - 1) : null,
            NextHref = at < pages ? address(at + 1) : null,
        };
    }
}
