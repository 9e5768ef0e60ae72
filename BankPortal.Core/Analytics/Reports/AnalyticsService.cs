using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;

namespace BankPortal.Core.Analytics.Reports;

/// <summary>
/// Reads a customer's analytics. The cost does not grow with the history: the accounts, the customer's decisions, and for each account the
/// day summaries, the month summaries and the entries behind them, the latter three side by side. Thread-safe.
/// </summary>
public sealed class AnalyticsService(
    AccountService accounts,
    ICategoryBookStore books,
    AccountDayService accountDays,
    AccountMonthService accountMonths,
    LedgerRules rules,
    TimeProvider time)
{
    /// <summary>Today in the bank's zone.</summary>
    public DateOnly Today => rules.DayOf(time.GetUtcNow());

    /// <summary>Reads the report of a period.</summary>
    public async Task<Result<AnalyticsReport>> ReadAsync(Actor actor, AnalyticsPeriod period, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        var today = Today;
        if (period.Check(today) is { } wrong)
        {
            return wrong;
        }

        var book = books.ReadAsync(actor.UserId, ct);
        var own = await accounts.ListAsync(actor, ct);
        var currency = own is [var first, ..] ? first.Currency : Currency.Usd;
        var from = AnalyticsFigures.NeededFrom(period, today);
        var lately = own
            .Where(a => a.Currency == currency && (a.ClosedAt is not { } closed || rules.DayOf(closed) >= from))
            .ToList();
        var days = Task.WhenAll(lately.Select(account => accountDays.ReadAsync(account, from, ct)));
        var months = Task.WhenAll(lately.Select(account => accountMonths.ReadAsync(account, from, ct)));
        return AnalyticsFigures.Of(today, period, currency, await days, [.. (await months).SelectMany(m => m)], await book) with
        {
            OtherCurrencies = own.Count(a => a.Currency != currency),
        };
    }
}
