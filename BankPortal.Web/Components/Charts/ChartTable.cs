namespace BankPortal.Web.Components.Charts;

/// <summary>The table behind a chart: one row per place on the horizontal axis, one column per series, in the reader's formats.</summary>
internal sealed record ChartTable(string FirstColumn, ImmutableArray<string> Columns, ImmutableArray<ChartTable.Row> Rows)
{
    /// <summary>A row.</summary>
    /// <param name="Label">The place on the horizontal axis.</param>
    /// <param name="Cells">A value for each series.</param>
    internal sealed record Row(string Label, ImmutableArray<string> Cells)
    {
        /// <summary>Where each value leads; <see langword="null"/> for those that lead nowhere.</summary>
        public ImmutableArray<string?> Links { get; init; } = [];
    }

    public static ChartTable Of(ApexChartOptions options, IReadOnlyList<ChartSeries> series, TimeZoneInfo zone, CultureInfo culture)
    {
        var rows = new List<object>();
        var values = new Dictionary<object, ChartPoint?[]>();
        for (var i = 0; i < series.Count; i++)
        {
            var points = series[i].Type == SeriesType.Donut ? ChartModel.Slices(series[i].Points) : series[i].Points;
            foreach (var point in points)
            {
                if (!values.TryGetValue(point.X, out var cells))
                {
                    values[point.X] = cells = new ChartPoint?[series.Count];
                    rows.Add(point.X);
                }

                cells[i] = point;
            }
        }

        if (options.Xaxis.Type != XAxisType.Category)
        {
            rows.Sort(Comparer<object>.Default);
        }

        return new ChartTable(
            options.Xaxis.Title ?? (options.Xaxis.Type != XAxisType.Datetime ? "Name" : rows is [DateTimeOffset, ..] ? "Time" : "Date"),
            [.. series.Select(s => s.Name)],
            [
                .. rows.Select(x => new Row(
                    Label(x, options.Xaxis.Seconds, zone, culture),
                    [.. values[x].Select(point => Value(point?.Y, options.Yaxis, culture))])
                {
                    Links = [.. values[x].Select(point => point?.Link)],
                }),
            ]
        );
    }

    /// <summary>A value in the chart's unit.</summary>
    public static string Value(decimal? value, YAxis axis, CultureInfo culture)
    {
        var decimals = axis.Decimals.ToString(CultureInfo.InvariantCulture);
        return value switch
        {
            null => "–",
            { } amount when axis.Unit == ChartUnit.Money => MoneyFormat.Format(
                Money.Of(decimal.Round(amount, axis.Currency.MinorUnitDigits, MidpointRounding.ToEven), axis.Currency), culture: culture),
            { } share when axis.Unit == ChartUnit.Percent => share.ToString("P" + decimals, culture),
            { } number => number.ToString("N" + decimals, culture),
        };
    }

    private static string Label(object x, bool seconds, TimeZoneInfo zone, CultureInfo culture) => x switch
    {
        DateOnly day => TimeText.Date(day, culture),
        DateTimeOffset instant => TimeText.Format(instant, seconds ? TimeFormat.Precise : TimeFormat.DateTime, zone, instant, culture),
        DateTime time => time.ToString("g", culture),
        _ => Convert.ToString(x, culture) ?? "",
    };
}
