namespace BankPortal.Core.Lending.Book;

/// <summary>The state of a loan. Stored by name: members may be added, never renamed.</summary>
public enum LoanStatus
{
    /// <summary>Waits for a decision.</summary>
    Applied,

    /// <summary>Granted, and being paid out.</summary>
    Granted,

    /// <summary>Paid out, and being repaid.</summary>
    Active,

    /// <summary>Repaid. Final.</summary>
    PaidOff,

    /// <summary>Written off; payments are recoveries.</summary>
    WrittenOff,

    /// <summary>The application was declined. Final.</summary>
    Declined,

    /// <summary>The application ended without a decision. Final.</summary>
    Lapsed,
}

/// <summary>How late the oldest unpaid instalment of a loan is. Stored by name: members may be added, never renamed.</summary>
public enum DelinquencyBucket
{
    /// <summary>Nothing is overdue.</summary>
    Current,

    /// <summary>1 to 29 days.</summary>
    Days1To29,

    /// <summary>30 to 59 days.</summary>
    Days30To59,

    /// <summary>60 to 89 days.</summary>
    Days60To89,

    /// <summary>90 days and more.</summary>
    Days90AndMore,
}

/// <summary>Puts loans into buckets by days past due. Pure.</summary>
public static class DelinquencyBuckets
{
    /// <summary>The buckets, in order.</summary>
    public static ImmutableArray<DelinquencyBucket> All { get; } = [.. Enum.GetValues<DelinquencyBucket>()];

    /// <summary>The bucket of a number of days past due.</summary>
    public static DelinquencyBucket Of(int daysPastDue) => daysPastDue switch
    {
        <= 0 => DelinquencyBucket.Current,
        < 30 => DelinquencyBucket.Days1To29,
        < 60 => DelinquencyBucket.Days30To59,
        < 90 => DelinquencyBucket.Days60To89,
        _ => DelinquencyBucket.Days90AndMore,
    };

    /// <summary>Whether a loan of the bucket counts in the portfolio at risk of 30 days (PAR30).</summary>
    public static bool IsPar30(this DelinquencyBucket bucket) => bucket >= DelinquencyBucket.Days30To59;

    /// <summary>Whether a loan of the bucket counts in the portfolio at risk of 90 days (PAR90).</summary>
    public static bool IsPar90(this DelinquencyBucket bucket) => bucket == DelinquencyBucket.Days90AndMore;
}
