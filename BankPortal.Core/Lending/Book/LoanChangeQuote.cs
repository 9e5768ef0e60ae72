using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Book;

/// <summary>What an early repayment or a payment holiday would change. Pure: nothing happens.</summary>
/// <param name="Before">The loan as it is.</param>
/// <param name="After">The loan as it would be.</param>
/// <param name="Amount">What would be paid now.</param>
/// <param name="Planned">The event it would be.</param>
public sealed record LoanChangeQuote(LoanState Before, LoanState After, Money Amount, LoanEvent Planned)
{
    /// <summary>The interest that need not be paid; negative when there is more to pay.</summary>
    public Money Saved => Before.FutureInterest - After.FutureInterest - new Money(Planned.Interest, Amount.Currency);

    /// <summary>How many instalments fall away.</summary>
    public int FewerInstalments => Before.Remaining - After.Remaining;

    /// <summary>Quotes an early repayment on a day.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="events">What happened so far.</param>
    /// <param name="day">The day.</param>
    /// <param name="extra">How much principal is repaid; ignored for <see cref="EarlyEffect.PayOff"/>.</param>
    /// <param name="effect">What it changes.</param>
    /// <param name="at">When it is recorded.</param>
    public static Result<LoanChangeQuote> Early(
        LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly day, Money extra, EarlyEffect effect, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(events);
        var before = LoanReplay.AsOf(terms, events, day);
        if (before.Status != LoanStatus.Active)
        {
            return new LoanNotActiveError();
        }

        if (before.Due.IsPositive)
        {
            return new DueFirstError(before.Due);
        }

        if (extra.Currency != terms.Amount.Currency)
        {
            return new InstalmentCurrencyError(terms.Amount.Currency);
        }

        var isAll = effect == EarlyEffect.PayOff;
        if (!isAll && !extra.IsPositive)
        {
            return new InvalidInputError("amount", "Enter an amount above zero.");
        }

        if (!isAll && extra >= before.Outstanding)
        {
            return new RepaysAllError(before.PayOff);
        }

        var planned = new LoanEvent
        {
            Sequence = events.Count + 1,
            Kind = LoanEventKind.Early,
            On = day,
            At = at,
            Effect = effect,
            Principal = isAll ? before.Outstanding.MinorUnits : extra.MinorUnits,
            Interest = isAll ? before.Accrued.MinorUnits : 0,
        };
        return new LoanChangeQuote(
            before, LoanReplay.AsOf(terms, events.Append(planned), day), new Money(planned.Total, terms.Amount.Currency), planned);
    }

    /// <summary>Quotes a payment holiday that begins on a day.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="events">What happened so far.</param>
    /// <param name="day">The day.</param>
    /// <param name="months">How many months.</param>
    /// <param name="at">When it is recorded.</param>
    public static Result<LoanChangeQuote> Holiday(
        LoanTerms terms, IReadOnlyList<LoanEvent> events, DateOnly day, int months, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(events);
        var before = LoanReplay.AsOf(terms, events, day);
        if (before.Status != LoanStatus.Active || before.Next is null)
        {
            return new LoanNotActiveError();
        }

        if (before.Due.IsPositive)
        {
            return new DueFirstError(before.Due);
        }

        var planned = new LoanEvent { Sequence = events.Count + 1, Kind = LoanEventKind.Holiday, On = day, At = at, Months = months };
        return new LoanChangeQuote(
            before, LoanReplay.AsOf(terms, events.Append(planned), day), Money.Zero(terms.Amount.Currency), planned);
    }
}
