using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Book;

/// <summary>What a loan is at the end of a day, computed from its events. Immutable.</summary>
public sealed record LoanState
{
    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The terms.</summary>
    public required LoanTerms Terms { get; init; }

    /// <summary>The state.</summary>
    public required LoanStatus Status { get; init; }

    /// <summary>The day on which it was paid out; <see langword="null"/> before.</summary>
    public DateOnly? PaidOutOn { get; init; }

    /// <summary>The day on which it was repaid, written off, declined or lapsed.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>All instalments in order: those that are due with what was paid on them, then those to come.</summary>
    public ImmutableArray<LoanInstalment> Instalments { get; init; } = [];

    /// <summary>The principal that is not repaid; zero once the loan is written off.</summary>
    public required Money Outstanding { get; init; }

    /// <summary>The interest from the last due date to the day that a full repayment would pay, with what holidays deferred.</summary>
    public required Money Accrued { get; init; }

    /// <summary>The principal repaid.</summary>
    public required Money PaidPrincipal { get; init; }

    /// <summary>The interest paid.</summary>
    public required Money PaidInterest { get; init; }

    /// <summary>The fees paid, the arrangement fee among them.</summary>
    public required Money PaidFees { get; init; }

    /// <summary>What was written off: principal, interest and fees.</summary>
    public required Money WrittenOff { get; init; }

    /// <summary>The part of <see cref="WrittenOff"/> that is principal.</summary>
    public required Money WrittenOffPrincipal { get; init; }

    /// <summary>What was paid after it was written off.</summary>
    public required Money Recovered { get; init; }

    /// <summary>The months of payment holidays so far.</summary>
    public int HolidayMonths { get; init; }

    /// <summary>What is due and unpaid, today's instalment included.</summary>
    public Money Due => Sum(instalment => instalment.IsDue ? instalment.Unpaid : 0);

    /// <summary>What is overdue: due before the day, and unpaid.</summary>
    public Money Arrears => Sum(instalment => instalment.IsDue && instalment.DueOn < Day ? instalment.Unpaid : 0);

    /// <summary>The due date of the oldest unpaid instalment that is due.</summary>
    public DateOnly? UnpaidSince => Instalments.FirstOrDefault(instalment => instalment.IsDue && instalment.Unpaid > 0)?.DueOn;

    /// <summary>How many days the oldest unpaid instalment is past its due date.</summary>
    public int DaysPastDue => Status == LoanStatus.Active && UnpaidSince is { } since ? Day.DayNumber - since.DayNumber : 0;

    /// <summary>The bucket of <see cref="DaysPastDue"/>.</summary>
    public DelinquencyBucket Bucket => DelinquencyBuckets.Of(DaysPastDue);

    /// <summary>The next instalment that is not due yet.</summary>
    public LoanInstalment? Next => Instalments.FirstOrDefault(instalment => !instalment.IsDue);

    /// <summary>How many instalments are not due yet.</summary>
    public int Remaining => Instalments.Count(instalment => !instalment.IsDue);

    /// <summary>The interest of the instalments that are not due yet.</summary>
    public Money FutureInterest => Sum(instalment => instalment.IsDue ? 0 : instalment.Interest);

    /// <summary>What repays the loan completely on the day.</summary>
    public Money PayOff => Outstanding + Accrued + Sum(instalment =>
        instalment.IsDue ? instalment.Unpaid - (instalment.Principal - instalment.PrincipalPaid) : 0);

    private Money Sum(Func<LoanInstalment, long> part) => new(Instalments.Sum(part), Terms.Amount.Currency);
}

/// <summary>One instalment of a loan, due or to come. Amounts are in minor units of the loan's currency.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="DueOn">The day on which it is due.</param>
/// <param name="IsDue">Whether that day has come.</param>
/// <param name="Principal">What it repays.</param>
/// <param name="Interest">Its interest, with its part of what holidays deferred.</param>
/// <param name="Fee">The fee for missing it.</param>
/// <param name="PrincipalPaid">The principal that was paid.</param>
/// <param name="InterestPaid">The interest that was paid.</param>
/// <param name="FeePaid">The fee that was paid.</param>
/// <param name="MissedOn">The day on which it was recorded as missed.</param>
/// <param name="SettledOn">The day on which the last of it was paid.</param>
public sealed record LoanInstalment(
    int Number,
    DateOnly DueOn,
    bool IsDue,
    long Principal,
    long Interest,
    long Fee,
    long PrincipalPaid,
    long InterestPaid,
    long FeePaid,
    DateOnly? MissedOn,
    DateOnly? SettledOn)
{
    /// <summary>Principal and interest.</summary>
    public long Total => Principal + Interest;

    /// <summary>What is not paid, the fee included.</summary>
    public long Unpaid => Principal + Interest + Fee - PrincipalPaid - InterestPaid - FeePaid;
}
