using BankPortal.Core.Analytics;
using BankPortal.Core.Products.Terms;

namespace BankPortal.Core.Products.Bookings;

/// <summary>Tells customers what their accounts earn and cost. Thread-safe.</summary>
public sealed class ProductView(AccountService accounts, TermsService terms, BookingService bookings, AccountDayService days)
{
    /// <summary>The terms of a product that apply today, for somebody who thinks of opening an account.</summary>
    public async Task<TermsNow?> TermsOfAsync(AccountType product, CancellationToken ct = default) =>
        NowIn(await terms.ReadAsync(product, ct));

    /// <summary>What an account of the actor earns and costs.</summary>
    public async Task<Result<AccountTerms>> OfAsync(Actor actor, string accountId, CancellationToken ct = default)
    {
        var found = await accounts.GetAsync(actor, accountId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var account = found.Value;
        var book = await terms.ReadAsync(account.Type, ct);
        if (NowIn(book) is not { } now)
        {
            return new NotFoundError("product");
        }

        var yearStart = new DateOnly(terms.Today.Year, 1, 1);
        var year = days.ReadAsync(account, yearStart, ct);
        AccruedInterest? accrued = null;
        if (account.Status != AccountStatus.Closed && book.NeedsBooking)
        {
            accrued = await bookings.EstimateAsync(account, book, ct);
        }

        var paid = (await year).Days.Sum(day =>
            day.CreditsByKind[TransferKind.Interest] - day.DebitsByKind[TransferKind.Interest]);
        return new AccountTerms(
            account,
            now,
            book.BearsInterest ? accrued : null,
            new Money(paid, account.Currency),
            yearStart.Year,
            NextMonth(terms.Today),
            [.. (accrued?.Bookings ?? []).Where(booking => booking is { State: BookingState.Pending, IsInterest: false, Misses: > 0 })]);
    }

    private TermsNow? NowIn(TermsBook book) =>
        book.On(terms.Today) is { } version ? new TermsNow(version, book.After(terms.Today).FirstOrDefault()) : null;

    private static DateOnly NextMonth(DateOnly day) => day.AddDays(1 - day.Day).AddMonths(1);
}

/// <summary>The terms of a product.</summary>
/// <param name="Version">Those that apply today.</param>
/// <param name="Next">Those that apply next, when a change is approved.</param>
public sealed record TermsNow(TermsVersion Version, TermsVersion? Next);

/// <summary>What an account earns and costs.</summary>
/// <param name="Account">The account.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Accrued">The interest accrued and not paid yet; <see langword="null"/> when there never is any.</param>
/// <param name="PaidThisYear">The interest paid this calendar year.</param>
/// <param name="Year">That year.</param>
/// <param name="NextPayment">The day on which interest is paid and fees are charged next.</param>
/// <param name="MissedFees">Fees that could not be charged and are tried again.</param>
public sealed record AccountTerms(
    Account Account,
    TermsNow Terms,
    AccruedInterest? Accrued,
    Money PaidThisYear,
    int Year,
    DateOnly NextPayment,
    ImmutableArray<Booking> MissedFees);
