using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports;

/// <summary>The figures of a report. Amounts are in major units, shares and growth parts of one. Immutable.</summary>
public sealed record ReportResult
{
    /// <summary>The most lines that are shown; a report with more says so.</summary>
    public const int MostLines = 2_000;

    /// <summary>The definition that made it.</summary>
    public required ReportDefinition Definition { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The values of the pivot in the order of the columns; empty without a pivot.</summary>
    public ImmutableArray<string> Columns { get; init; } = [];

    /// <summary>The lines.</summary>
    public ImmutableArray<ReportLine> Lines { get; init; } = [];

    /// <summary>The figures of everything together; <see langword="null"/> where days do not add up.</summary>
    public ReportFigures? Total { get; init; }

    /// <summary>How many lines were left out.</summary>
    public int Omitted { get; init; }

    /// <summary>What to know about the figures, in sentences: days that are not counted yet, the precision of medians.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>One line of a report.</summary>
/// <param name="Keys">The values of the break-downs.</param>
/// <param name="Cells">The figures of each value of the pivot, or one without a pivot; <see langword="null"/> where there is nothing.</param>
public sealed record ReportLine(ImmutableArray<string> Keys, ImmutableArray<ReportFigures?> Cells);

/// <summary>The measures of one cell, in the order of the definition.</summary>
/// <param name="Values">The values; <see langword="null"/> where there is none.</param>
/// <param name="Compared">The same of the period it is compared with; empty without a comparison.</param>
public sealed record ReportFigures(ImmutableArray<decimal?> Values, ImmutableArray<decimal?> Compared);
