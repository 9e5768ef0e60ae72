using BankPortal.Core.Analytics;

namespace BankPortal.Core.Statements;

/// <summary>The balances and sums of a statement, as the closed days of its account have them.</summary>
/// <param name="Opening">The balance before the first movement.</param>
/// <param name="Closing">The balance after the last movement.</param>
/// <param name="TotalIn">The sum of all credits.</param>
/// <param name="TotalOut">The sum of all debits, as a positive amount.</param>
/// <param name="Interest">The interest in it: credits less debits; part of the totals.</param>
/// <param name="Fees">The fees in it: debits less credits; part of the totals.</param>
/// <param name="CountIn">How many credits.</param>
/// <param name="CountOut">How many debits.</param>
/// <param name="Before">The sequence number of the last entry before the first movement; without movements, of the last one before the next.</param>
public sealed record StatementSums(
    Money Opening,
    Money Closing,
    Money TotalIn,
    Money TotalOut,
    Money Interest,
    Money Fees,
    int CountIn,
    int CountOut,
    long Before)
{
    /// <summary>How many movements.</summary>
    public int Count => CountIn + CountOut;

    /// <summary>Adds the days of a period up.</summary>
    /// <param name="days">The account's days from the first of the period on.</param>
    /// <param name="period">The period.</param>
    internal static StatementSums Of(AccountDays days, StatementPeriod period)
    {
        var zero = Money.Zero(days.Account.Currency);
        var before = days.Days is [var first, ..] ? first.FirstSequence - 1 : days.Account.Sequence;
        var sums = new StatementSums(days.Opening, days.Opening, zero, zero, zero, zero, 0, 0, before);
        foreach (var day in days.Days)
        {
            if (day.Day > period.To)
            {
                break;
            }

            sums = sums with
            {
                Closing = day.Closing,
                TotalIn = sums.TotalIn + day.Credits,
                TotalOut = sums.TotalOut + day.Debits,
                Interest = sums.Interest + Net(day, StatementKinds.Interest),
                Fees = sums.Fees - Net(day, StatementKinds.Fees),
                CountIn = sums.CountIn + day.CreditCount,
                CountOut = sums.CountOut + day.DebitCount,
            };
        }

        return sums;
    }

    private static Money Net(AccountDay day, ImmutableArray<TransferKind> kinds) =>
        new(kinds.Sum(kind => day.CreditsByKind[kind] - day.DebitsByKind[kind]), day.Closing.Currency);
}
