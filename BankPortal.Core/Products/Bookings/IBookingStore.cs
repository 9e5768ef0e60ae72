namespace BankPortal.Core.Products.Bookings;

/// <summary>
/// Stores what products' terms pay and charge, by account. Reads are strongly consistent. Implementations are thread-safe.
/// </summary>
public interface IBookingStore
{
    /// <summary>Reads how far an account is booked, and its bookings for periods that end on a day or later. One round trip.</summary>
    Task<BookingHistory> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default);

    /// <summary>
    /// Writes new bookings and the head in one transaction, if the head is still at the revision before this one. One round trip.
    /// </summary>
    /// <returns><see langword="false"/> when somebody else booked the account meanwhile; nothing is written then.</returns>
    Task<bool> TryAddAsync(BookingHead head, IReadOnlyCollection<Booking> bookings, CancellationToken ct = default);

    /// <summary>Writes the outcome of a booking that is pending; one that is final already stays as it is. One round trip.</summary>
    Task UpdateAsync(Booking booking, CancellationToken ct = default);

    /// <summary>Reads how far the walk over all accounts has come; <see langword="null"/> before the first.</summary>
    Task<BookingWalk?> ReadWalkAsync(CancellationToken ct = default);

    /// <summary>Writes how far the walk over all accounts has come.</summary>
    Task SaveWalkAsync(BookingWalk walk, CancellationToken ct = default);
}

/// <summary>The last complete walk over all accounts.</summary>
/// <param name="Through">The last day up to which months were booked.</param>
/// <param name="Terms">Which terms it knew: another text when terms were approved since.</param>
/// <param name="Pending">How many bookings it left pending.</param>
/// <param name="At">When it ended.</param>
public sealed record BookingWalk(DateOnly Through, string Terms, int Pending, DateTimeOffset At);
