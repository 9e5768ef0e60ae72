using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Web.Components.Charts;

namespace BankPortal.Web.Features.Reports;

/// <summary>Figures and headings of reports as text, in the reader's number format.</summary>
internal static class ReportText
{
    /// <summary>The formats of files.</summary>
    public static ImmutableArray<(string Format, string Name)> Formats { get; } = [("csv", "CSV"), ("xlsx", "Excel"), ("pdf", "PDF")];

    /// <summary>The key of a run: asking for the same within a minute is asking once.</summary>
    public static string RunKey(ReportDefinition definition, DateTimeOffset now) =>
        ReportAddress.Write(definition) + now.ToString("|yyyyMMddHHmm", CultureInfo.InvariantCulture);

    /// <summary>A measure of a definition.</summary>
    public static string Value(ReportDefinition definition, ReportMeasure measure, decimal? value) =>
        value is not { } number ? "–"
        : ReportVocabulary.IsMoney(measure) ? Money(number, definition.Currency)
        : ReportVocabulary.IsRatio(measure) ? Ratio(number)
        : number.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>Money in major units, with its currency.</summary>
    public static string Money(decimal value, Currency currency) =>
        MoneyFormat.Format(Core.Common.Money.Of(Math.Round(value, currency.MinorUnitDigits), currency));

    /// <summary>A part of one in percent.</summary>
    public static string Ratio(decimal value) => value.ToString("P1", CultureInfo.CurrentCulture);

    /// <summary>A change in percent, with its sign; a dash when there is nothing to compare with.</summary>
    public static string Change(decimal? now, decimal? before) =>
        now is not { } value || before is not { } old || old == 0
            ? "–"
            : ((value - old) / Math.Abs(old)).ToString("+0.0 %;−0.0 %;0.0 %", CultureInfo.CurrentCulture);

    /// <summary>The unit of a chart.</summary>
    public static ChartUnit Unit(ReportMeasure measure) =>
        ReportVocabulary.IsMoney(measure) ? ChartUnit.Money
        : ReportVocabulary.IsRatio(measure) ? ChartUnit.Percent
        : ChartUnit.Number;

    /// <summary>What a report shows, in one line: <c>Amount and number of transactions by month and kind</c>.</summary>
    public static string Sentence(ReportDefinition definition)
    {
        var measures = And([.. definition.Measures.Select((measure, i) => i == 0
            ? ReportVocabulary.Title(measure)
            : Lower(ReportVocabulary.Title(measure)))]);
        var groups = definition.Groups.IsEmpty
            ? ""
            : " by " + And([.. definition.Groups.Select(group => Lower(ReportVocabulary.Title(group)))]);
        return $"{measures} of {Lower(ReportVocabulary.Title(definition.Subject))}{groups}, {Period(definition.Period)}";
    }

    /// <summary>A period: <c>last 12 months</c>.</summary>
    public static string Period(ReportPeriod period) =>
        period.Name == ReportPeriod.Custom
            ? $"{Day(period.From)} to {Day(period.To)}"
            : Lower(ReportPeriod.Moving.First(moving => moving.Name == period.Name).Title);

    /// <summary>The filters as text: <c>Kind: Deposit, Salary</c>.</summary>
    public static IEnumerable<string> Filters(ReportDefinition definition) => definition.Filters.Select(filter =>
        $"{ReportVocabulary.Title(filter.Key)}: {string.Join(", ", filter.Value.Select(value => ReportVocabulary.Label(filter.Key, value)))}");

    /// <summary>A comparison.</summary>
    public static string Comparison(ReportComparison comparison) => comparison switch
    {
        ReportComparison.Before => "The period before",
        ReportComparison.YearBefore => "The same period a year before",
        _ => "Nothing",
    };

    /// <summary>The address of the builder with a definition.</summary>
    public static string Build(ReportDefinition definition) => BankRoutes.BuildReport + "?" + ReportAddress.Write(definition);

    /// <summary>The address of the rows behind a cell; <see langword="null"/> where the subject has none.</summary>
    public static string? Rows(ReportResult result, IEnumerable<string> keys) =>
        ReportVocabulary.HasRows(result.Definition.Subject)
            ? BankRoutes.ReportRows + "?" + ReportAddress.Write(ReportNarrowing.To(result.Definition, result.From, result.To, keys))
            : null;

    /// <summary>The first letter small, unless it begins an abbreviation.</summary>
    public static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private static string Day(DateOnly? day) => day?.ToString("d MMM yyyy", CultureInfo.CurrentCulture) ?? "…";

    private static string And(string[] items) => items.Length switch
    {
        0 => "Nothing",
        1 => items[0],
        _ => string.Join(", ", items[..^1]) + " and " + items[^1],
    };
}
