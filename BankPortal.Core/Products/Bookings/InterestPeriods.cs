using BankPortal.Core.Products.Terms;

namespace BankPortal.Core.Products.Bookings;

/// <summary>
/// Computes the interest of periods from closing balances. Interest counts for interest from the day after its period, whatever day it was
/// posted on: a late run pays the same as one on time. Not thread-safe.
/// </summary>
/// <param name="book">The terms.</param>
/// <param name="closings">The closing balances as posted, one for each day.</param>
/// <param name="first">The day of the first of them.</param>
/// <param name="bookings">The account's bookings.</param>
internal sealed class InterestPeriods(
    TermsBook book, ImmutableArray<Money> closings, DateOnly first, IReadOnlyCollection<Booking> bookings)
{
    private readonly List<(DateOnly ValueDay, DateOnly PostedOn, long Amount)> _late =
    [
        .. bookings
            .Where(booking => booking is { IsInterest: true, Kind: BookingKind.Interest, State: not BookingState.Dropped })
            .Where(booking => !booking.Amount.IsZero)
            .Select(booking => (booking.ValueDay, booking.PostedOn ?? DateOnly.MaxValue, booking.Amount.MinorUnits)),
        .. bookings
            .Where(booking => booking is { Kind: BookingKind.Correction, State: not BookingState.Dropped })
            .SelectMany(booking => booking.Corrected.Select(part =>
                (part.Key.AddDays(1), booking.PostedOn ?? DateOnly.MaxValue, part.Value.Delta))),
    ];

    /// <summary>The interest of a range of days, in units.</summary>
    public Int128 UnitsOf(DateOnly from, DateOnly through)
    {
        Int128 units = 0;
        for (var day = from; day <= through; day = day.AddDays(1))
        {
            units += Interest.OfDay(day, BasisOf(day), book.On(day)?.Terms);
        }

        return units;
    }

    /// <summary>Takes into account an amount that counts from a day on and is not posted yet.</summary>
    public void Add(DateOnly valueDay, long amount) => _late.Add((valueDay, DateOnly.MaxValue, amount));

    private Money BasisOf(DateOnly day)
    {
        var posted = closings[day.DayNumber - first.DayNumber];
        var late = 0L;
        foreach (var item in _late)
        {
            late = checked(late + (item.ValueDay <= day && day < item.PostedOn ? item.Amount : 0));
        }

        return posted with { MinorUnits = checked(posted.MinorUnits + late) };
    }
}
