using BankPortal.Core.Products.Bookings;

namespace BankPortal.Tests.Fakes;

/// <summary>Interest and fees in memory, with the real store's conditions.</summary>
public sealed class InMemoryBookings : IBookingStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, BookingHead> _heads = new(StringComparer.Ordinal);
    private readonly Dictionary<(string AccountId, string Key), Booking> _bookings = [];
    private BookingWalk? _walk;

    /// <summary>Everything booked for an account, by the last day.</summary>
    public ImmutableArray<Booking> Of(string accountId)
    {
        lock (_lock)
        {
            return
            [
                .. _bookings
                    .Where(row => row.Key.AccountId == accountId)
                    .Select(row => row.Value)
                    .OrderBy(row => row.Key, StringComparer.Ordinal),
            ];
        }
    }

    public BookingHead? HeadOf(string accountId)
    {
        lock (_lock)
        {
            return _heads.GetValueOrDefault(accountId);
        }
    }

    public Task<BookingHistory> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default) =>
        Task.FromResult(new BookingHistory(HeadOf(accountId), [.. Of(accountId).Where(booking => booking.Through >= from)]));

    public Task<bool> TryAddAsync(BookingHead head, IReadOnlyCollection<Booking> bookings, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if ((_heads.GetValueOrDefault(head.AccountId)?.Revision ?? 0) != head.Revision - 1
                || bookings.Any(booking => _bookings.ContainsKey((booking.AccountId, booking.Key))))
            {
                return Task.FromResult(false);
            }

            _heads[head.AccountId] = head;
            foreach (var booking in bookings)
            {
                _bookings[(booking.AccountId, booking.Key)] = booking;
            }

            return Task.FromResult(true);
        }
    }

    public Task UpdateAsync(Booking booking, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (_bookings[(booking.AccountId, booking.Key)].State == BookingState.Pending)
            {
                _bookings[(booking.AccountId, booking.Key)] = booking;
            }
        }

        return Task.CompletedTask;
    }

    public Task<BookingWalk?> ReadWalkAsync(CancellationToken ct = default) => Task.FromResult(_walk);

    public Task SaveWalkAsync(BookingWalk walk, CancellationToken ct = default)
    {
        _walk = walk;
        return Task.CompletedTask;
    }
}
