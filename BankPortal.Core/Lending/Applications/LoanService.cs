using BankPortal.Core.Common.Approvals;
using BankPortal.Core.Identity.Confirmations;
using BankPortal.Core.Lending.Book;
using BankPortal.Core.Lending.Offers;
using BankPortal.Core.Lending.Schedules;

namespace BankPortal.Core.Lending.Applications;

/// <summary>What customers do with loans: calculate, apply, repay, ask for a payment holiday. Thread-safe.</summary>
public sealed class LoanService(
    ILoanStore store,
    LoanProductService products,
    AffordabilityService affordability,
    IAccountStore accounts,
    ApprovalService approvals,
    PaymentConfirmations confirmations,
    LoanRunner runner,
    LendingClock clock,
    LendingOptions options)
{
    /// <summary>The longest purpose, in characters.</summary>
    public const int MaxPurposeLength = 140;

    private const int MaxTries = 5;

    /// <summary>The bank's day.</summary>
    public DateOnly Today => clock.Today;

    /// <summary>The longest payment holiday in months.</summary>
    public int MaxHolidayMonths => options.MaxHolidayMonths;

    /// <summary>The products on offer.</summary>
    public Task<ImmutableArray<LoanProduct>> OffersAsync(CancellationToken ct = default) => products.OfferedAsync(ct);

    /// <summary>Computes the schedule of a loan that would be paid out today; for the calculator. Nothing is read.</summary>
    public Result<(LoanTerms Terms, ImmutableArray<PlannedInstalment> Schedule)> Calculate(LoanProduct product, Money amount, int months)
    {
        ArgumentNullException.ThrowIfNull(product);
        var terms = product.TermsOf(amount, months);
        if (!terms.IsSuccess)
        {
            return terms.Error;
        }

        var schedule = LoanSchedule.Of(terms.Value, clock.Today);
        return schedule.IsSuccess ? (terms.Value, schedule.Value) : schedule.Error;
    }

    /// <summary>Looks at an application before it is signed: terms, schedule, affordability. Nothing is stored.</summary>
    public async Task<Result<LoanOffer>> ReviewAsync(Actor actor, LoanRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        if (await products.FindAsync(request.Product, ct) is not { IsOffered: true } product)
        {
            return new InvalidInputError("product", "Choose a loan.");
        }

        if (await accounts.FindAsync(request.AccountId, ct) is not { } account || account.OwnerId != actor.UserId)
        {
            return new NotFoundError("account");
        }

        if (account.Status != AccountStatus.Active)
        {
            return new LoanAccountError();
        }

        if (request.Amount.Currency != account.Currency)
        {
            return new InstalmentCurrencyError(account.Currency);
        }

        var purpose = TextInput.Clean(request.Purpose);
        if (purpose.Length > MaxPurposeLength)
        {
            return new InvalidInputError(
                "purpose", $"Use {MaxPurposeLength.ToString(CultureInfo.InvariantCulture)} characters at most.");
        }

        var calculated = Calculate(product, request.Amount, request.Months);
        if (!calculated.IsSuccess)
        {
            return calculated.Error;
        }

        var open = (await store.ListByOwnerAsync(actor.UserId, ct)).Where(loan => !loan.IsOver && loan.Id != IdOf(actor, request.Key));
        if (open.Count() >= options.MaxLoansPerCustomer)
        {
            return new TooManyLoansError(options.MaxLoansPerCustomer);
        }

        var (terms, schedule) = calculated.Value;
        var figures = await affordability.OfAsync(actor.UserId, schedule.Max(one => one.Total), ct: ct);
        return new LoanOffer(request with { Purpose = purpose }, product, account, terms, schedule, figures);
    }

    /// <summary>What the customer has to confirm to sign.</summary>
    public static PaymentToConfirm ToConfirm(LoanOffer offer)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var terms = offer.Terms;
        return new PaymentToConfirm
        {
            Purpose = ConfirmationPurpose.Loan,
            Key = offer.Request.Key,
            Amount = terms.Amount,
            FromAccountId = GeneralLedger.Loans(terms.Amount.Currency),
            ToAccountId = offer.Account.Id,
            Terms = string.Create(
                CultureInfo.InvariantCulture,
                $"{offer.Product.Code} {terms.Rate} {terms.Months} {terms.Method} {terms.ArrangementFee.MinorUnits} {terms.LateFee.MinorUnits} {terms.GraceDays}"),
            PayeeName = offer.Product.Name,
            PayeeNumber = offer.Account.Number.Grouped,
            FromLabel = offer.Account.Label,
            Dates = string.Create(
                CultureInfo.CurrentCulture,
                $"{terms.Months} monthly instalments, the first of {offer.Schedule[0].Total.Format(CultureInfo.CurrentCulture)}, at {terms.Rate:0.####} % a year"),
        };
    }

    /// <summary>Whether the signature still has to be confirmed.</summary>
    public async Task<bool> NeedsConfirmationAsync(Actor actor, LoanOffer offer, CancellationToken ct = default) =>
        !await confirmations.IsConfirmedAsync(actor, ToConfirm(offer), IdOf(actor, offer.Request.Key), ct);

    /// <summary>Signs what was reviewed and hands the application in. The same form again gives the same application.</summary>
    /// <returns>The application; <see cref="PaymentNotConfirmedError"/>, or what has changed since the review.</returns>
    public async Task<Result<Loan>> ApplyAsync(Actor actor, LoanOffer offer, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var id = IdOf(actor, offer.Request.Key);
        if (await store.FindAsync(id, ct) is { } before)
        {
            return before.OwnerId == actor.UserId ? await EnsureAskedAsync(before, ct) : new NotFoundError("loan");
        }

        var again = await ReviewAsync(actor, offer.Request, ct);
        if (!again.IsSuccess)
        {
            return again.Error;
        }

        if (again.Value.Terms != offer.Terms)
        {
            return new InvalidInputError("product", "The terms of this loan have changed. Look at the new schedule before you sign.");
        }

        if (await confirmations.UseAsync(actor, ToConfirm(again.Value), id, ct) is { IsSuccess: false } unconfirmed)
        {
            return unconfirmed.Error;
        }

        var loan = new Loan
        {
            Id = id,
            OwnerId = actor.UserId,
            AccountId = offer.Account.Id,
            Product = offer.Product.Code,
            ProductName = offer.Product.Name,
            Terms = again.Value.Terms,
            Status = LoanStatus.Applied,
            AppliedAt = clock.Now,
            Purpose = again.Value.Request.Purpose ?? "",
            Affordability = again.Value.Affordability,

            // Asks for the decision if this process ends before it could.
            NextRunAt = clock.Now.AddMinutes(1),
            Version = 1,
        };
        await store.TryAddAsync(loan, [], ct);
        return await store.FindAsync(id, ct) is { } added ? await EnsureAskedAsync(added, ct) : new BusyError();
    }

    /// <summary>Takes an application back that nobody decided on.</summary>
    public async Task<Result<Loan>> WithdrawAsync(Actor actor, string loanId, CancellationToken ct = default)
    {
        if (await OwnAsync(actor, loanId, ct) is not { } file || file.Loan.Status != LoanStatus.Applied)
        {
            return new NotFoundError("application");
        }

        var withdrawn = await approvals.WithdrawAsync(actor.UserId, file.Loan.Subject, LoanApprovals.Grant, ct);
        if (!withdrawn.IsSuccess)
        {
            return withdrawn.Error;
        }

        await runner.RunAsync(loanId, ct);
        return await store.FindAsync(loanId, ct) is { } loan ? loan : new NotFoundError("application");
    }

    /// <summary>The customer's loans and applications, the latest first.</summary>
    public async Task<ImmutableArray<Loan>> ListAsync(Actor actor, CancellationToken ct = default) =>
        actor.Is(BankRoles.Customer) ? await store.ListByOwnerAsync(actor.UserId, ct) : [];

    /// <summary>One loan of the customer as it is today.</summary>
    public async Task<Result<LoanView>> GetAsync(Actor actor, string loanId, CancellationToken ct = default) =>
        await OwnAsync(actor, loanId, ct) is { } file
            ? new LoanView(file, file.AsOf(clock.Today), await accounts.FindAsync(file.Loan.AccountId, ct))
            : new NotFoundError("loan");

    /// <summary>Pays what is due, or a part of it, from the loan's account now.</summary>
    /// <param name="actor">The borrower.</param>
    /// <param name="loanId">The loan.</param>
    /// <param name="amount">How much; more than is due is refused.</param>
    /// <param name="seen">The version of the loan that the page showed, so that a form sent twice pays once.</param>
    /// <param name="ct">Cancels the wait; a payment that has begun is made.</param>
    public async Task<Result<LoanView>> PayDueAsync(
        Actor actor, string loanId, Money amount, long seen, CancellationToken ct = default)
    {
        var ready = await ReadyAsync(actor, loanId, seen, ct);
        if (!ready.IsSuccess)
        {
            return ready.Error;
        }

        var file = ready.Value;
        var state = file.AsOf(clock.Today);
        if (amount.Currency != file.Loan.Terms.Amount.Currency)
        {
            return new InstalmentCurrencyError(file.Loan.Terms.Amount.Currency);
        }

        if (!state.Due.IsPositive)
        {
            return new NothingDueError();
        }

        if (!amount.IsPositive || amount > state.Due)
        {
            return new InvalidInputError(
                "amount", $"Enter an amount up to what is due: {state.Due.Format(CultureInfo.CurrentCulture)}.");
        }

        var part = PaymentAllocation.Of(state, amount.MinorUnits);
        return await MoveAsync(
            actor,
            file,
            new LoanEvent
            {
                Sequence = file.Events.Length + 1,
                Kind = LoanEventKind.Paid,
                On = clock.Today,
                At = clock.Now,
                By = actor.UserId,
                Fees = part.Fees,
                Interest = part.Interest,
                Principal = part.Principal,
            },
            ct);
    }

    /// <summary>What an early repayment would cost and save today.</summary>
    public async Task<Result<LoanChangeQuote>> QuoteAsync(
        Actor actor, string loanId, Money extra, EarlyEffect effect, CancellationToken ct = default) =>
        await OwnAsync(actor, loanId, ct) is { } file ? Quote(actor, file, extra, effect) : new NotFoundError("loan");

    /// <summary>Repays principal before it is due, or the whole loan, from the loan's account now.</summary>
    /// <param name="actor">The borrower.</param>
    /// <param name="loanId">The loan.</param>
    /// <param name="quote">What the customer was shown; refused when it is not right any more.</param>
    /// <param name="seen">The version of the loan that the page showed.</param>
    /// <param name="ct">Cancels the wait; a payment that has begun is made.</param>
    public async Task<Result<LoanView>> RepayEarlyAsync(
        Actor actor, string loanId, LoanChangeQuote quote, long seen, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(quote);
        var ready = await ReadyAsync(actor, loanId, seen, ct);
        if (!ready.IsSuccess)
        {
            return ready.Error;
        }

        var planned = quote.Planned;
        var now = Quote(actor, ready.Value, quote.Amount with { MinorUnits = planned.Principal }, planned.Effect!.Value);
        return !now.IsSuccess ? now.Error
            : now.Value.Amount != quote.Amount ? new InvalidInputError("amount", "The figures have changed since. Please look at them again.")
            : await MoveAsync(actor, ready.Value, now.Value.Planned, ct);
    }

    /// <summary>What a payment holiday would change.</summary>
    public async Task<Result<LoanChangeQuote>> QuoteHolidayAsync(
        Actor actor, string loanId, int months, CancellationToken ct = default)
    {
        if (await OwnAsync(actor, loanId, ct) is not { } file)
        {
            return new NotFoundError("loan");
        }

        return CheckHoliday(file, months) is { } refusal
            ? refusal
            : LoanChangeQuote.Holiday(file.Loan.Terms, file.Events, clock.Today, months, clock.Now);
    }

    /// <summary>Asks for a payment holiday. A manager decides.</summary>
    public async Task<Result<Loan>> AskHolidayAsync(Actor actor, string loanId, int months, CancellationToken ct = default)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var quote = await QuoteHolidayAsync(actor, loanId, months, ct);
            if (!quote.IsSuccess)
            {
                return quote.Error;
            }

            if (await OwnAsync(actor, loanId, ct) is not { } file)
            {
                return new NotFoundError("loan");
            }

            var id = string.Create(CultureInfo.InvariantCulture, $"{LoanApprovals.Holiday}-{file.Loan.Version + 1:0000000000}");
            var asked = file.Loan with { HolidayApproval = id, HolidayMonths = months, Version = file.Loan.Version + 1 };
            await approvals.RequestAsync(
                new Approval
                {
                    Id = id,
                    Kind = LoanApprovals.Holiday,
                    Subject = file.Loan.Subject,
                    Text = string.Create(CultureInfo.InvariantCulture, $"Payment holiday of {months} months for {file.Loan.Reference}"),
                    MakerId = actor.UserId,
                    Parties = [file.Loan.OwnerId],
                    RequestedAt = clock.Now,
                    ExpiresAt = clock.Now,
                },
                TimeSpan.FromDays(options.DecideWithinDays),
                ct);
            if (await store.TryWriteAsync(asked, [], ct))
            {
                return asked;
            }

            await approvals.WithdrawAsync(actor.UserId, file.Loan.Subject, id, ct);
        }

        return new BusyError();
    }

    /// <summary>The id of the loan that an actor's form makes.</summary>
    public static string IdOf(Actor actor, string key) => DerivedId.From("loan", actor.UserId, key);

    private Result<LoanChangeQuote> Quote(Actor actor, LoanFile file, Money extra, EarlyEffect effect)
    {
        var quote = LoanChangeQuote.Early(file.Loan.Terms, file.Events, clock.Today, extra, effect, clock.Now);
        return quote.IsSuccess ? quote.Value with { Planned = quote.Value.Planned with { By = actor.UserId } } : quote;
    }

    private Error? CheckHoliday(LoanFile file, int months)
    {
        var left = options.MaxHolidayMonthsInAll - file.AsOf(clock.Today).HolidayMonths;
        return file.Loan.HolidayApproval is not null ? new HolidayError("You have asked for a payment holiday already. We will answer soon.")
            : months < 1 || months > options.MaxHolidayMonths
                ? new HolidayError(string.Create(
                    CultureInfo.CurrentCulture, $"A payment holiday lasts from 1 to {options.MaxHolidayMonths} months."))
            : months > left
                ? new HolidayError(left <= 0
                    ? "This loan has had all the payment holidays it can have."
                    : string.Create(CultureInfo.CurrentCulture, $"This loan can have {left} more months of payment holidays."))
            : null;
    }

    private async Task<Loan> EnsureAskedAsync(Loan loan, CancellationToken ct)
    {
        if (loan.Status == LoanStatus.Applied)
        {
            await runner.EnsureAskedAsync(loan, ct);
        }

        return loan;
    }

    private async Task<LoanFile?> OwnAsync(Actor actor, string loanId, CancellationToken ct) =>
        actor.Is(BankRoles.Customer)
        && DerivedId.IsWellFormed(loanId)
        && await store.ReadAsync(loanId, ct) is { } file
        && file.Loan.OwnerId == actor.UserId
            ? file
            : null;

    // A loan of the actor that nothing is pending on, as the page showed it.
    private async Task<Result<LoanFile>> ReadyAsync(Actor actor, string loanId, long seen, CancellationToken ct)
    {
        if (await OwnAsync(actor, loanId, ct) is not { } file)
        {
            return new NotFoundError("loan");
        }

        return file.Loan.Pending is not null || file.Loan.Version != seen ? new LoanBusyError() : file;
    }

    private async Task<Result<LoanView>> MoveAsync(Actor actor, LoanFile file, LoanEvent planned, CancellationToken ct)
    {
        // The money is looked at first: an event that is stored waits until it can be posted.
        if (await accounts.FindAsync(file.Loan.AccountId, ct) is not { Status: AccountStatus.Active } account)
        {
            return new LoanAccountError();
        }

        if (account.Available.MinorUnits < planned.Total)
        {
            return new InsufficientFundsError(Money.Max(account.Available, Money.Zero(account.Currency)));
        }

        var moved = await runner.MoveAsync(file, planned, ct);
        if (!moved.IsSuccess)
        {
            return moved.Error is BusyError ? new LoanBusyError() : moved.Error;
        }

        return await GetAsync(actor, file.Loan.Id, ct);
    }
}
