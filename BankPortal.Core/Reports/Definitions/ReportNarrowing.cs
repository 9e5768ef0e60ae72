namespace BankPortal.Core.Reports.Definitions;

/// <summary>Narrows a definition to one cell of its result, to see what is behind it. Pure.</summary>
public static class ReportNarrowing
{
    /// <summary>Returns the definition of what is behind a cell: its values become filters and days, and there is no break-down.</summary>
    /// <param name="definition">The definition of the report.</param>
    /// <param name="from">The first day of the report.</param>
    /// <param name="to">Its last day.</param>
    /// <param name="keys">The values of the break-downs, the pivot's at the end.</param>
    public static ReportDefinition To(ReportDefinition definition, DateOnly from, DateOnly to, IEnumerable<string> keys)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(keys);
        var narrowed = definition with
        {
            By = [],
            Pivot = null,
            Comparison = ReportComparison.None,
            Measures = ReportVocabulary.HasAmounts(definition.Subject) ? [ReportMeasure.Count, ReportMeasure.Sum] : [ReportMeasure.Count],
            Period = ReportPeriod.Between(from, to),
        };
        foreach (var (dimension, value) in definition.Groups.Zip(keys))
        {
            if (!ReportVocabulary.IsTime(dimension))
            {
                narrowed = narrowed.Where(dimension, value);
            }
            else if (ReportTime.DaysOf(dimension, value) is { } days)
            {
                narrowed = narrowed with
                {
                    Period = ReportPeriod.Between(days.From > from ? days.From : from, days.To < to ? days.To : to),
                };
            }
        }

        return narrowed;
    }
}
