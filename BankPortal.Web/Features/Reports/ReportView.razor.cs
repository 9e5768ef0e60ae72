using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Web.Features.Reports;

/// <summary>Shows the figures of a report as a chart and a table.</summary>
public sealed partial class ReportView
{
    private const int Step = 200;

    private ReportResult? _last;
    private ReportChart? _chart;
    private int _shown = Step;

    /// <summary>The figures.</summary>
    [Parameter, EditorRequired] public ReportResult Result { get; set; } = null!;

    /// <summary>What the table holds.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    private bool IsEmpty => Result.Lines.All(line => line.Cells.All(cell => cell is null || cell.Values.All(value => value is null or 0)));

    private IEnumerable<string> Headings =>
        Result.Definition.By.IsEmpty ? [""] : Result.Definition.By.Select(ReportVocabulary.Title);

    private bool HasComparison => Result.Definition.Comparison != ReportComparison.None;

    private int Span => Result.Definition.Measures.Length * (HasComparison ? 3 : 1);

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_last, Result))
        {
            (_last, _chart, _shown) = (Result, ReportChart.Of(Result), Step);
        }
    }

    private IEnumerable<string> MeasureHeadings()
    {
        foreach (var measure in Result.Definition.Measures)
        {
            yield return ReportVocabulary.Title(measure);
            if (HasComparison)
            {
                yield return Result.Definition.Comparison == ReportComparison.Before ? "Before" : "A year before";
                yield return "Change";
            }
        }
    }

    private string ColumnName(string value) => ReportVocabulary.Label(Result.Definition.Pivot!.Value, value);

    private void ShowMore() => _shown += Step;

    private string? LinkOf(ReportLine line, int cell) =>
        ReportText.Rows(Result, Result.Columns.IsEmpty ? line.Keys : line.Keys.Add(Result.Columns[cell]));

    private string LabelOf(ReportLine line, int cell) => string.Join(
        ", ",
        line.Keys.Select((key, i) => ReportVocabulary.Label(Result.Definition.By[i], key))
            .Concat(Result.Columns.IsEmpty ? [] : [ColumnName(Result.Columns[cell])]));

    private RenderFragment CellsOf(ReportFigures? figures, string? link, string label) => builder =>
    {
        var definition = Result.Definition;
        for (var i = 0; i < definition.Measures.Length; i++)
        {
            var measure = definition.Measures[i];
            var value = figures?.Values[i];
            Cell(ReportText.Value(definition, measure, value), value is null or 0 ? null : link);
            if (HasComparison)
            {
                var before = figures is { Compared: { IsDefaultOrEmpty: false } compared } ? compared[i] : null;
                Cell(ReportText.Value(definition, measure, before), null);
                Cell(ReportVocabulary.IsRatio(measure) ? "–" : ReportText.Change(value, before), null);
            }
        }

        void Cell(string text, string? href)
        {
            builder.OpenElement(0, "td");
            builder.AddAttribute(1, "class", "num");
            if (href is null)
            {
                builder.AddContent(2, text);
            }
            else
            {
                builder.OpenElement(3, "a");
                builder.AddAttribute(4, "href", href);
                builder.AddAttribute(5, "class", "report-cell");
                builder.AddAttribute(6, "title", $"The transactions behind {label}");
                builder.AddContent(7, text);
                builder.CloseElement();
            }

            builder.CloseElement();
        }
    };
}
