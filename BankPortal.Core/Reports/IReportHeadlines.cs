using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports;

/// <summary>Gives the most important figure of shipped reports with its trend, for start pages. Implementations are thread-safe.</summary>
public interface IReportHeadlines
{
    /// <summary>
    /// Reads the headline of a shipped report: sums of the last 30 days and of the 30 before, or what stands now and stood 30 days ago.
    /// A few reads, whatever the number of entries.
    /// </summary>
    /// <param name="actor">Who asks: managers and compliance officers.</param>
    /// <param name="name">The name of the report, such as <c>deposit-growth</c>.</param>
    /// <param name="ct">Cancels the reads.</param>
    /// <returns>The headline; or <see cref="NotAllowedError"/> or <see cref="NotFoundError"/>.</returns>
    Task<Result<ReportHeadline>> ReadAsync(Actor actor, string name, CancellationToken ct = default);
}

/// <summary>The most important figure of a report.</summary>
/// <param name="Name">The name of the report, as in its address.</param>
/// <param name="Title">The report's title.</param>
/// <param name="Label">What the figure is.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Currency">The currency, where it is money.</param>
/// <param name="Value">The figure; <see langword="null"/> when there is none, such as without loans. Money in major units.</param>
/// <param name="Before">What it was 30 days before.</param>
/// <param name="Trend">The figure of each of the last twelve months, the oldest first.</param>
/// <param name="RisesAreGood">Whether more is better; <see langword="null"/> when neither is.</param>
/// <param name="Note">What to know about it, such as the day it is of; <see langword="null"/> when nothing is.</param>
public sealed record ReportHeadline(
    string Name,
    string Title,
    string Label,
    HeadlineUnit Unit,
    Currency Currency,
    decimal? Value,
    decimal? Before,
    ImmutableArray<HeadlinePoint> Trend,
    bool? RisesAreGood,
    string? Note)
{
    /// <summary>The change against 30 days before, as a part of one; <see langword="null"/> when there is nothing to compare with.</summary>
    public decimal? Change => Value is { } now && Before is { } before && before != 0 ? (now - before) / Math.Abs(before) : null;
}

/// <summary>A month of a trend.</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="Value">The figure; <see langword="null"/> when there is none.</param>
public readonly record struct HeadlinePoint(DateOnly Month, decimal? Value);

/// <summary>What a headline is counted in.</summary>
public enum HeadlineUnit
{
    /// <summary>Plain numbers.</summary>
    Number,

    /// <summary>Money in major units.</summary>
    Money,

    /// <summary>Parts of one.</summary>
    Ratio,
}

/// <summary>Reads headlines by the report service. Thread-safe.</summary>
public sealed class ReportHeadlines(ReportService reports) : IReportHeadlines
{
    /// <inheritdoc/>
    public async Task<Result<ReportHeadline>> ReadAsync(Actor actor, string name, CancellationToken ct = default)
    {
        if (!ReportRules.MayRead(actor))
        {
            return new NotAllowedError();
        }

        if (ShippedReports.Find(name) is not { } report)
        {
            return new NotFoundError("report");
        }

        var spec = report.Headline;
        var reads = new[] { spec.First, spec.Second }.OfType<ReportDefinition>()
            .SelectMany(definition => new[]
            {
                definition with { Period = new("last-30-days"), Comparison = ReportComparison.Before },
                definition with { Period = new("last-12-months"), By = [ReportDimension.Month] },
            })
            .Select(definition => reports.ReadAsync(actor, definition, ct));
        var results = await Task.WhenAll(reads);
        if (results.FirstOrDefault(result => !result.IsSuccess) is { Error: { } error })
        {
            return error;
        }

        var first = (Now: results[0].Value, Trend: results[1].Value);
        (ReportResult Now, ReportResult Trend)? second = spec.Second is null ? null : (results[2].Value, results[3].Value);
        var value = Join(spec.Form, Figure(first.Now)?.Values[0], Figure(second?.Now)?.Values[0]);
        var before = Join(spec.Form, Figure(first.Now)?.Compared[0], Figure(second?.Now)?.Compared[0]);
        var months = ReportTime.Between(ReportDimension.Month, first.Trend.From, first.Trend.To).Select(month => new HeadlinePoint(
            ReportTime.DaysOf(ReportDimension.Month, month)!.Value.From,
            Join(spec.Form, Line(first.Trend, month), Line(second?.Trend, month))));
        return new ReportHeadline(
            report.Name,
            report.Title,
            spec.Label,
            spec.Form == HeadlineForm.Ratio ? HeadlineUnit.Ratio
                : ReportVocabulary.IsMoney(spec.First.Measures[0]) ? HeadlineUnit.Money
                : HeadlineUnit.Number,
            spec.First.Currency,
            value,
            before,
            [.. months],
            spec.RisesAreGood,
            first.Now.Notes is [var note, ..] ? note : null);
    }

    private static ReportFigures? Figure(ReportResult? result) => result is { Lines: [{ Cells: [var figures, ..] }, ..] } ? figures : null;

    private static decimal? Line(ReportResult? trend, string month) =>
        trend?.Lines.FirstOrDefault(line => line.Keys[0] == month) is { Cells: [{ } figures, ..] } ? figures.Values[0] : null;

    private static decimal? Join(HeadlineForm form, decimal? first, decimal? second) => form switch
    {
        HeadlineForm.Value => first,
        HeadlineForm.Difference => first is null && second is null ? null : (first ?? 0) - (second ?? 0),
        _ => second is null or 0 ? null : Math.Round((first ?? 0) / second.Value, 6),
    };
}
