using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Book;

/// <summary>A loan, from the application on. Its row is the lock of everything that happens to it. Immutable.</summary>
public sealed record Loan
{
    /// <summary>The loan.</summary>
    public required string Id { get; init; }

    /// <summary>The user id of the borrower.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The account it is paid into, and from which instalments are collected.</summary>
    public required string AccountId { get; init; }

    /// <summary>The code of its product.</summary>
    public required string Product { get; init; }

    /// <summary>The name of its product when it was signed.</summary>
    public required string ProductName { get; init; }

    /// <summary>The terms.</summary>
    public required LoanTerms Terms { get; init; }

    /// <summary>The state.</summary>
    public required LoanStatus Status { get; init; }

    /// <summary>When it was applied for, or taken in by an import.</summary>
    public required DateTimeOffset AppliedAt { get; init; }

    /// <summary>What the customer wants it for, in their own words.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>What the bank knew about the customer's money when they applied; <see langword="null"/> for imported loans.</summary>
    public Affordability? Affordability { get; init; }

    /// <summary>The number of events.</summary>
    public int Events { get; init; }

    /// <summary>
    /// The event whose money is being moved: stored before the first posting, and an event once the last one is done. While there is one,
    /// nothing else happens to the loan.
    /// </summary>
    public LoanEvent? Pending { get; init; }

    /// <summary>When the loan has to be looked at next; <see langword="null"/> for never.</summary>
    public DateTimeOffset? NextRunAt { get; init; }

    /// <summary>The number of the last instalment that was recorded as due.</summary>
    public int DueRecorded { get; init; }

    /// <summary>The approval of a payment holiday that is waiting.</summary>
    public string? HolidayApproval { get; init; }

    /// <summary>The months of that holiday.</summary>
    public int HolidayMonths { get; init; }

    /// <summary>The approval of a write-off that is waiting.</summary>
    public string? WriteOffApproval { get; init; }

    /// <summary>The import that it comes from; <see langword="null"/> for the bank's own loans.</summary>
    public string? Source { get; init; }

    /// <summary>The figures as of the last write.</summary>
    public LoanFigures Figures { get; init; } = new();

    /// <summary>The number of writes; the optimistic lock.</summary>
    public long Version { get; init; }

    /// <summary>The subject of its approvals.</summary>
    public string Subject => SubjectOf(Id);

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => Status is LoanStatus.PaidOff or LoanStatus.Declined or LoanStatus.Lapsed or LoanStatus.WrittenOff;

    /// <summary>The reference that people read aloud.</summary>
    public string Reference => "L-" + Id[..8];

    /// <summary>The subject of the approvals of a loan.</summary>
    public static string SubjectOf(string loanId) => "loan/" + loanId;

    /// <summary>Days past due on a day, by the figures of the last write.</summary>
    public int DaysPastDueOn(DateOnly day) =>
        Status == LoanStatus.Active && (Figures.UnpaidSince ?? Figures.NextDueOn) is { } since && since < day
            ? day.DayNumber - since.DayNumber
            : 0;

    /// <summary>This loan with the figures and the state that follow from its events.</summary>
    internal Loan With(LoanState state) => this with
    {
        Status = state.Status,
        Figures = new LoanFigures
        {
            PaidOutOn = state.PaidOutOn,
            ClosedOn = state.ClosedOn,
            Outstanding = state.Outstanding.MinorUnits,
            Due = state.Status == LoanStatus.Active ? state.Due.MinorUnits : 0,
            UnpaidSince = state.Status == LoanStatus.Active ? state.UnpaidSince : null,
            NextDueOn = state.Status == LoanStatus.Active ? state.Next?.DueOn : null,
            NextAmount = state.Status == LoanStatus.Active ? state.Next?.Total ?? 0 : 0,
            Remaining = state.Status == LoanStatus.Active ? state.Remaining : 0,
            WrittenOff = state.WrittenOff.MinorUnits,
            Recovered = state.Recovered.MinorUnits,
        },
    };
}

/// <summary>Figures of a loan for lists. Amounts in minor units of its currency.</summary>
public sealed record LoanFigures
{
    /// <summary>The day on which it was paid out.</summary>
    public DateOnly? PaidOutOn { get; init; }

    /// <summary>The day on which it ended.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>The principal that is not repaid.</summary>
    public long Outstanding { get; init; }

    /// <summary>What is due and unpaid.</summary>
    public long Due { get; init; }

    /// <summary>The due date of the oldest unpaid instalment.</summary>
    public DateOnly? UnpaidSince { get; init; }

    /// <summary>The next due date.</summary>
    public DateOnly? NextDueOn { get; init; }

    /// <summary>The next instalment.</summary>
    public long NextAmount { get; init; }

    /// <summary>The number of instalments that are not due yet.</summary>
    public int Remaining { get; init; }

    /// <summary>What was written off.</summary>
    public long WrittenOff { get; init; }

    /// <summary>What was paid after that.</summary>
    public long Recovered { get; init; }
}

/// <summary>A loan with everything that happened to it.</summary>
/// <param name="Loan">The row.</param>
/// <param name="Events">The events, in order.</param>
public sealed record LoanFile(Loan Loan, ImmutableArray<LoanEvent> Events)
{
    /// <summary>The state at the end of a day.</summary>
    public LoanState AsOf(DateOnly day) => LoanReplay.AsOf(Loan.Terms, Events, day);
}
