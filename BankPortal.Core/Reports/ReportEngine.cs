using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports;

/// <summary>
/// Computes a report from cells. Pure: the same cells give the same figures, wherever they come from. Each row of cells is used once, so
/// the caller gives each day of the period once, alone or in its month.
/// </summary>
public static class ReportEngine
{
    /// <summary>Computes the report.</summary>
    /// <param name="definition">A definition without contradictions.</param>
    /// <param name="cube">The cube that the rows are of.</param>
    /// <param name="days">The first and last day.</param>
    /// <param name="rows">The rows of the period.</param>
    /// <param name="compared">The first and last day that it is compared with.</param>
    /// <param name="comparedRows">The rows of that period.</param>
    /// <param name="madeAt">The time.</param>
    public static ReportResult Compute(
        ReportDefinition definition,
        CubeSpec cube,
        (DateOnly From, DateOnly To) days,
        IEnumerable<CubeRow> rows,
        (DateOnly From, DateOnly To)? compared,
        IEnumerable<CubeRow> comparedRows,
        DateTimeOffset madeAt)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(cube);
        var groups = definition.Groups;
        var now = Group(definition, cube, rows);
        var before = compared is null ? null : Group(definition, cube, comparedRows);
        var timeAt = groups.IndexOf(groups.FirstOrDefault(ReportVocabulary.IsTime, (ReportDimension)(-1)));
        var shift = before is not null && compared is { } other && timeAt >= 0
            ? Shift(groups[timeAt], days, other)
            : ImmutableDictionary<string, string>.Empty;
        var times = timeAt < 0 ? [] : ReportTime.Between(groups[timeAt], days.From, days.To).ToImmutableArray();
        var wholes = Wholes(now, timeAt, groups.Length);
        var beforeWholes = before is null ? null : Wholes(before, timeAt, groups.Length);

        var columns = definition.Pivot is null ? [""] : Columns(now, groups.Length - 1, timeAt == groups.Length - 1 ? times : []);
        var keys = Keys(now, before, definition, timeAt, times, shift);
        var lines = keys.Take(ReportResult.MostLines).Select(key => new ReportLine(
            key,
            [.. columns.Select(column => Figures(definition.Pivot is null ? key : key.Add(column)))])).ToImmutableArray();
        var isStockByTime = ReportVocabulary.IsStock(definition.Subject) && timeAt >= 0;
        return new ReportResult
        {
            Definition = definition,
            From = days.From,
            To = days.To,
            MadeAt = madeAt,
            Columns = definition.Pivot is null ? [] : columns,
            Lines = lines,
            Omitted = Math.Max(0, keys.Length - lines.Length),
            Total = isStockByTime || groups.IsEmpty || definition.Groups.Contains(ReportDimension.Step) ? null : Total(),
        };

        ReportFigures? Figures(ImmutableArray<string> key)
        {
            var cell = now.GetValueOrDefault(Text(key));
            var old = before?.GetValueOrDefault(Text(ShiftedKey(key)));
            if (cell is null && old is null && (timeAt < 0 || ReportVocabulary.IsStock(definition.Subject)))
            {
                return null;
            }

            var whole = wholes.GetValueOrDefault(timeAt < 0 ? "" : key[timeAt]);
            var previous = PreviousOf(key);
            var oldWhole = beforeWholes?.GetValueOrDefault(timeAt < 0 ? "" : ShiftedKey(key)[timeAt]);
            return new ReportFigures(
                [.. definition.Measures.Select(measure =>
                    Value(definition, measure, cell, whole, timeAt >= 0 ? previous : old))],
                before is null
                    ? []
                    : [.. definition.Measures.Select(measure => Value(definition, measure, old, oldWhole, null))]);
        }

        CubeCell? PreviousOf(ImmutableArray<string> key)
        {
            var place = timeAt < 0 ? -1 : times.IndexOf(key[timeAt]);
            return place > 0 ? now.GetValueOrDefault(Text(key.SetItem(timeAt, times[place - 1]))) : null;
        }

        ImmutableArray<string> ShiftedKey(ImmutableArray<string> key) =>
            timeAt >= 0 && shift.TryGetValue(key[timeAt], out var earlier) ? key.SetItem(timeAt, earlier) : key;

