namespace BankPortal.Core.Lending.Book;

/// <summary>
/// Something that happened to a loan. Events are appended and never changed; what a loan was on any day follows from them.
/// </summary>
public sealed record LoanEvent
{
    /// <summary>Its place among the events of the loan, from 1.</summary>
    public required int Sequence { get; init; }

    /// <summary>What happened.</summary>
    public required LoanEventKind Kind { get; init; }

    /// <summary>The bank's day on which it counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The number of the instalment it is about; 0 for none.</summary>
    public int Instalment { get; init; }

    /// <summary>The principal, in minor units.</summary>
    public long Principal { get; init; }

    /// <summary>The interest, in minor units.</summary>
    public long Interest { get; init; }

    /// <summary>The fees, in minor units.</summary>
    public long Fees { get; init; }

    /// <summary>For a payment holiday: how many months.</summary>
    public int Months { get; init; }

    /// <summary>For an early repayment: what it changes.</summary>
    public EarlyEffect? Effect { get; init; }

    /// <summary>The transfers that moved the money.</summary>
    public ImmutableArray<string> Transfers { get; init; } = [];

    /// <summary>The user id of who did it; the bank itself for what its jobs do.</summary>
    public string By { get; init; } = Actor.SystemUserId;

    /// <summary>The reason that staff gave.</summary>
    public string? Reason { get; init; }

    /// <summary>Principal, interest and fees together, in minor units.</summary>
    public long Total => checked(Principal + Interest + Fees);
}

/// <summary>The kinds of events. Stored by name: members may be added, never renamed.</summary>
public enum LoanEventKind
{
    /// <summary>The application was granted.</summary>
    Granted,

    /// <summary>The amount was paid out.</summary>
    Disbursed,

    /// <summary>An instalment is due.</summary>
    Due,

    /// <summary>A payment of what is due.</summary>
    Paid,

    /// <summary>An instalment was not paid within the days of grace.</summary>
    Missed,

    /// <summary>A fee for a missed instalment was charged.</summary>
    Fee,

    /// <summary>A payment holiday begins: the instalments that are not due yet move back.</summary>
    Holiday,

    /// <summary>Principal was repaid before it was due.</summary>
    Early,

    /// <summary>The bank no longer expects what is left.</summary>
    WrittenOff,

    /// <summary>A payment after the loan was written off.</summary>
    Recovered,

    /// <summary>The application was declined.</summary>
    Declined,

    /// <summary>The application ended without a decision, or the customer took it back.</summary>
    Lapsed,
}

/// <summary>What an early repayment changes. Stored by name: members may be added, never renamed.</summary>
public enum EarlyEffect
{
    /// <summary>The instalment stays, and there are fewer of them.</summary>
    ShorterTerm,

    /// <summary>The number of instalments stays, and each is lower.</summary>
    LowerInstalment,

    /// <summary>The loan is repaid completely.</summary>
    PayOff,
}
