using BankPortal.Core.Analytics;
using BankPortal.Core.Lending.Book;

namespace BankPortal.Core.Lending.Applications;

/// <summary>Computes what a customer can afford from the day summaries of their accounts. Thread-safe.</summary>
public sealed class AffordabilityService(IAccountStore accounts, AccountDayService days, ILoanStore loans, LendingClock clock)
{
    /// <summary>How many full months are looked at, at most.</summary>
    public const int MaxMonths = 6;

    /// <summary>Computes the figures for a new instalment. The caller authorises.</summary>
    /// <param name="ownerId">The customer.</param>
    /// <param name="instalment">The largest instalment.</param>
    /// <param name="except">A loan that is not counted among the others.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<Affordability> OfAsync(string ownerId, Money instalment, string? except = null, CancellationToken ct = default)
    {
        var currency = instalment.Currency;
        var theirs = (await accounts.ListByOwnerAsync(ownerId, ct)).Where(account => account.Currency == currency).ToList();
        var others = await loans.ListByOwnerAsync(ownerId, ct);
        var existing = others
            .Where(loan => loan is { Status: LoanStatus.Active or LoanStatus.Granted } && loan.Id != except)
            .Where(loan => loan.Terms.Amount.Currency == currency)
            .Sum(loan => loan.Figures.NextAmount);
        var thisMonth = FirstOf(clock.Today);
        var months = theirs.Count == 0 ? 0 : Math.Clamp(
            MonthsBetween(FirstOf(clock.DayOf(theirs.Min(account => account.OpenedAt))), thisMonth), 0, MaxMonths);
        var zero = Money.Zero(currency);
        if (months == 0)
        {
            return new Affordability(0, zero, zero, new Money(existing, currency), instalment);
        }

        var first = thisMonth.AddMonths(-months);
        var read = await Task.WhenAll(theirs.Select(account => days.ReadAsync(account, first, ct)));
        var flow = CashFlow.Of(read, currency, first, thisMonth.AddDays(-1));
        return new Affordability(
            months,
            Average(flow.Income.MinorUnits),
            Average(flow.Spending.MinorUnits - flow.Debits[TransferKind.LoanPayment]),
            new Money(existing, currency),
            instalment);

        Money Average(long sum) => new(Math.Max(0, sum) / months, currency);
    }

    private static DateOnly FirstOf(DateOnly day) => new(day.Year, day.Month, 1);

    // The month in which the first account was opened is not a full one.
    private static int MonthsBetween(DateOnly opened, DateOnly thisMonth) =>
        ((thisMonth.Year - opened.Year) * 12) + thisMonth.Month - opened.Month - 1;
}
