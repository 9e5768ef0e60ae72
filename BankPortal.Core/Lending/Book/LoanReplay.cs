using BankPortal.Core.Lending.Schedules;
using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Core.Lending.Book;

/// <summary>
/// Computes what a loan was at the end of a day from its terms and events. Pure: the same events give the same state, on any node, for any
/// day. One instance walks forward over days once; not thread-safe.
/// </summary>
/// <remarks>
/// Instalments become due by date alone. Interest follows the schedule: what is overdue earns fees, no further interest. Early repayments
/// and payment holidays are the only events that change what is not due yet.
/// </remarks>
public sealed class LoanReplay
{
    private readonly LoanTerms _terms;
    private readonly List<Slot> _due = [];
    private readonly List<Slot> _future = [];
    private PaymentSchedule? _dates;
    private LoanStatus _status = LoanStatus.Applied;
    private DateOnly _day;
    private DateOnly? _paidOutOn;
    private DateOnly? _closedOn;
    private DateOnly _periodStart;
    private int _periodDays;
    private int _accruedDays;
    private Int128 _accruedUnits;
    private long _balance;
    private long _part;
    private long _carried;
    private int _shift;
    private long _paidPrincipal;
    private long _paidInterest;
    private long _paidFees;
    private long _writtenOff;
    private long _writtenOffPrincipal;
    private long _recovered;

    /// <summary>A loan without events.</summary>
    public LoanReplay(LoanTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        _terms = terms;
    }

    /// <summary>The state of a loan at the end of a day. Later events are left out.</summary>
    public static LoanState AsOf(LoanTerms terms, IEnumerable<LoanEvent> events, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(events);
        var replay = new LoanReplay(terms);
        foreach (var happened in events)
        {
            if (happened.On <= day)
            {
                replay.Apply(happened);
            }
        }

        return replay.At(day);
    }

    /// <summary>Takes the next event into account.</summary>
    /// <exception cref="InvalidOperationException">The event does not fit the loan.</exception>
    public void Apply(LoanEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        AdvanceTo(happened.On);
        switch (happened.Kind)
        {
            case LoanEventKind.Granted:
                _status = LoanStatus.Granted;
                break;
            case LoanEventKind.Declined:
                Close(LoanStatus.Declined);
                break;
            case LoanEventKind.Lapsed:
                Close(LoanStatus.Lapsed);
                break;
            case LoanEventKind.Disbursed:
                PayOut(happened);
                break;
            case LoanEventKind.Paid:
                Pay(happened.Principal, happened.Interest, happened.Fees);
                break;
            case LoanEventKind.Missed when Find(happened.Instalment) is { } missed:
                missed.MissedOn ??= _day;
                break;
            case LoanEventKind.Fee when Find(happened.Instalment) is { Fee: 0 } charged:
                charged.Fee = happened.Fees;
                charged.SettledOn = null;
                break;
            case LoanEventKind.Holiday:
                Postpone(happened.Months);
                break;
            case LoanEventKind.Early:
                RepayEarly(happened);
                break;
            case LoanEventKind.WrittenOff:
                WriteOff();
                break;
            case LoanEventKind.Recovered:
                _recovered += happened.Total;
                break;
        }

        if (_status == LoanStatus.Active && _future.Count == 0 && _due.TrueForAll(slot => slot.Unpaid == 0))
        {
            Close(LoanStatus.PaidOff);
        }
    }

    /// <summary>The state at the end of a day that is not before the last event's.</summary>
    public LoanState At(DateOnly day)
    {
        AdvanceTo(day);
        var currency = _terms.Amount.Currency;
        var outstanding = _status is LoanStatus.Active ? _balance + _due.Sum(slot => slot.Principal - slot.PrincipalPaid) : 0;
        return new LoanState
        {
            Day = day,
            Terms = _terms,
            Status = _status,
            PaidOutOn = _paidOutOn,
            ClosedOn = _closedOn,
            Instalments = [.. _due.Select(slot => slot.ToInstalment(true)), .. _future.Select(slot => slot.ToInstalment(false))],
            Outstanding = new Money(outstanding, currency),
            Accrued = new Money(_status == LoanStatus.Active ? AccruedOn(day) : 0, currency),
            PaidPrincipal = new Money(_paidPrincipal, currency),
            PaidInterest = new Money(_paidInterest, currency),
            PaidFees = new Money(_paidFees, currency),
            WrittenOff = new Money(_writtenOff, currency),
            WrittenOffPrincipal = new Money(_writtenOffPrincipal, currency),
            Recovered = new Money(_recovered, currency),
            HolidayMonths = _shift,
        };
    }

    private void AdvanceTo(DateOnly day)
    {
        _day = day > _day ? day : _day;
        while (_status == LoanStatus.Active && _future is [var next, ..] && next.DueOn <= _day)
        {
            _future.RemoveAt(0);
            _due.Add(next);
            _balance -= next.Principal;
            _periodStart = next.DueOn;
            _periodDays = LoanInterest.DaysInMonth;
            _accruedDays = 0;
            _accruedUnits = 0;
            _carried = _future.Sum(slot => slot.Deferred);
        }
    }

    private void PayOut(LoanEvent happened)
    {
        _status = LoanStatus.Active;
        _paidOutOn = happened.On;
        _dates = LoanSchedule.DueDates(happened.On);
        _periodStart = happened.On;
        _periodDays = LoanInterest.DaysInMonth;
        _balance = _terms.Amount.MinorUnits;
        _paidFees += happened.Fees;
        _part = PartOf(_balance, _terms.Months, _terms.Instalment?.MinorUnits);
        Plan(_terms.Months);
    }

