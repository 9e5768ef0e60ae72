namespace BankPortal.Core.Reports.Definitions;

/// <summary>
/// Everything that says what a report shows. Immutable; equal when the text in the address is. It may be contradictory:
/// <see cref="ReportRules.Check"/> says so.
/// </summary>
public sealed record ReportDefinition
{
    /// <summary>The most break-downs besides the pivot.</summary>
    public const int MostBreakDowns = 2;

    /// <summary>What it is about.</summary>
    public ReportSubject Subject { get; init; }

    /// <summary>What it measures, in the order of the columns.</summary>
    public ImmutableArray<ReportMeasure> Measures { get; init; } = [ReportMeasure.Count];

    /// <summary>The break-downs of the rows.</summary>
    public ImmutableArray<ReportDimension> By { get; init; } = [];

    /// <summary>The break-down whose values are columns; <see langword="null"/> for none.</summary>
    public ReportDimension? Pivot { get; init; }

    /// <summary>The values that are let through, by break-down; others are let through whole.</summary>
    public ImmutableSortedDictionary<ReportDimension, ImmutableSortedSet<string>> Filters { get; init; } =
        ImmutableSortedDictionary<ReportDimension, ImmutableSortedSet<string>>.Empty;

    /// <summary>The days it is about.</summary>
    public ReportPeriod Period { get; init; } = new("last-12-months");

    /// <summary>What it is compared with.</summary>
    public ReportComparison Comparison { get; init; }

    /// <summary>The currency of the amounts.</summary>
    public Currency Currency { get; init; } = Currency.Usd;

    /// <summary>The break-downs, the pivot included.</summary>
    public ImmutableArray<ReportDimension> Groups => Pivot is { } pivot ? By.Add(pivot) : By;

    /// <summary>Returns the definition with a filter that lets only these values through; none removes the filter.</summary>
    public ReportDefinition Where(ReportDimension dimension, params IEnumerable<string> values)
    {
        var set = values.ToImmutableSortedSet(StringComparer.Ordinal);
        return this with { Filters = set.IsEmpty ? Filters.Remove(dimension) : Filters.SetItem(dimension, set) };
    }

    /// <inheritdoc/>
    public bool Equals(ReportDefinition? other) =>
        other is not null && string.Equals(ReportAddress.Write(this), ReportAddress.Write(other), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ReportAddress.Write(this), StringComparison.Ordinal);

    /// <summary>The text in the address.</summary>
    public override string ToString() => ReportAddress.Write(this);
}
