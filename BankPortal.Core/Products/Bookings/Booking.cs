namespace BankPortal.Core.Products.Bookings;

/// <summary>
/// Something that the bank pays or charges an account by its product's terms: the interest of a period, a correction of it, or a fee. Its
/// row is written once, before the money moves; the amount never changes, and the posting's idempotency key is derived from the row's key.
/// </summary>
public sealed record Booking
{
    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The kind.</summary>
    public required BookingKind Kind { get; init; }

    /// <summary>The first day it is for.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day it is for.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The amount: positive when the bank pays, negative when the customer does, zero when there is nothing to post.</summary>
    public required Money Amount { get; init; }

    /// <summary>The sequence of the newest terms it takes into account.</summary>
    public required int TermsSequence { get; init; }

    /// <summary>The state.</summary>
    public required BookingState State { get; init; }

    /// <summary>The interest accrued in the period, in units of <see cref="Interest.UnitsPerMinorUnit"/>; 0 for fees.</summary>
    public Int128 Units { get; init; }

    /// <summary>The units carried into the period.</summary>
    public long RemainderBefore { get; init; }

    /// <summary>The units carried on.</summary>
    public long RemainderAfter { get; init; }

    /// <summary>The text of the posting.</summary>
    public required string Description { get; init; }

    /// <summary>For a correction: by how much each period changes and what it carries on afterwards, by the period's last day.</summary>
    public ImmutableSortedDictionary<DateOnly, CorrectedPeriod> Corrected { get; init; } =
        ImmutableSortedDictionary<DateOnly, CorrectedPeriod>.Empty;

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>How often charging it was refused because the money was not there or the account is frozen.</summary>
    public int Misses { get; init; }

    /// <summary>When charging it was last refused.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>The transfer that posted it.</summary>
    public string? TransferId { get; init; }

    /// <summary>The day on which it was posted, in the bank's calendar.</summary>
    public DateOnly? PostedOn { get; init; }

    /// <summary>
    /// Identifies it among those of the account, such as <c>2026-10-31#interest</c>. One period has one of each kind; a correction is one
    /// for each version of the terms.
    /// </summary>
    public string Key => Kind == BookingKind.Correction
        ? string.Create(CultureInfo.InvariantCulture, $"{Through:yyyy-MM-dd}#correction-{TermsSequence:000000}")
        : KeyOf(Through, Kind);

    /// <summary>The day from which the amount counts for interest, whatever day it was posted on.</summary>
    public DateOnly ValueDay => Through.AddDays(1);

    /// <summary>Whether it is interest or a correction of it.</summary>
    public bool IsInterest => Kind is BookingKind.Interest or BookingKind.Correction;

    /// <summary>The key of a booking that is not a correction.</summary>
    public static string KeyOf(DateOnly through, BookingKind kind) => string.Create(
        CultureInfo.InvariantCulture,
        $"{through:yyyy-MM-dd}#{kind switch
        {
            BookingKind.Interest => "interest",
            BookingKind.MonthlyFee => "monthly-fee",
            BookingKind.MovementFee => "movement-fee",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A correction has a key of its own."),
        }}");
}

/// <summary>How a correction changes one period.</summary>
/// <param name="Delta">By how many minor units the interest changes.</param>
/// <param name="RemainderAfter">The units the period carries on after the correction.</param>
public readonly record struct CorrectedPeriod(long Delta, long RemainderAfter);

/// <summary>The kinds of bookings. Stored by name: members may be added, never renamed.</summary>
public enum BookingKind
{
    /// <summary>The interest of a period.</summary>
    Interest,

    /// <summary>Corrects interest paid earlier, because rates were changed for the past.</summary>
    Correction,

    /// <summary>The fee of a month.</summary>
    MonthlyFee,

    /// <summary>The fee for withdrawals and transfers beyond the free ones of a month.</summary>
    MovementFee,
}

/// <summary>The state of a booking. Stored by name: members may be added, never renamed.</summary>
public enum BookingState
{
    /// <summary>To be posted; tried again while the money is not there.</summary>
    Pending,

    /// <summary>Posted. Final.</summary>
    Posted,

    /// <summary>There is nothing to post. Final.</summary>
    Nothing,

    /// <summary>A fee that is not charged because its condition is met. Final.</summary>
    Waived,

    /// <summary>Never posted: the account was closed, or the money was not there for too long. Final.</summary>
    Dropped,
}

/// <summary>How far an account is booked.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Through">The last day that is booked.</param>
/// <param name="Remainder">The units of interest carried on from there.</param>
/// <param name="TermsSequence">The sequence of the newest terms taken into account.</param>
/// <param name="Needed">The last day of the oldest booking that the next period needs: one that was pending, or was posted only after
/// <paramref name="Through"/>.</param>
/// <param name="Revision">The number of writes; the optimistic lock.</param>
public sealed record BookingHead(
    string AccountId, DateOnly Through, long Remainder, int TermsSequence, DateOnly Needed, long Revision);

/// <summary>How far an account is booked, and its bookings.</summary>
/// <param name="Head">How far; <see langword="null"/> when nothing was booked yet.</param>
/// <param name="Bookings">The bookings read, by their last day.</param>
public sealed record BookingHistory(BookingHead? Head, ImmutableArray<Booking> Bookings);