    // Fees, then interest, then principal; of each the oldest first.
    private void Pay(long principal, long interest, long fees)
    {
        _paidPrincipal += principal;
        _paidInterest += interest;
        _paidFees += fees;
        foreach (var slot in _due)
        {
            var (fee, rate, repaid) = (
                Math.Min(fees, slot.Fee - slot.FeePaid),
                Math.Min(interest, slot.Interest - slot.InterestPaid),
                Math.Min(principal, slot.Principal - slot.PrincipalPaid));
            slot.FeePaid += fee;
            slot.InterestPaid += rate;
            slot.PrincipalPaid += repaid;
            fees -= fee;
            interest -= rate;
            principal -= repaid;
            if (slot.Unpaid == 0)
            {
                slot.SettledOn ??= _day;
            }
        }

        if (principal != 0 || interest != 0 || fees != 0)
        {
            throw new InvalidOperationException("A payment of a loan is larger than what was due.");
        }
    }

    private void Postpone(int months)
    {
        Accrue();
        _periodDays += LoanInterest.DaysInMonth * months;
        _shift += months;
        Plan(_future.Count);
    }

    private void RepayEarly(LoanEvent happened)
    {
        Accrue();
        _paidPrincipal += happened.Principal;
        _paidInterest += happened.Interest;
        _paidFees += happened.Fees;
        _balance -= happened.Principal;
        if (_balance < 0)
        {
            throw new InvalidOperationException("More of a loan was repaid than was left.");
        }

        if (happened.Effect == EarlyEffect.PayOff)
        {
            _future.Clear();
        }
        else if (happened.Effect == EarlyEffect.ShorterTerm)
        {
            Plan(LoanSchedule.CountOf(_balance, _terms.Rate, _terms.Method, _part, _future.Count, FirstUnits().First));
        }
        else
        {
            _part = PartOf(_balance, _future.Count, null);
            Plan(_future.Count);
        }
    }

    private void WriteOff()
    {
        _writtenOffPrincipal = _balance + _due.Sum(slot => slot.Principal - slot.PrincipalPaid);
        _writtenOff = _balance + AccruedOn(_day) + _due.Sum(slot => slot.Unpaid);
        Close(LoanStatus.WrittenOff);
    }

    private void Close(LoanStatus status) => (_status, _closedOn) = (status, _day);

    private void Accrue()
    {
        var days = Math.Clamp(LoanInterest.DaysBetween(_periodStart, _day), _accruedDays, _periodDays);
        _accruedUnits += LoanInterest.UnitsOf(_balance, _terms.Rate, days - _accruedDays);
        _accruedDays = days;
    }

    private long AccruedOn(DateOnly day)
    {
        var days = Math.Clamp(LoanInterest.DaysBetween(_periodStart, day), _accruedDays, _periodDays);
        return _carried + LoanInterest.Round(_accruedUnits + LoanInterest.UnitsOf(_balance, _terms.Rate, days - _accruedDays));
    }

    // The interest of a period with holidays is that of its months; the first instalment after it pays one month, all pay the rest.
    private (Int128 First, long Deferred) FirstUnits()
    {
        var all = _accruedUnits + LoanInterest.UnitsOf(_balance, _terms.Rate, _periodDays - _accruedDays);
        var first = all * LoanInterest.DaysInMonth / _periodDays;
        return (first, _carried + LoanInterest.Round(all - first));
    }

    private void Plan(int count)
    {
        var (first, deferred) = FirstUnits();
        var parts = LoanSchedule.Divide(_balance, _terms.Rate, _terms.Method, count, _part, first);
        _future.Clear();
        for (var i = 0; i < parts.Count; i++)
        {
            var number = _due.Count + i + 1;
            var extra = i == parts.Count - 1 ? deferred - (deferred / parts.Count * i) : deferred / parts.Count;
            _future.Add(new Slot
            {
                Number = number,
                DueOn = _dates!.DateOf(number - 1 + _shift)!.Value,
                Principal = parts[i].Principal,
                Interest = parts[i].Interest + extra,
                Deferred = extra,
            });
        }
    }

    private long PartOf(long balance, int count, long? agreed) => agreed ?? (_terms.Method == RepaymentMethod.Annuity
        ? LoanSchedule.AnnuityOf(balance, _terms.Rate, count)
        : decimal.ToInt64(decimal.Round((decimal)balance / count, 0, MidpointRounding.AwayFromZero)));

    private Slot? Find(int number) => _due.Find(slot => slot.Number == number);

    private sealed class Slot
    {
        public required int Number { get; init; }

        public required DateOnly DueOn { get; init; }

        public required long Principal { get; init; }

        public required long Interest { get; init; }

        public long Deferred { get; init; }

        public long Fee { get; set; }

        public long PrincipalPaid { get; set; }

        public long InterestPaid { get; set; }

        public long FeePaid { get; set; }

        public DateOnly? MissedOn { get; set; }

        public DateOnly? SettledOn { get; set; }

        public long Unpaid => Principal + Interest + Fee - PrincipalPaid - InterestPaid - FeePaid;

        public LoanInstalment ToInstalment(bool isDue) => new(
            Number, DueOn, isDue, Principal, Interest, Fee, PrincipalPaid, InterestPaid, FeePaid, MissedOn, SettledOn);
    }
}
