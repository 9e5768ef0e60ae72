using BankPortal.Core.Analytics;
using BankPortal.Core.Products.Terms;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Products.Bookings;

/// <summary>
/// Pays interest into and charges fees to one account, by the terms of its product. Everything is computed from days that are over, stored
/// as a row before money moves, and posted under a key derived from that row: repeats, several nodes at once and a crash anywhere give
/// one posting for each account and period. Thread-safe.
/// </summary>
public sealed partial class BookingService(
    IBookingStore store,
    TermsService terms,
    AccountDayService days,
    ILedgerStore entries,
    LedgerService ledger,
    LedgerRules rules,
    ProductOptions options,
    TimeProvider time,
    ILogger<BookingService> logger)
{
    /// <summary>A day is over this long after its last moment, so that postings that began before midnight are in.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    // Corrections go back two years at most; a period before that gives the remainder carried into the first one.
    private const int DaysRead = TermsService.MaxDaysBack + 70;
    private const int Chunk = 1_000;
    private const int MaxTries = 10;

    /// <summary>The last day that is over.</summary>
    public DateOnly LastDay => rules.DayOf(time.GetUtcNow() - Grace).AddDays(-1);

    /// <summary>The last day of the last month that is over.</summary>
    public DateOnly LastMonthEnd => LastDay is var last && last.AddDays(1).Day == 1 ? last : last.AddDays(-last.Day);

    /// <summary>
    /// Books everything that is due for an account: what an earlier run left pending, corrections, and the months that are over.
    /// </summary>
    /// <returns>How many bookings stay pending, because the money is not there or the ledger did not answer.</returns>
    public Task<int> BookAsync(Account account, TermsBook book, CancellationToken ct = default) =>
        BookAsync(account, book, LastMonthEnd, ct);

    /// <summary>
    /// Pays the interest accrued so far, before the account is closed. A fee is not charged for the month in which an account is closed.
    /// </summary>
    /// <returns>What was paid now; zero when less than a minor unit has accrued.</returns>
    public async Task<Money> PayAccruedAsync(Account account, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        var book = await terms.ReadAsync(account.Type, ct);
        if (!book.BearsInterest)
        {
            return Money.Zero(account.Currency);
        }

        await BookAsync(account, book, ct);
        var accrued = await EstimateAsync(account, book, ct);
        if (!accrued.Amount.IsPositive)
        {
            return Money.Zero(account.Currency);
        }

        await BookAsync(account, book, accrued.Through, ct);
        return accrued.Amount;
    }

    /// <summary>Computes the interest accrued and not yet paid, up to the last day that is over.</summary>
    public async Task<AccruedInterest> EstimateAsync(Account account, TermsBook book, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(book);
        var last = LastDay;
        var history = await ReadAsync(account, ct);
        var from = FirstDue(account, book, history.Head);
        var periods = from is { } first && first <= last ? await ReadAsync(account, book, history, first, last, ct) : null;
        var units = periods?.UnitsOf(from!.Value, last) ?? 0;
        var (amount, _) = Interest.Split(units + (history.Head?.Remainder ?? 0));
        return new AccruedInterest(from ?? last.AddDays(1), last, new Money(amount, account.Currency), history.Bookings);
    }

    // After a long downtime bookings of years ago were posted only lately, and still count for interest from their own day on.
    private async Task<BookingHistory> ReadAsync(Account account, CancellationToken ct)
    {
        var from = LastDay.AddDays(-DaysRead);
        var history = await store.ReadAsync(account.Id, from, ct);
        return history.Head is { } head && head.Needed < from ? await store.ReadAsync(account.Id, head.Needed, ct) : history;
    }

    private static DateOnly Needed(BookingHistory history, DateOnly through) => history.Bookings
        .Where(booking => booking.State == BookingState.Pending || booking.PostedOn > through)
        .Select(booking => booking.Through)
        .Append(through)
        .Min();

    private async Task<int> BookAsync(Account account, TermsBook book, DateOnly through, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(book);
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var history = await ReadAsync(account, ct);

            // What is pending is posted first: whether and when it was posted decides on the balances that earn interest.
            var (posted, isCertain) = await PostAsync(account, history.Bookings, ct);
            history = history with { Bookings = posted };
            if (!isCertain)
            {
                return history.Bookings.Count(booking => booking.State == BookingState.Pending);
            }

            if (account.Status == AccountStatus.Closed)
            {
                return 0;
            }

            var due = await CorrectAsync(account, book, history, ct) ?? await NextAsync(account, book, history, through, ct);
            if (due is null)
            {
                return history.Bookings.Count(booking => booking.State == BookingState.Pending);
            }

            if (await store.TryAddAsync(due.Head, due.Bookings, ct))
            {
                // A month more is not a try.
                attempt = -1;
                if (due.Head.Through >= through && due.Bookings.IsEmpty)
                {
                    return history.Bookings.Count(booking => booking.State == BookingState.Pending);
                }
            }
            else
            {
                await Backoff.DelayAsync(attempt, ct);
            }
        }

        return 1;
    }

    // Not certain: the ledger did not answer, so something may or may not be posted, or it refused for a reason that nobody expects.
    private async Task<(ImmutableArray<Booking> Bookings, bool IsCertain)> PostAsync(
        Account account, ImmutableArray<Booking> bookings, CancellationToken ct)
    {
        var isCertain = true;

        // What the bank pays goes first, so that fees find the money.
        var due = bookings.Where(booking => booking.State == BookingState.Pending).OrderBy(booking => booking.Amount.IsNegative).ToList();
        foreach (var pending in due)
        {
            var after = await PostAsync(account, pending, ct);
            isCertain &= !ReferenceEquals(after, pending);
            bookings = bookings.Replace(pending, after);
        }

        return (bookings, isCertain);
    }

    private async Task<Booking> PostAsync(Account account, Booking booking, CancellationToken ct)
    {
        var bank = GeneralLedger.Income(account.Currency);
        var pays = booking.Amount.IsPositive;
        var order = new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = $"product/{account.Id}/{booking.Key}",
            Kind = booking.IsInterest ? TransferKind.Interest : TransferKind.Fee,
            DebitAccountId = pays ? bank : account.Id,
            CreditAccountId = pays ? account.Id : bank,
            Amount = booking.Amount.Abs(),
            Description = booking.Description,
            DuplicateConfirmed = true,
            MayUseOverdraft = false,
        };
        var result = await ledger.ExecuteAsync(order, ct);
        Booking after;
        switch (result.Error)
        {
            case null:
                after = booking with
                {
                    State = BookingState.Posted,
                    TransferId = result.Value.Id,
                    PostedOn = rules.DayOf(result.Value.PostedAt!.Value),
                };
                break;
            case CreditAccountClosedError or DebitAccountClosedError:
                after = booking with { State = BookingState.Dropped };
                break;
            case InsufficientFundsError or DebitAccountFrozenError:
                var now = time.GetUtcNow();
                after = booking with
                {
                    Misses = booking.Misses + 1,
                    MissedAt = now,
                    State = !booking.IsInterest && now - booking.MadeAt > TimeSpan.FromDays(options.RetryFeesForDays)
                        ? BookingState.Dropped
                        : BookingState.Pending,
                };
                break;
            case BusyError or LedgerUnreachableError or OutcomeUnknownError:
                return booking;
            default:
                // Nobody expects this refusal, and people have to look at it. The booking stays pending, and other accounts get theirs.
                LogRefused(logger, booking.Key, account.Id, result.Error.Code);
                return booking;
        }

        await store.UpdateAsync(after, ct);
        if (after.State != BookingState.Pending)
        {
            LogBooked(logger, booking.Key, account.Id, after.State);
        }

        return after;
    }

    // The first day that is not booked yet; null when no terms have begun.
    private DateOnly? FirstDue(Account account, TermsBook book, BookingHead? head) =>
        head is not null ? head.Through.AddDays(1) : FirstDay(account, book);

    private DateOnly? FirstDay(Account account, TermsBook book) =>
        book.FirstDay is { } first ? rules.DayOf(account.OpenedAt) is var opened && opened > first ? opened : first : null;

    private async Task<InterestPeriods> ReadAsync(
        Account account, TermsBook book, BookingHistory history, DateOnly from, DateOnly through, CancellationToken ct)
    {
        var read = await days.ReadAsync(account, from, ct);
        return new InterestPeriods(book, read.ClosingsOf(from, through), from, history.Bookings);
    }

    // The next period: to the end of its month, or to the given day when that is earlier.
    private async Task<Due?> NextAsync(
        Account account, TermsBook book, BookingHistory history, DateOnly through, CancellationToken ct)
    {
        if (FirstDue(account, book, history.Head) is not { } from || from > through)
        {
            return null;
        }

        var end = MonthEnd(from) < through ? MonthEnd(from) : through;
        var carried = history.Head?.Remainder ?? 0;
        var bookings = ImmutableArray.CreateBuilder<Booking>();
        if (book.BearsInterest)
        {
            var units = (await ReadAsync(account, book, history, from, end, ct)).UnitsOf(from, end);
            var (amount, remainder) = Interest.Split(carried + units);
            bookings.Add(NewBooking(account, book, BookingKind.Interest, from, end, amount, InterestText(from, end)) with
            {
                Units = units,
                RemainderBefore = carried,
                RemainderAfter = remainder,
            });
            carried = remainder;
        }

        if (from.Day == 1 && end == MonthEnd(from) && rules.DayOf(account.OpenedAt) < from && book.On(from)?.Terms.Fees is { } fees)
        {
            await AddFeesAsync(account, book, fees, from, end, bookings, ct);
        }

        return new Due(
            new BookingHead(account.Id, end, carried, book.Sequence, Needed(history, end), (history.Head?.Revision ?? 0) + 1),
            bookings.ToImmutable());
    }

    private async Task AddFeesAsync(
        Account account,
        TermsBook book,
        FeeTerms fees,
        DateOnly from,
        DateOnly end,
        ImmutableArray<Booking>.Builder bookings,
        CancellationToken ct)
    {
        var monthly = ProductMoney.Of(fees.Monthly, account.Currency);
        if (monthly.IsPositive)
        {
            var waived = fees.WaivedFrom is { } least
                && (await days.ReadAsync(account, from, ct)).ClosingsOf(from, end).Min() >= ProductMoney.Of(least, account.Currency);
            var fee = NewBooking(
                account, book, BookingKind.MonthlyFee, from, end, -monthly.MinorUnits, "Monthly fee for " + MonthText(from));
            bookings.Add(waived ? fee with { State = BookingState.Waived } : fee);
        }

        var each = ProductMoney.Of(fees.PerMovement, account.Currency);
        if (each.IsPositive && await CountMovementsAsync(account, from, end, ct) - fees.FreeMovements is > 0 and var over)
        {
            bookings.Add(NewBooking(
                account, book, BookingKind.MovementFee, from, end, checked(-each.MinorUnits * over),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Fee for {over} {(over == 1 ? "withdrawal or transfer" : "withdrawals and transfers")} in {MonthText(from)}")));
        }
    }

    // Withdrawals and transfers to others. A reversal takes the movement it reverses out again.
    private async Task<int> CountMovementsAsync(Account account, DateOnly from, DateOnly end, CancellationToken ct)
    {
        var count = 0;
        EntryPosition? after = null;
        var start = rules.StartOf(from);
        var stop = rules.StartOf(end.AddDays(1));
        while (true)
        {
            var read = await entries.ReadEntriesAsync(
                new EntryQuery(account.Id, Chunk, NewestFirst: false, After: after, From: start, Before: stop), ct);
            foreach (var entry in read)
            {
                count += entry switch
                {
                    { IsOwnTransfer: true } => 0,
                    { Amount.IsNegative: true, Kind: TransferKind.Withdrawal or TransferKind.Transfer } => 1,
                    { Amount.IsPositive: true, Kind: TransferKind.Reversal } => -1,
                    _ => 0,
                };
            }

            if (read.Count < Chunk)
            {
                return Math.Max(0, count);
            }

            after = read[^1].Position;
        }
    }

    // Terms that were approved since and begin in days already booked change the interest of those days.
    private async Task<Due?> CorrectAsync(Account account, TermsBook book, BookingHistory history, CancellationToken ct)
    {
        if (history.Head is not { } head || head.TermsSequence >= book.Sequence)
        {
            return null;
        }

        var known = head with { TermsSequence = book.Sequence, Revision = head.Revision + 1 };
        var added = book.Approved.Where(version => version.Sequence > head.TermsSequence).ToList();
        var back = added.Min(version => version.From);
        var opened = rules.DayOf(account.OpenedAt);
        var first = back > opened ? back : opened;
        if (first > head.Through)
        {
            return new Due(known, []);
        }

        var records = history.Bookings.Where(booking => booking.Kind == BookingKind.Interest).OrderBy(booking => booking.Through).ToList();
        var from = StartOfPeriod(first, opened, records);
        var periods = await ReadAsync(account, book, history, from, head.Through, ct);
        var carried = CarriedInto(from, records, history.Bookings);
        var parts = ImmutableSortedDictionary.CreateBuilder<DateOnly, CorrectedPeriod>();
        for (var start = from; start <= head.Through;)
        {
            var record = records.FirstOrDefault(other => other.From <= start && start <= other.Through);
            var end = record?.Through ?? Earlier(MonthEnd(start), records.FirstOrDefault(other => other.From > start)?.From.AddDays(-1));
            end = Earlier(end, head.Through);
            var (amount, remainder) = Interest.Split(carried + periods.UnitsOf(start, end));
            var delta = checked(amount - EffectiveAmount(end, record, history.Bookings));
            parts[end] = new CorrectedPeriod(delta, remainder);
            periods.Add(end.AddDays(1), delta);
            carried = remainder;
            start = end.AddDays(1);
        }

        var total = parts.Values.Sum(part => part.Delta);
        var newest = added.MaxBy(version => version.Sequence)!;
        var correction = NewBooking(
            account, book, BookingKind.Correction, from, head.Through, total,
            string.Create(CultureInfo.InvariantCulture, $"Correction of interest for {RangeText(first, head.Through)}: {newest.Reason}"))
            with
        { RemainderAfter = carried, Corrected = parts.ToImmutable() };
        return new Due(known with { Remainder = carried }, [correction]);
    }

    // The period that a day is in: that of its booking, otherwise its month. Each correction divides the days in the same way.
    private static DateOnly StartOfPeriod(DateOnly day, DateOnly opened, List<Booking> records)
    {
        if (records.FirstOrDefault(record => record.From <= day && day <= record.Through) is { } record)
        {
            return record.From;
        }

        var start = day.AddDays(1 - day.Day);
        return opened > start ? opened : start;
    }

    private static DateOnly Earlier(DateOnly day, DateOnly? other) => other is { } limit && limit < day ? limit : day;

    private static long CarriedInto(DateOnly from, List<Booking> records, ImmutableArray<Booking> bookings) =>
        records.LastOrDefault(record => record.Through < from) is { } before
            ? LastCorrection(before.Through, bookings)?.RemainderAfter ?? before.RemainderAfter
            : LastCorrection(from.AddDays(-1), bookings)?.RemainderAfter ?? 0;

    private static long EffectiveAmount(DateOnly end, Booking? record, ImmutableArray<Booking> bookings) =>
        checked((record?.Amount.MinorUnits ?? 0) + bookings
            .Where(booking => booking.Kind == BookingKind.Correction && booking.Corrected.ContainsKey(end))
            .Sum(booking => booking.Corrected[end].Delta));

    private static CorrectedPeriod? LastCorrection(DateOnly end, ImmutableArray<Booking> bookings) =>
        bookings
            .Where(booking => booking.Kind == BookingKind.Correction && booking.Corrected.ContainsKey(end))
            .MaxBy(booking => booking.TermsSequence)?.Corrected[end];

    private Booking NewBooking(
        Account account, TermsBook book, BookingKind kind, DateOnly from, DateOnly through, long amount, string text) => new()
        {
            AccountId = account.Id,
            Kind = kind,
            From = from,
            Through = through,
            Amount = new Money(amount, account.Currency),
            TermsSequence = book.Sequence,
            State = amount == 0 ? BookingState.Nothing : BookingState.Pending,
            Description = text.Length > LedgerRules.MaxDescriptionLength ? text[..LedgerRules.MaxDescriptionLength].TrimEnd() : text,
            MadeAt = time.GetUtcNow(),
        };

    private static DateOnly MonthEnd(DateOnly day) =>
        new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    private static string InterestText(DateOnly from, DateOnly end) => "Interest for " + RangeText(from, end);

    private static string RangeText(DateOnly from, DateOnly through) =>
        from.Day == 1 && through == MonthEnd(from) ? MonthText(from)
        : from.Day == 1 && through == MonthEnd(through) ? $"{MonthText(from)} to {MonthText(through)}"
        : $"{DayText(from)} to {DayText(through)}";

    // The ledger's texts are English and the same for ever, whatever the culture of the node that posts.
    private static string MonthText(DateOnly day) => day.ToString("MMMM yyyy", CultureInfo.InvariantCulture);

    private static string DayText(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Booking {Key} of account {AccountId}: {State}")]
    private static partial void LogBooked(ILogger logger, string key, string accountId, BookingState state);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger refused booking {Key} of account {AccountId}: {Code}. It stays pending")]
    private static partial void LogRefused(ILogger logger, string key, string accountId, string code);

    private sealed record Due(BookingHead Head, ImmutableArray<Booking> Bookings);
}

/// <summary>Interest that has accrued and is not paid yet.</summary>
/// <param name="From">The first day it is for.</param>
/// <param name="Through">The last day it is for; before <paramref name="From"/> when no day is over yet.</param>
/// <param name="Amount">The amount, rounded down to whole minor units.</param>
/// <param name="Bookings">The account's latest bookings.</param>
public sealed record AccruedInterest(DateOnly From, DateOnly Through, Money Amount, ImmutableArray<Booking> Bookings);
