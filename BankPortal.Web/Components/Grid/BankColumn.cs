using MudBlazor;

namespace BankPortal.Web.Components.Grid;

/// <summary>A column of a <see cref="BankGrid{TRow}"/>. It can be sorted by only when the page's source can be.</summary>
public sealed class BankColumn<TRow> : TemplateColumn<TRow>
{
    public BankColumn()
    {
        Sortable = false;
        Filterable = false;
        Groupable = false;
        Resizable = false;
        DragAndDropEnabled = false;
        ShowColumnOptions = false;
    }

    /// <summary>The name of the column in the address and in the choice of columns.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    public override string PropertyName => Name;
}
