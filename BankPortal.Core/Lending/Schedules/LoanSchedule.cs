using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Core.Lending.Schedules;

/// <summary>
/// Computes schedules of loans, exact to the minor unit: the last instalment absorbs what rounding left. Monthly dates follow the rule of
/// standing orders: the day of the month on which the loan was paid out, in a shorter month its last day. Pure.
/// </summary>
public static class LoanSchedule
{
    /// <summary>Computes the schedule of a loan that is paid out on a day.</summary>
    /// <returns>The instalments; <see cref="TermsDoNotFitError"/> when the amount is too small for the number of months.</returns>
    public static Result<ImmutableArray<PlannedInstalment>> Of(LoanTerms terms, DateOnly paidOutOn)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var parts = Divide(
            terms.Amount.MinorUnits, terms.Rate, terms.Method, terms.Months, terms.Instalment?.MinorUnits,
            LoanInterest.UnitsOf(terms.Amount.MinorUnits, terms.Rate, LoanInterest.DaysInMonth));
        if (!AddsUp(parts, terms))
        {
            return new TermsDoNotFitError();
        }

        var currency = terms.Amount.Currency;
        var due = DueDates(paidOutOn);
        return (ImmutableArray<PlannedInstalment>)
        [
            .. parts.Select((part, i) => new PlannedInstalment(
                i + 1, due.DateOf(i)!.Value, new Money(part.Principal, currency), new Money(part.Interest, currency))),
        ];
    }

    /// <summary>The due dates of a loan that is paid out on a day, from index 0 on.</summary>
    public static PaymentSchedule DueDates(DateOnly paidOutOn) => new()
    {
        Rhythm = PaymentRhythm.Monthly,
        First = paidOutOn.AddMonths(1),
        Day = paidOutOn.Day,
    };

    /// <summary>The equal instalment of an annuity in minor units, rounded half away from zero.</summary>
    /// <param name="principal">The principal in minor units.</param>
    /// <param name="rate">The yearly rate in percent.</param>
    /// <param name="months">The number of instalments.</param>
    public static long AnnuityOf(long principal, decimal rate, int months)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(months);
        if (rate == 0)
        {
            return decimal.ToInt64(decimal.Round((decimal)principal / months, 0, MidpointRounding.AwayFromZero));
        }

        var monthly = rate / 1_200m;
        var growth = 1m;
        for (var i = 0; i < months; i++)
        {
            growth *= 1 + monthly;
        }

        return decimal.ToInt64(decimal.Round(principal * monthly * growth / (growth - 1), 0, MidpointRounding.AwayFromZero));
    }

    /// <summary>Divides a principal into instalments.</summary>
    /// <param name="principal">The principal in minor units.</param>
    /// <param name="rate">The yearly rate in percent.</param>
    /// <param name="method">How the principal is repaid.</param>
    /// <param name="months">The number of instalments.</param>
    /// <param name="fixedPart">The instalment of an annuity, or the principal of each instalment; <see langword="null"/> to compute
    /// it.</param>
    /// <param name="firstUnits">The interest of the first period, in units of <see cref="LoanInterest"/>.</param>
    internal static List<(long Principal, long Interest)> Divide(
        long principal, decimal rate, RepaymentMethod method, int months, long? fixedPart, Int128 firstUnits)
    {
        var part = fixedPart ?? (method == RepaymentMethod.Annuity
            ? AnnuityOf(principal, rate, months)
            : decimal.ToInt64(decimal.Round((decimal)principal / months, 0, MidpointRounding.AwayFromZero)));
        var parts = new List<(long Principal, long Interest)>(months);
        var left = principal;
        for (var i = 1; i <= months; i++)
        {
            var interest = LoanInterest.Round(i == 1 ? firstUnits : LoanInterest.UnitsOf(left, rate, LoanInterest.DaysInMonth));
            var repaid = i == months ? left : Math.Clamp(method == RepaymentMethod.Annuity ? part - interest : part, 0, left);
            parts.Add((repaid, interest));
            left -= repaid;
        }

        return parts;
    }

    /// <summary>The number of instalments that repay a principal when each is as large as before.</summary>
    /// <param name="principal">The principal in minor units.</param>
    /// <param name="rate">The yearly rate in percent.</param>
    /// <param name="method">How the principal is repaid.</param>
    /// <param name="part">The instalment of an annuity, or the principal of each instalment.</param>
    /// <param name="most">The number of instalments there were before.</param>
    /// <param name="firstUnits">The interest of the first period, in units of <see cref="LoanInterest"/>.</param>
    internal static int CountOf(long principal, decimal rate, RepaymentMethod method, long part, int most, Int128 firstUnits)
    {
        var left = principal;
        for (var i = 1; i < most; i++)
        {
            var interest = LoanInterest.Round(i == 1 ? firstUnits : LoanInterest.UnitsOf(left, rate, LoanInterest.DaysInMonth));
            left -= Math.Clamp(method == RepaymentMethod.Annuity ? part - interest : part, 0, left);
            if (left == 0)
            {
                return i;
            }
        }

        return most;
    }

    // The rounding of all instalments must fit into the last one: none may be empty, and the last not twice the others.
    private static bool AddsUp(List<(long Principal, long Interest)> parts, LoanTerms terms)
    {
        var usual = terms.Method == RepaymentMethod.Annuity && parts.Count > 1
            ? parts[0].Principal + parts[0].Interest
            : parts[0].Principal;
        var last = terms.Method == RepaymentMethod.Annuity && parts.Count > 1
            ? parts[^1].Principal + parts[^1].Interest
            : parts[^1].Principal;
        return parts.TrueForAll(part => part.Principal > 0) && (parts.Count == 1 || last < 2 * usual);
    }
}

/// <summary>One instalment of a schedule.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="DueOn">The day on which it is due.</param>
/// <param name="Principal">What it repays.</param>
/// <param name="Interest">Its interest.</param>
public sealed record PlannedInstalment(int Number, DateOnly DueOn, Money Principal, Money Interest)
{
    /// <summary>What is paid on the day.</summary>
    public Money Total => Principal + Interest;
}

/// <summary>The amount is too small for the number of months, or a given instalment does not repay it in time.</summary>
public sealed record TermsDoNotFitError()
    : Error("These instalments do not add up to the loan. Choose a larger amount or fewer months.")
{
    /// <inheritdoc/>
    public override string? Field => "months";
}
