using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports;

/// <summary>The figures of a report as a plain table, for files. Immutable.</summary>
/// <param name="Title">What the report is called.</param>
/// <param name="About">What it shows, in lines: definition, period, time, notes.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows: a text for each break-down, then a number or nothing for each figure.</param>
public sealed record ReportTable(
    string Title,
    ImmutableArray<string> About,
    ImmutableArray<ReportColumn> Columns,
    ImmutableArray<ImmutableArray<object?>> Rows)
{
    /// <summary>Makes the table of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="title">What the report is called.</param>
    /// <param name="about">What it shows.</param>
    public static ReportTable Of(ReportResult result, string title, IEnumerable<string> about)
    {
        ArgumentNullException.ThrowIfNull(result);
        var definition = result.Definition;
        var columns = ImmutableArray.CreateBuilder<ReportColumn>();
        columns.AddRange(definition.By.Select(by =>
            new ReportColumn(ReportVocabulary.Title(by), ReportColumnKind.Text, definition.Currency)));
        if (definition.By.IsEmpty)
        {
            columns.Add(new ReportColumn("Report", ReportColumnKind.Text, definition.Currency));
        }

        foreach (var column in result.Columns.IsEmpty ? [""] : result.Columns)
        {
            var prefix = definition.Pivot is { } pivot ? ReportVocabulary.Label(pivot, column) + ": " : "";
            foreach (var measure in definition.Measures)
            {
                var kind = ReportVocabulary.IsMoney(measure) ? ReportColumnKind.Money
                    : ReportVocabulary.IsRatio(measure) ? ReportColumnKind.Ratio
                    : ReportColumnKind.Number;
                var name = prefix + ReportVocabulary.Title(measure)
                    + (kind == ReportColumnKind.Money ? $" ({definition.Currency.Code})" : "");
                columns.Add(new ReportColumn(name, kind, definition.Currency));
                if (definition.Comparison != ReportComparison.None)
                {
                    columns.Add(new ReportColumn(name + ", before", kind, definition.Currency));
                }
            }
        }

        var rows = result.Lines.Select(line => Row(
            definition.By.IsEmpty
                ? ["All"]
                : line.Keys.Select((key, i) => ReportVocabulary.Label(definition.By[i], key)),
            line.Cells));
        if (result.Total is { } total && result.Columns.IsEmpty && !definition.By.IsEmpty)
        {
            rows = rows.Append(Row(["Total", .. definition.By.Skip(1).Select(_ => "")], [total]));
        }

        return new ReportTable(title, [.. about, .. result.Notes], columns.ToImmutable(), [.. rows]);

        ImmutableArray<object?> Row(IEnumerable<string> keys, ImmutableArray<ReportFigures?> cells)
        {
            var row = ImmutableArray.CreateBuilder<object?>();
            row.AddRange(keys);
            foreach (var figures in cells)
            {
                for (var i = 0; i < definition.Measures.Length; i++)
                {
                    row.Add(figures?.Values[i]);
                    if (definition.Comparison != ReportComparison.None)
                    {
                        row.Add(figures is { Compared.IsDefaultOrEmpty: false } ? figures.Compared[i] : null);
                    }
                }
            }

            return row.ToImmutable();
        }
    }
}

/// <summary>A column of a report.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Currency">The currency of money.</param>
public sealed record ReportColumn(string Name, ReportColumnKind Kind, Currency Currency);

/// <summary>What a column of a report holds.</summary>
public enum ReportColumnKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Whole numbers.</summary>
    Number,

    /// <summary>Money in major units.</summary>
    Money,

    /// <summary>Parts of one.</summary>
    Ratio,
}

/// <summary>Writes a report as a file. Thread-safe.</summary>
public interface IReportFileWriter
{
    /// <summary>The ending of the file's name, such as <c>xlsx</c>.</summary>
    string Extension { get; }

    /// <summary>The media type.</summary>
    string ContentType { get; }

    /// <summary>Writes the file. The same table gives the same bytes.</summary>
    byte[] Write(ReportTable table);
}
