using System.Text.Json.Nodes;

namespace BankPortal.Web.Components.Charts;

/// <summary>
/// Turns options and series into what the script gets: ApexCharts' own options without functions and colours (those the
/// script adds, from the theme and the culture), and the description of the formats it needs.
/// </summary>
internal static class ChartModel
{
    /// <summary>More than five lines cannot be distinguished.</summary>
    public const int MostSeries = 5;

    private const string OtherSlices = "Other";

    // Solid, then ever more different dashes: lines can be told apart without their colours.
    private static readonly int[] Dashes = [0, 7, 2, 12, 4];

    /// <summary>The whole description of a chart.</summary>
    /// <exception cref="InvalidOperationException">There are more series than can be told apart, or a donut is mixed with
    /// others.</exception>
    public static JsonObject Build(ApexChartOptions options, IReadOnlyList<ChartSeries> series, TimeZoneInfo zone, CultureInfo culture)
    {
        if (series.Count > MostSeries)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"A chart shows at most {MostSeries} series; this one has {series.Count}. Show the largest and sum up the rest."));
        }

        var isDonut = series.Any(s => s.Type == SeriesType.Donut);
        if (isDonut && series.Count > 1)
        {
            throw new InvalidOperationException("A donut stands alone: it has one series.");
        }

        var data = Data(options, series, zone);
        data["options"] = Options(options, series, isDonut);
        data["format"] = Format(options, isDonut, culture);
        return data;
    }

    /// <summary>The part that changes when new values arrive: series, and labels where there are any.</summary>
    public static JsonObject Data(ApexChartOptions options, IReadOnlyList<ChartSeries> series, TimeZoneInfo zone)
    {
        if (series is [{ Type: SeriesType.Donut } donut])
        {
            var slices = Slices(donut.Points);
            return AddLinks([donut with { Points = slices }], new JsonObject
            {
                ["series"] = new JsonArray([.. slices.Select(slice => (JsonNode?)JsonValue.Create(slice.Y ?? 0))]),
                ["labels"] = new JsonArray([.. slices.Select(slice => (JsonNode?)JsonValue.Create(Label(slice.X)))]),
            });
        }

        var mixed = series.Select(s => s.Type).Distinct().Count() > 1;
        var array = new JsonArray();
        foreach (var one in series)
        {
            var points = new JsonArray();
            foreach (var point in one.Points)
            {
                points.Add(
                    new JsonObject
                    {
                        ["x"] = Place(point.X, options.Xaxis.Type, zone),
                        ["y"] = point.Y is { } y ? JsonValue.Create(y) : null,
                    }
                );
            }

            var item = new JsonObject { ["name"] = one.Name, ["data"] = points };
            if (mixed)
            {
                item["type"] = Kind(one.Type);
            }

            array.Add(item);
        }

        return AddLinks(series, new JsonObject { ["series"] = array });
    }

    // One list for each series, as long as its points; nothing where no point leads anywhere.
    private static JsonObject AddLinks(IReadOnlyCollection<ChartSeries> series, JsonObject data)
    {
        if (series.Any(one => one.Points.Any(point => point.Link is not null)))
        {
            data["links"] = new JsonArray(
                [.. series.Select(one => (JsonNode?)new JsonArray([.. one.Points.Select(point => (JsonNode?)point.Link)]))]);
        }

        return data;
    }

    /// <summary>The slices of a donut, largest first; those beyond the fifth are one slice "Other".</summary>
    public static ImmutableArray<ChartPoint> Slices(ImmutableArray<ChartPoint> points)
    {
        var ordered = points.Where(point => point.Y is > 0).OrderByDescending(point => point.Y).ToImmutableArray();
        if (ordered.Length <= MostSeries)
        {
            return ordered;
        }

        var rest = ordered.Skip(MostSeries - 1).Sum(point => point.Y ?? 0);
        return [.. ordered.Take(MostSeries - 1), new ChartPoint(OtherSlices, rest)];
    }

    private static JsonObject Options(ApexChartOptions options, IReadOnlyList<ChartSeries> series, bool isDonut)
    {
        var kinds = series.Select(s => s.Type).Distinct().ToArray();
        var type = kinds.Length == 1 ? Kind(kinds[0]) : "line";
        var result = new JsonObject
        {
            ["chart"] = new JsonObject
            {
                ["type"] = type,
                ["height"] = options.Chart.Height,
                ["stacked"] = options.Chart.Stacked,
                ["sparkline"] = new JsonObject { ["enabled"] = options.Chart.Sparkline },
            },
            ["stroke"] = new JsonObject
            {
                ["curve"] = options.Stroke.Curve switch
                {
                    Curve.MonotoneCubic => "monotoneCubic",
                    Curve.Stepline => "stepline",
                    _ => "straight",
                },
                ["width"] =
                    isDonut || kinds is [SeriesType.Bar]
                        ? JsonValue.Create(isDonut ? 2 : 0)
                        : new JsonArray([
                            .. series.Select(s => (JsonNode?)JsonValue.Create(s.Type == SeriesType.Bar ? 0 : options.Stroke.Width)),
                        ]),
                ["dashArray"] = isDonut
                    ? JsonValue.Create(0)
                    : new JsonArray([.. series.Select((s, i) => (JsonNode?)JsonValue.Create(s.Type == SeriesType.Bar ? 0 : Dashes[i]))]),
            },
            ["legend"] = new JsonObject
            {
                ["show"] = options.Legend.Show ?? (!options.Chart.Sparkline && (isDonut || series.Count > 1)),
                ["position"] = options.Legend.Position switch
                {
                    LegendPosition.Bottom => "bottom",
                    LegendPosition.Right => "right",
                    _ => "top",
                },
            },
        };

        if (isDonut)
        {
            return result;
        }

        result["xaxis"] = new JsonObject
        {
            ["type"] = options.Xaxis.Type switch
            {
                XAxisType.Datetime => "datetime",
                XAxisType.Numeric => "numeric",
                _ => "category",
            },
            ["title"] = Title(options.Xaxis.Title),
        };
        var yaxis = new JsonObject { ["title"] = Title(options.Yaxis.Title) };
        if (options.Yaxis.Min is { } min)
        {
            yaxis["min"] = min;
        }

        if (options.Yaxis.Max is { } max)
        {
            yaxis["max"] = max;
        }

        result["yaxis"] = yaxis;
        if (kinds.Contains(SeriesType.Bar))
        {
            result["plotOptions"] = new JsonObject
            {
                ["bar"] = new JsonObject
                {
                    ["horizontal"] = options.PlotOptions.Bar.Horizontal,
                    ["columnWidth"] = options.PlotOptions.Bar.ColumnWidth.ToString(CultureInfo.InvariantCulture) + "%",
                },
            };
        }

        return result;
    }

    private static JsonObject Format(ApexChartOptions options, bool isDonut, CultureInfo culture)
    {
        var format = FormatOf(options, isDonut, culture);
        if (options.Xaxis.Seconds)
        {
            format["seconds"] = true;
        }

        return format;
    }

    private static JsonObject FormatOf(ApexChartOptions options, bool isDonut, CultureInfo culture) => new()
    {
        ["culture"] = culture.Name,
        ["unit"] = options.Yaxis.Unit switch
        {
            ChartUnit.Money => "money",
            ChartUnit.Percent => "percent",
            _ => "number",
        },
        ["currency"] = options.Yaxis.Unit == ChartUnit.Money ? options.Yaxis.Currency.Code : null,
        ["decimals"] = options.Yaxis.Unit == ChartUnit.Money ? options.Yaxis.Currency.MinorUnitDigits : options.Yaxis.Decimals,
        ["dates"] = !isDonut && options.Xaxis.Type == XAxisType.Datetime,
    };

    // ApexCharts would print a null.
    private static JsonObject Title(string? text) => text is null ? [] : new JsonObject { ["text"] = text };

    private static string Kind(SeriesType type) => type switch
    {
        SeriesType.Area => "area",
        SeriesType.Bar => "bar",
        SeriesType.Donut => "donut",
        _ => "line",
    };

    // Days and instants become the milliseconds of the reader's wall clock, which the script shows as they are.
    private static JsonValue Place(object x, XAxisType type, TimeZoneInfo zone)
    {
        if (type == XAxisType.Datetime)
        {
            var clock = x switch
            {
                DateOnly day => day.ToDateTime(TimeOnly.MinValue),
                DateTimeOffset instant => TimeZoneInfo.ConvertTime(instant, zone).DateTime,
                DateTime time => time,
                _ => throw new InvalidOperationException($"A date axis needs days or instants, not {x.GetType().Name}."),
            };
            return JsonValue.Create(new DateTimeOffset(DateTime.SpecifyKind(clock, DateTimeKind.Utc)).ToUnixTimeMilliseconds());
        }

        return type == XAxisType.Numeric
            ? JsonValue.Create(Convert.ToDecimal(x, CultureInfo.InvariantCulture))
            : JsonValue.Create(Label(x));
    }

    private static string Label(object x) => Convert.ToString(x, CultureInfo.CurrentCulture) ?? "";
}