        ReportFigures Total()
        {
            var (all, old) = (Sum(now), before is null ? null : Sum(before));
            return new ReportFigures(
                [.. definition.Measures.Select(measure => Value(definition, measure, all, all, old))],
                old is null ? [] : [.. definition.Measures.Select(measure => Value(definition, measure, old, old, null))]);
        }
    }

    /// <summary>Whether a cell passes the filters.</summary>
    internal static bool Passes(ReportDefinition definition, CubeSpec cube, string[] values)
    {
        foreach (var (dimension, wanted) in definition.Filters)
        {
            if (!wanted.Contains(ValueOf(dimension, cube, values)))
            {
                return false;
            }
        }

        return true;
    }

    private static Dictionary<string, CubeCell> Group(ReportDefinition definition, CubeSpec cube, IEnumerable<CubeRow> rows)
    {
        var groups = definition.Groups;
        var found = new Dictionary<string, CubeCell>(StringComparer.Ordinal);
        var key = new string[groups.Length];
        foreach (var row in rows)
        {
            foreach (var (text, cell) in row.Cells.All)
            {
                var values = text.Split(CubeCells.Divider);
                if (!Passes(definition, cube, values))
                {
                    continue;
                }

                for (var i = 0; i < key.Length; i++)
                {
                    key[i] = ReportVocabulary.IsTime(groups[i])
                        ? ReportTime.ValueOf(groups[i], row.From)
                        : ValueOf(groups[i], cube, values);
                }

                var at = string.Join(CubeCells.Divider, key);
                if (!found.TryGetValue(at, out var sum))
                {
                    found[at] = sum = new CubeCell();
                }

                sum.Add(cell);
            }
        }

        return found;
    }

    private static string ValueOf(ReportDimension dimension, CubeSpec cube, string[] values)
    {
        var value = values[cube.Dimensions.IndexOf(CubeSpec.StoredFor(dimension))];
        return dimension == ReportDimension.Channel
            ? Analytics.Days.BankChannelExtensions.Channel(Enum.Parse<TransferKind>(value)).ToString()
            : value;
    }

    // What shares are parts of: everything, or everything of the same interval of time.
    private static Dictionary<string, CubeCell> Wholes(Dictionary<string, CubeCell> cells, int timeAt, int groups)
    {
        var byTime = timeAt >= 0 && groups > 1;
        var wholes = new Dictionary<string, CubeCell>(StringComparer.Ordinal);
        foreach (var (key, cell) in cells)
        {
            var at = byTime ? key.Split(CubeCells.Divider)[timeAt] : "";
            if (!wholes.TryGetValue(at, out var whole))
            {
                wholes[at] = whole = new CubeCell();
            }

            whole.Add(cell);
        }

        if (timeAt >= 0 && !byTime && wholes.TryGetValue("", out var all))
        {
            foreach (var key in cells.Keys)
            {
                wholes[key] = all;
            }
        }

        return wholes;
    }

    private static ImmutableArray<string> Columns(Dictionary<string, CubeCell> cells, int at, ImmutableArray<string> times) =>
        [
            .. cells.Keys.Select(key => key.Split(CubeCells.Divider)[at])
                .Concat(times)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private static ImmutableArray<ImmutableArray<string>> Keys(
        Dictionary<string, CubeCell> now,
        Dictionary<string, CubeCell>? before,
        ReportDefinition definition,
        int timeAt,
        ImmutableArray<string> times,
        ImmutableDictionary<string, string> shift)
    {
        var length = definition.By.Length;
        if (length == 0)
        {
            return [[]];
        }

        var found = now.Keys.Select(key => key.Split(CubeCells.Divider)[..length]);
        if (before is not null)
        {
            var back = shift.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
            found = found.Concat(before.Keys
                .Select(key => key.Split(CubeCells.Divider)[..length])
                .Select(key =>
                {
                    if (timeAt >= 0 && timeAt < length)
                    {
                        key[timeAt] = back.GetValueOrDefault(key[timeAt], "");
                    }

                    return key;
                })
                .Where(key => timeAt < 0 || timeAt >= length || key[timeAt].Length > 0));
        }

        // Intervals without anything are lines as well, so that a gap is seen.
        if (timeAt == 0 && length == 1)
        {
            found = found.Concat(times.Select(time => new[] { time }));
        }

        return [.. found
            .Select(key => (Text: string.Join(CubeCells.Divider, key), Key: key.ToImmutableArray()))
            .DistinctBy(key => key.Text, StringComparer.Ordinal)
            .OrderBy(key => key.Text, StringComparer.Ordinal)
            .Select(key => key.Key)];
    }

    // Intervals of the period and those they are compared with, one by one from the beginning.
    private static ImmutableDictionary<string, string> Shift(
        ReportDimension dimension, (DateOnly From, DateOnly To) days, (DateOnly From, DateOnly To) other) =>
        ReportTime.Between(dimension, days.From, days.To)
            .Zip(ReportTime.Between(dimension, other.From, other.To))
            .ToImmutableDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    private static string Text(ImmutableArray<string> key) => string.Join(CubeCells.Divider, key);

    private static CubeCell Sum(Dictionary<string, CubeCell> cells)
    {
        var sum = new CubeCell();
        foreach (var cell in cells.Values)
        {
            sum.Add(cell);
        }

        return sum;
    }

    private static decimal? Value(
        ReportDefinition definition, ReportMeasure measure, CubeCell? cell, CubeCell? whole, CubeCell? previous)
    {
        var hasAmounts = ReportVocabulary.HasAmounts(definition.Subject);
        return measure switch
        {
            ReportMeasure.Count => cell?.Count ?? 0,
            ReportMeasure.Sum => Major(cell?.Sum ?? 0),
            ReportMeasure.Average => cell is { Count: > 0 } ? Major(Math.Round((decimal)cell.Sum / cell.Count)) : null,
            ReportMeasure.Median => Percentile(0.5),
            ReportMeasure.P90 => Percentile(0.9),
            ReportMeasure.P99 => Percentile(0.99),
            ReportMeasure.Share => whole is null || Size(whole) == 0 ? null : Round(Size(cell) / Size(whole)),
            ReportMeasure.Growth => previous is null || Size(previous) == 0
                ? null
                : Round((Size(cell) - Size(previous)) / Math.Abs(Size(previous))),
            ReportMeasure.Distinct => cell?.People?.Count() ?? 0,
            _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "There is no such measure."),
        };

        decimal Size(CubeCell? of) => of is null ? 0 : hasAmounts ? of.Sum : of.Count;
        decimal Major(decimal minor) => minor / Scale(definition.Currency);
        decimal? Percentile(double part) => cell?.Amounts?.Percentile(part) is { } amount ? Major(Math.Round((decimal)amount)) : null;
        static decimal Round(decimal ratio) => Math.Round(ratio, 6);
    }

    private static decimal Scale(Currency currency) => currency.MinorUnitDigits switch
    {
        0 => 1m,
        2 => 100m,
        var digits => (decimal)Math.Pow(10, digits),
    };
}
