namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// What the cubes need of an account at the end of a closed day: the sum of its entries and when money moved. It is written on days with
/// entries. What it was before that day is kept beside it, so that a day can be counted again. Immutable.
/// </summary>
public sealed record AccountStanding
{
    /// <summary>The owner.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its type.</summary>
    public required AccountType Type { get; init; }

    /// <summary>The day on which it was opened.</summary>
    public required DateOnly Opened { get; init; }

    /// <summary>Its currency.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The last day that is counted in; <see langword="null"/> when none is.</summary>
    public DateOnly? CountedTo { get; init; }

    /// <summary>The state at the end of that day.</summary>
    public Moved Now { get; init; }

    /// <summary>The state before that day.</summary>
    public Moved Before { get; init; }

    /// <summary>Returns the standing with the entries of a day; the same again when the day is counted in already.</summary>
    public AccountStanding With(DateOnly day, Moved moved)
    {
        var before = CountedTo == day ? Before : Now;
        return CountedTo > day
            ? this
            : this with
            {
                CountedTo = day,
                Before = before,
                Now = new Moved(
                    checked(before.Balance + moved.Balance),
                    before.FirstIn ?? moved.FirstIn,
                    before.FirstOut ?? moved.FirstOut,
                    moved.Last ?? before.Last),
            };
    }

    /// <summary>What an account's entries come to.</summary>
    /// <param name="Balance">Their sum, in minor units.</param>
    /// <param name="FirstIn">The first day on which money came in, bookings of the bank left out.</param>
    /// <param name="FirstOut">The first day on which money went out, bookings of the bank left out.</param>
    /// <param name="Last">The last day on which money moved, bookings of the bank left out.</param>
    public readonly record struct Moved(long Balance, DateOnly? FirstIn, DateOnly? FirstOut, DateOnly? Last)
    {
        /// <summary>Returns it with one more entry.</summary>
        public Moved Plus(long amount, DateOnly day, bool isBooking) => isBooking
            ? this with { Balance = checked(Balance + amount) }
            : new Moved(
                checked(Balance + amount),
                amount > 0 ? FirstIn ?? day : FirstIn,
                amount < 0 ? FirstOut ?? day : FirstOut,
                day);
    }
}
