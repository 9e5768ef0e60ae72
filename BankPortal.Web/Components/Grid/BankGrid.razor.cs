using Microsoft.JSInterop;
using MudBlazor;
using MudBlazor.Extensions;

namespace BankPortal.Web.Components.Grid;

public sealed partial class BankGrid<TRow>
{
    private MudDataGrid<TRow>? _grid;
    private GridPage<TRow>? _shown;

    [Inject] public required NavigationManager Navigation { get; init; }

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>The name of the grid, under which the browser remembers which columns are hidden.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>What the table is called by screen readers.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>The rows and where the other pages are.</summary>
    [Parameter, EditorRequired] public GridPage<TRow> Page { get; set; } = new([]);

    /// <summary>The address with that order, on its first page; for no order, the one that the source has by itself.</summary>
    [Parameter] public Func<GridSort?, string>? SortHref { get; set; }

    /// <summary>Where everything that the filters let through can be downloaded; <see langword="null"/> for nowhere.</summary>
    [Parameter] public string? ExportHref { get; set; }

    /// <summary>Whether newer rows are being read.</summary>
    [Parameter] public bool Loading { get; set; }

    /// <summary>The class of a row.</summary>
    [Parameter] public Func<TRow, string?>? RowClass { get; set; }

    /// <summary>The columns, each a <see cref="BankColumn{TRow}"/>. The first cannot be hidden: it leads to the row's page.</summary>
    [Parameter, EditorRequired] public RenderFragment? ChildContent { get; set; }

    // Our line icon in the library's button, which fills shapes.
    private static readonly string ColumnsIcon =
        $"<path d=\"{IconShapes.Path(IconName.Columns)}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.75\" stroke-linejoin=\"round\" />";

    private static int Size => GridPage.Size;

    private Dictionary<string, object?> TableAttributes => new(StringComparer.Ordinal) { ["aria-label"] = Label };

    private IEnumerable<Column<TRow>> Choosable => _grid?.RenderedColumns.Where(column => column.Hideable != false) ?? [];

    private string Count => Page switch
    {
        { Rows.Count: 0 } => "Nothing to show",
        { First: { } first, Total: { } total } when total > Page.Rows.Count => $"{Text(first)} to {Text(first + Page.Rows.Count - 1)} of {Text(total)}",
        { Rows.Count: 1, NextHref: null } => "1 row",
        _ => $"{Text(Page.Rows.Count)} rows",
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await HideAsync();
        }

        if (_grid is not null && _shown is not null && !ReferenceEquals(_shown, Page))
        {
            await _grid.ReloadServerData();
        }
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static bool IsHidden(Column<TRow> column) => column.GetState(shown => shown.Hidden);

    private string RowClassOf(TRow row, int index) => RowClass?.Invoke(row) ?? "";

    // The grid asks for the rows of an order. The rows are there already; another order is another address.
    private Task<GridData<TRow>> ReadAsync(GridState<TRow> state, CancellationToken ct)
    {
        _shown = Page;
        var asked = state.SortDefinitions.FirstOrDefault() is { SortBy: { } column } by ? new GridSort(column, by.Descending) : null;
        if (SortHref is not null && asked != Page.Sort)
        {
            Navigation.NavigateTo(SortHref(asked));
        }

        return Task.FromResult(new GridData<TRow> { Items = Page.Rows, TotalItems = Page.Rows.Count });
    }

    private async Task ToggleAsync(Column<TRow> column)
    {
        await column.ToggleAsync();
        await TryAsync(() => Js.InvokeVoidAsync("bankPortal.rememberColumns", Name, Choosable.Where(IsHidden).Select(hidden => hidden.PropertyName)));
    }

    private async Task HideAsync()
    {
        string[] hidden = [];
        await TryAsync(async () => hidden = await Js.InvokeAsync<string[]?>("bankPortal.hiddenColumns", Name) ?? []);
        foreach (var column in Choosable.Where(column => hidden.Contains(column.PropertyName, StringComparer.Ordinal)).ToList())
        {
            await column.HideAsync();
        }
    }

    private static async Task TryAsync(Func<ValueTask> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page is gone.
        }
    }
}
