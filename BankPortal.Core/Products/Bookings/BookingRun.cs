using BankPortal.Core.Ledger.Reconciliation;
using BankPortal.Core.Products.Terms;

namespace BankPortal.Core.Products.Bookings;

/// <summary>
/// Walks over all accounts in small steps and books what is due. A walk that has nothing to do ends at once: when no month is over since
/// the last one, no terms were approved and nothing stayed pending. A step that is repeated has the same effect. Thread-safe.
/// </summary>
public sealed class BookingRun(
    IReconciliationReader accounts, IBookingStore store, TermsService terms, BookingService bookings, TimeProvider time)
{
    /// <summary>How many accounts one step looks at.</summary>
    public const int StepSize = 25;

    /// <summary>Takes one step.</summary>
    /// <param name="cursor">What the step before returned; <see langword="null"/> to begin.</param>
    /// <param name="ct">Cancels the step; what is booked stays.</param>
    public async Task<BookingStep> StepAsync(string? cursor, CancellationToken ct = default)
    {
        var books = (await Task.WhenAll(TermsService.Products.Select(product => terms.ReadAsync(product, ct))))
            .ToDictionary(book => book.Product);
        if (Place.Parse(cursor) is not { } place)
        {
            var sequences = string.Join(
                '-', TermsService.Products.Select(product => books[product].Sequence.ToString(CultureInfo.InvariantCulture)));
            place = new Place(bookings.LastMonthEnd, sequences, 0, 0, null);
            if (books.Values.All(book => !book.NeedsBooking)
                || (await store.ReadWalkAsync(ct) is { Pending: 0 } last && last.Through == place.Through && last.Terms == place.Terms))
            {
                return new BookingStep(null, 0, 0);
            }
        }

        var page = await accounts.NextAccountsAsync(place.After, StepSize, ct);
        var pending = 0;
        var done = 0;
        foreach (var account in page.Rows.Select(row => row.Account).OfType<Account>())
        {
            if (books.GetValueOrDefault(account.Type) is { NeedsBooking: true } book)
            {
                pending += await bookings.BookAsync(account, book, ct);
                done++;
            }
        }

        place = place with { Pending = place.Pending + pending, Done = place.Done + done, After = page.Next };
        if (page.Next is null)
        {
            await store.SaveWalkAsync(new BookingWalk(place.Through, place.Terms, place.Pending, time.GetUtcNow()), ct);
            return new BookingStep(null, place.Done, place.Pending);
        }

        return new BookingStep(place.ToString(), place.Done, place.Pending);
    }

    private sealed record Place(DateOnly Through, string Terms, int Pending, int Done, string? After)
    {
        public static Place? Parse(string? cursor) => cursor?.Split('|', 5) is [var through, var terms, var pending, var done, var after]
            ? new Place(
                DateOnly.ParseExact(through, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                terms,
                int.Parse(pending, CultureInfo.InvariantCulture),
                int.Parse(done, CultureInfo.InvariantCulture),
                after)
            : null;

        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Through:yyyy-MM-dd}|{Terms}|{Pending}|{Done}|{After}");
    }
}

/// <summary>What a step did.</summary>
/// <param name="Cursor">Where the next step goes on; <see langword="null"/> at the end.</param>
/// <param name="Accounts">How many accounts the walk has booked so far.</param>
/// <param name="Pending">How many bookings it has left pending so far.</param>
public sealed record BookingStep(string? Cursor, int Accounts, int Pending);
