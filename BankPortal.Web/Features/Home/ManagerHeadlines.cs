using BankPortal.Core.Lending.Performance;
using BankPortal.Core.Reports;

namespace BankPortal.Web.Features.Home;

/// <summary>Reads the figures of customers from the reports, and those of loans from the days of the loan book. Thread-safe.</summary>
/// <param name="reports">The headlines of shipped reports.</param>
/// <param name="activeCustomers">Counts customers who are active; <see langword="null"/> when it cannot be said.</param>
/// <param name="loans">The loan book.</param>
/// <param name="currency">The currency of the bank's figures.</param>
internal sealed class ManagerHeadlines(
    IReportHeadlines reports,
    Func<Actor, CancellationToken, Task<decimal?>> activeCustomers,
    LoanPerformance loans,
    Func<Currency> currency) : IManagerHeadlines
{
    // Points of a line that is a few centimetres wide.
    private const int DaysInPoint = 7;

    /// <inheritdoc/>
    public Task<ManagerHeadline?> ReadAsync(Actor actor, string report, CancellationToken ct = default) => report switch
    {
        "customer-acquisition" => CustomersAsync(actor, report, ct),
        "loan-performance" => LoansAsync(actor, ct),
        _ => Task.FromResult<ManagerHeadline?>(null),
    };

    private async Task<ManagerHeadline?> CustomersAsync(Actor actor, string report, CancellationToken ct)
    {
        var read = await reports.ReadAsync(actor, report, ct);
        if (!read.IsSuccess || read.Value is not { Value: { } now } headline)
        {
            return null;
        }

        var active = await activeCustomers(actor, ct);
        var trend = headline.Trend.Where(point => point.Value is not null).ToList();
        return new ManagerHeadline(
            "New and active customers",
            active is { } count ? $"{Number(now)} new, {Number(count)} active" : $"{Number(now)} new",
            headline.Before is { } before ? $"New within 30 days; {Number(before)} in the 30 days before." : "New within 30 days.",
            [.. trend.Select(point => point.Value!.Value)],
            trend is [var first, .., var last]
                ? $"New customers by month: {Number(first.Value!.Value)} in {Month(first.Month)}, {Number(last.Value!.Value)} in {Month(last.Month)}."
                : "",
            headline.Note);
    }

    private async Task<ManagerHeadline?> LoansAsync(Actor actor, CancellationToken ct)
    {
        var unit = currency();
        var read = await loans.ReadAsync(actor, null, unit, ct: ct);
        if (!read.IsSuccess || read.Value is not { Figures: { Lent: > 0 } now, History: [var first, ..] history })
        {
            return null;
        }

        var before = history.LastOrDefault(day => day.Day <= now.Day.AddMonths(-1));
        var points = history.Reverse().Where((_, i) => i % DaysInPoint == 0).Reverse().Select(day => Money(day, unit).Amount);
        return new ManagerHeadline(
            "Loans outstanding",
            MoneyFormat.Format(Money(now, unit)),
            before is null
                ? $"PAR30: {Percent(now.Par30)} is overdue by 30 days or more."
                : $"PAR30: {Percent(now.Par30)} is overdue by 30 days or more. A month before: {MoneyFormat.Format(Money(before, unit))}, PAR30 {Percent(before.Par30)}.",
            [.. points],
            $"Loans outstanding: {MoneyFormat.Format(Money(first, unit))} on {Day(first.Day)}, {MoneyFormat.Format(Money(now, unit))} on {Day(now.Day)}.",
            null);
    }

    private static Money Money(LoanBookFigures figures, Currency currency) => new(figures.Outstanding, currency);

    private static string Number(decimal number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private static string Percent(decimal percent) => percent.ToString("0.##", CultureInfo.CurrentCulture) + " %";

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    private static string Month(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);
}
