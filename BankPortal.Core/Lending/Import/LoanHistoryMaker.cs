using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Import;

/// <summary>Makes the events of a loan that began elsewhere from what is known of it. Pure.</summary>
public static class LoanHistoryMaker
{
    // The rate in steps of the fourth decimal.
    private const int MaxSteps = (int)(LoanInterest.MaxRate * 10_000);

    /// <summary>
    /// Finds the terms whose schedule has a given instalment: the rate follows from amount, months and instalment. The last instalment
    /// absorbs what is left.
    /// </summary>
    /// <returns>The terms, or why there are none.</returns>
    public static Result<LoanTerms> TermsOf(LoanImportRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (amount, instalment) = (row.Amount.MinorUnits, row.Instalment.MinorUnits);
        if (row.Months is < 1 or > LoanTerms.MaxMonths)
        {
            return new LoanFileError(string.Create(CultureInfo.InvariantCulture, $"months is not from 1 to {LoanTerms.MaxMonths}"));
        }

        // Rounding may leave a cent for each instalment.
        if ((Int128)instalment * row.Months < amount - row.Months)
        {
            return new LoanFileError($"the schedule does not add up: {row.Months} instalments of {row.Instalment} are less than {row.Amount}");
        }

        var (low, high) = (0, MaxSteps);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = LoanSchedule.AnnuityOf(amount, middle / 10_000m, row.Months) < instalment ? (middle + 1, high) : (low, middle);
        }

        if (LoanSchedule.AnnuityOf(amount, low / 10_000m, row.Months) < instalment)
        {
            return new LoanFileError($"the schedule does not add up: an instalment of {row.Instalment} would be more than 100 % of interest a year");
        }

        var terms = new LoanTerms
        {
            Amount = row.Amount,
            Rate = low / 10_000m,
            Months = row.Months,
            Method = RepaymentMethod.Annuity,
            ArrangementFee = Money.Zero(row.Amount.Currency),
            LateFee = row.LateFee ?? Money.Zero(row.Amount.Currency),
            GraceDays = row.GraceDays ?? 0,
            Instalment = row.Instalment,
        };
        return LoanSchedule.Of(terms, row.GrantedOn).IsSuccess
            ? terms
            : new LoanFileError("the schedule does not add up: the last instalment would not be positive, or more than twice the others");
    }

    /// <summary>
    /// Makes the events: payments count on the due dates of the instalments that they cover, the oldest first.
    /// </summary>
    /// <param name="terms">The terms.</param>
    /// <param name="grantedOn">The day of payout.</param>
    /// <param name="paid">What has been paid in all.</param>
    /// <param name="status">The state that the loan has to have.</param>
    /// <param name="today">The day of the import.</param>
    /// <param name="at">When it is recorded.</param>
    /// <returns>The events, or why they do not add up.</returns>
    public static Result<ImmutableArray<LoanEvent>> EventsOf(
        LoanTerms terms, DateOnly grantedOn, Money paid, LoanImportStatus status, DateOnly today, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var schedule = LoanSchedule.Of(terms, grantedOn);
        if (!schedule.IsSuccess)
        {
            return new LoanFileError("the schedule does not add up");
        }

        var events = new List<LoanEvent>
        {
            New(LoanEventKind.Granted, grantedOn),
            New(LoanEventKind.Disbursed, grantedOn) with { Principal = terms.Amount.MinorUnits },
        };
        var left = paid.MinorUnits;
        var lastDay = grantedOn;
        foreach (var due in schedule.Value.TakeWhile(one => one.DueOn <= today))
        {
            if (status == LoanImportStatus.PaidOff && left < due.Total.MinorUnits)
            {
                break;
            }

            events.Add(New(LoanEventKind.Due, due.DueOn) with
            {
                Instalment = due.Number,
                Principal = due.Principal.MinorUnits,
                Interest = due.Interest.MinorUnits,
            });
            var interest = Math.Min(left, due.Interest.MinorUnits);
            var principal = Math.Min(left - interest, due.Principal.MinorUnits);
            left -= interest + principal;
            if (interest + principal > 0)
            {
                lastDay = due.DueOn;
                events.Add(New(LoanEventKind.Paid, due.DueOn) with
                {
                    Instalment = due.Number,
                    Interest = interest,
                    Principal = principal,
                });
            }

            if (interest + principal < due.Total.MinorUnits && due.DueOn.AddDays(terms.GraceDays) < today)
            {
                events.Add(New(LoanEventKind.Missed, due.DueOn.AddDays(terms.GraceDays + 1)) with { Instalment = due.Number });
            }
        }

        if (Close(terms, events, status, left, lastDay, today, New) is { } refusal)
        {
            return refusal;
        }

        return (ImmutableArray<LoanEvent>)
            [.. events.OrderBy(one => one.On).ThenBy(one => one.Kind).Select((one, i) => one with { Sequence = i + 1 })];

        LoanEvent New(LoanEventKind kind, DateOnly on) => new() { Sequence = 1, Kind = kind, On = on, At = at };
    }

    // Ends the loan as the file says, or says why the figures contradict it.
    private static LoanFileError? Close(
        LoanTerms terms, List<LoanEvent> events, LoanImportStatus status, long left, DateOnly lastDay, DateOnly today,
        Func<LoanEventKind, DateOnly, LoanEvent> create)
    {
        var state = LoanReplay.AsOf(terms, events.OrderBy(one => one.On).ThenBy(one => one.Kind), today);
        var currency = terms.Amount.Currency;
        switch (status)
        {
            case LoanImportStatus.PaidOff when state.Status == LoanStatus.PaidOff && left == 0:
                return null;
            case LoanImportStatus.PaidOff:
                var on = lastDay < today ? lastDay.AddDays(1) : today;
                var then = LoanReplay.AsOf(terms, events.OrderBy(one => one.On).ThenBy(one => one.Kind), on);
                if (then.Status != LoanStatus.Active || left < then.Outstanding.MinorUnits)
                {
                    return new LoanFileError(
                        $"status is paid-off, and {new Money(Math.Max(0, then.Outstanding.MinorUnits - left), currency)} of the loan is not paid");
                }

                events.Add(create(LoanEventKind.Early, on) with
                {
                    Effect = EarlyEffect.PayOff,
                    Principal = then.Outstanding.MinorUnits,
                    Interest = left - then.Outstanding.MinorUnits,
                });
                return null;
            case var _ when left > 0:
                return new LoanFileError($"{new Money(left, currency)} more was paid than was due by today");
            case LoanImportStatus.WrittenOff:
                var all = PaymentAllocation.OfFirst(state, int.MaxValue);
                events.Add(create(LoanEventKind.WrittenOff, today) with
                {
                    Principal = state.Outstanding.MinorUnits,
                    Interest = state.Accrued.MinorUnits + all.Interest,
                });
                return state.Status == LoanStatus.Active
                    ? null
                    : new LoanFileError("status is written-off, and everything is paid");
            case LoanImportStatus.Active when state.Arrears.IsPositive:
                return new LoanFileError($"status is active, and {state.Arrears} is overdue since {state.UnpaidSince:yyyy-MM-dd}");
            case LoanImportStatus.Late when !state.Arrears.IsPositive:
                return new LoanFileError("status is late, and nothing is overdue");
            default:
                return state.Status == LoanStatus.Active ? null : new LoanFileError("everything is paid, and status is not paid-off");
        }
    }
}

/// <summary>Figures of a loan in a file contradict each other.</summary>
/// <param name="Reason">What contradicts what.</param>
public sealed record LoanFileError(string Reason) : Error(Reason);
