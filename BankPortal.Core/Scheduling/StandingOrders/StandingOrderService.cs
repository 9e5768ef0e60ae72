using BankPortal.Core.Identity.Confirmations;

namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>
/// Standing orders of customers: made, changed, skipped, paused, resumed, cancelled and shown. Each method checks that the order and the
/// accounts are the actor's. Thread-safe.
/// </summary>
public sealed class StandingOrderService(
    IStandingOrderStore store,
    StandingOrderPlan plan,
    TransferService transfers,
    PaymentConfirmations confirmations,
    IAccountStore accounts,
    IBusinessCalendar calendar,
    SchedulingClock clock,
    SchedulingOptions options)
{
    /// <summary>How many of the next dates are shown.</summary>
    public const int DatesShown = 6;

    /// <summary>How many past payments are shown.</summary>
    public const int RunsShown = 50;

    private const int MaxTries = 8;

    /// <summary>The bank's day.</summary>
    public DateOnly Today => clock.Today;

    /// <summary>
    /// Looks at a standing order before it is made: finds the payee, compares the name, applies the rules that hold already.
    /// </summary>
    /// <returns>What would be made, to be shown and then given to <see cref="CreateAsync"/>; or the rule against it.</returns>
    public async Task<Result<StandingOrderReview>> ReviewAsync(Actor actor, StandingOrderRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Schedule.Check(clock.Today, calendar) is { } wrong)
        {
            return wrong;
        }

        var found = await transfers.FindPartiesAsync(actor, request.FromAccountId, request.To, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var parties = found.Value;
        var now = clock.Now;
        var order = plan.Begin(new StandingOrder
        {
            Id = DerivedId.From("standing-order", actor.UserId, request.Key),
            OwnerId = actor.UserId,
            FromAccountId = parties.From.Id,
            ToAccountId = parties.To.Id,
            ToNumber = parties.To.Number,
            PayeeName = parties.IsOwn ? null : parties.Name,
            Amount = request.Amount,
            Description = TextInput.Clean(request.Description),
            Schedule = request.Schedule,
            CreatedAt = now,
            ChangedAt = now,
            Version = 1,
        });
        if (Refusal(actor, order, parties.From, parties.To, request.Key) is { } refusal)
        {
            return refusal;
        }

        return new StandingOrderReview(
            order,
            parties.From,
            parties.IsOwn ? parties.To.Label : parties.Name!,
            parties.NameMatch,
            parties.IsNew,
            plan.NextOf(order, DatesShown));
    }

    /// <summary>
    /// What the actor has to confirm before this is made, as for a transfer to that payee of that amount; <see langword="null"/> when no
    /// confirmation is needed. The dates are part of it.
    /// </summary>
    public PaymentToConfirm? ToConfirm(Actor actor, StandingOrderReview review)
    {
        ArgumentNullException.ThrowIfNull(review);
        return transfers.MustBeConfirmed(actor, review.Order.IsOwn, review.IsNewPayee, review.Order.Amount)
            ? ToConfirm(review.Order, review.From, review.NameMatch is { } match ? match == Ledger.Payees.NameMatch.Match : null)
            : null;
    }

    /// <summary>Whether the actor still has to confirm this before it is made.</summary>
    public async Task<bool> NeedsConfirmationAsync(Actor actor, StandingOrderReview review, CancellationToken ct = default) =>
        ToConfirm(actor, review) is { } payment && !await confirmations.IsConfirmedAsync(actor, payment, review.Order.Id, ct);

    /// <summary>Makes the order that was reviewed. The same form again gives the first order.</summary>
    /// <returns>The order; or <see cref="PaymentNotConfirmedError"/>, <see cref="TooManyStandingOrdersError"/>.</returns>
    public async Task<Result<StandingOrder>> CreateAsync(Actor actor, StandingOrderReview review, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(review);
        if (actor.UserId != review.Order.OwnerId || !actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        var all = await store.ListAsync(actor.UserId, ct);
        if (all.FirstOrDefault(order => order.Id == review.Order.Id) is { } made)
        {
            return made;
        }

        if (all.Count(order => !order.IsOver) >= options.MaxStandingOrders)
        {
            return new TooManyStandingOrdersError(options.MaxStandingOrders);
        }

        if (review.Order.Schedule.Check(clock.Today, calendar) is { } wrong)
        {
            // Midnight has passed since the review.
            return wrong;
        }

        if (ToConfirm(actor, review) is { } payment
            && await confirmations.UseAsync(actor, payment, review.Order.Id, ct) is { IsSuccess: false } unconfirmed)
        {
            return unconfirmed.Error;
        }

        return await store.TryAddAsync(review.Order, ct) || await store.FindAsync(actor.UserId, review.Order.Id, ct) is not { } first
            ? review.Order
            : first;
    }

    /// <summary>
    /// The actor's orders with their next dates: active ones first by next payment, then paused ones, then those that are over.
    /// </summary>
    public async Task<ImmutableArray<StandingOrderView>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return [];
        }

        var reading = accounts.ListByOwnerAsync(actor.UserId, ct);
        var orders = await store.ListAsync(actor.UserId, ct);
        var own = (await reading).ToDictionary(account => account.Id, StringComparer.Ordinal);
        return
        [
            .. orders
                .OrderBy(order => order.State)
                .ThenBy(order => order.NextPayOn ?? DateOnly.MaxValue)
                .ThenByDescending(order => order.CreatedAt)
                .Select(order => ViewOf(order, own, 3, [])),
        ];
    }

    /// <summary>One of the actor's orders with its next dates and what became of past payments.</summary>
    public async Task<Result<StandingOrderView>> GetAsync(Actor actor, string orderId, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer) || !DerivedId.IsWellFormed(orderId))
        {
            return new NotFoundError("standing order");
        }

        var reading = accounts.ListByOwnerAsync(actor.UserId, ct);
        var past = store.ReadRunsAsync(actor.UserId, orderId, RunsShown, null, ct);
        var order = await store.FindAsync(actor.UserId, orderId, ct);
        var (own, runs) = (await reading, await past);
        return order is null
            ? new NotFoundError("standing order")
            : ViewOf(order, own.ToDictionary(account => account.Id, StringComparer.Ordinal), DatesShown, runs);
    }

    /// <summary>
    /// Changes account, amount, description or dates; the payee stays. New dates count from the change on; none is on or before a date
    /// that was paid. A larger amount has to be confirmed by a second factor from the bank's threshold on, and always for a payee who was
    /// never paid.
    /// </summary>
    /// <returns>The order; <see cref="PaymentNotConfirmedError"/>, or what is wrong.</returns>
    public Task<Result<StandingOrder>> ChangeAsync(
        Actor actor, string orderId, StandingOrderChange change, CancellationToken ct = default)
    {
        // One change uses one confirmation, also when another writer was faster and it is tried on the newer row.
        string? useKey = null;
        return UpdateAsync(actor, orderId, null, async order =>
        {
            useKey ??= $"{order.Id}-{order.Version.ToString(CultureInfo.InvariantCulture)}";
            var from = await accounts.FindAsync(change.FromAccountId, ct);
            var to = await accounts.FindAsync(order.ToAccountId, ct);
            if (from is null || to is null || from.OwnerId != actor.UserId)
            {
                return new NotFoundError("account");
            }

            var changed = order with
            {
                FromAccountId = from.Id,
                Amount = change.Amount,
                Description = TextInput.Clean(change.Description),
                Schedule = change.Schedule,
            };
            if (change.Schedule != order.Schedule)
            {
                if (change.Schedule.Check(clock.Today, calendar) is { } wrong)
                {
                    return wrong;
                }

                if (change.Schedule.First <= order.LastDate)
                {
                    return new DatePaidError();
                }

                changed = plan.Begin(changed with { NextIndex = 0 });
            }

            if (Refusal(actor, changed, from, to, "change") is { } refusal)
            {
                return refusal;
            }

            if (changed.Amount > order.Amount
                && !order.IsOwn
                && (transfers.MustBeConfirmed(actor, order.IsOwn, isNewPayee: false, changed.Amount)
                    || await transfers.IsNewPayeeAsync(actor, order.ToAccountId, ct))
                && await confirmations.UseAsync(actor, ToConfirm(changed, from, null), useKey, ct) is { IsSuccess: false } unconfirmed)
            {
                return unconfirmed.Error;
            }

            return changed.State == StandingOrderState.Active ? changed : changed with { NextRunAt = null };
        }, ct);
    }

    /// <summary>Skips the next payment, if it is still the one of that date. It is not made up for.</summary>
    public Task<Result<StandingOrder>> SkipAsync(Actor actor, string orderId, DateOnly date, CancellationToken ct = default)
    {
        StandingOrderRun? run = null;
        return UpdateAsync(actor, orderId, () => run, order =>
        {
            if (order.State != StandingOrderState.Active)
            {
                return Task.FromResult<Result<StandingOrder>>(new StandingOrderNotActiveError());
            }

            if (order.NextDate != date)
            {
                return Task.FromResult<Result<StandingOrder>>(new NextPaymentChangedError());
            }

            run = new StandingOrderRun
            {
                OrderId = order.Id,
                OwnerId = order.OwnerId,
                Date = date,
                Outcome = RunOutcome.Skipped,
                Amount = order.Amount,
                At = clock.Now,
            };
            return Task.FromResult<Result<StandingOrder>>(plan.After(order, run));
        }, ct);
    }

    /// <summary>Pauses an active order.</summary>
    public Task<Result<StandingOrder>> PauseAsync(Actor actor, string orderId, CancellationToken ct = default) =>
        UpdateAsync(actor, orderId, null, order => Task.FromResult<Result<StandingOrder>>(
            order.State != StandingOrderState.Active
                ? new StandingOrderNotActiveError()
                : order with { State = StandingOrderState.Paused, PausedFor = null, NextRunAt = null, Tries = 0 }), ct);

    /// <summary>Resumes a paused order. Payments that fell into the pause are not made up for.</summary>
    public Task<Result<StandingOrder>> ResumeAsync(Actor actor, string orderId, CancellationToken ct = default) =>
        UpdateAsync(actor, orderId, null, async order =>
        {
            if (order.State != StandingOrderState.Paused)
            {
                return new StandingOrderNotPausedError();
            }

            if (plan.Resume(order) is not { } resumed)
            {
                return new NoDatesLeftError();
            }

            var from = await accounts.FindAsync(order.FromAccountId, ct);
            var to = await accounts.FindAsync(order.ToAccountId, ct);
            return Refusal(actor, resumed, from, to, "resume") is { } refusal ? refusal : resumed;
        }, ct);

    /// <summary>Cancels an order for good.</summary>
    public Task<Result<StandingOrder>> CancelAsync(Actor actor, string orderId, CancellationToken ct = default) =>
        UpdateAsync(actor, orderId, null, order => Task.FromResult<Result<StandingOrder>>(order with
        {
            State = StandingOrderState.Cancelled,
            NextRunAt = null,
            NextDate = null,
            NextPayOn = null,
        }), ct);

    private static PaymentToConfirm ToConfirm(StandingOrder order, Account from, bool? isNameRight) => new()
    {
        Purpose = ConfirmationPurpose.StandingOrder,
        Key = order.Id,
        Amount = order.Amount,
        FromAccountId = order.FromAccountId,
        ToAccountId = order.ToAccountId,
        Terms = order.Schedule.Key,
        PayeeName = order.PayeeName ?? "",
        IsNameRight = isNameRight,
        PayeeNumber = order.ToNumber.Grouped,
        FromLabel = from.Label,
        Dates = ScheduleText.Of(order.Schedule),
    };

    private async Task<Result<StandingOrder>> UpdateAsync(
        Actor actor,
        string orderId,
        Func<StandingOrderRun?>? run,
        Func<StandingOrder, Task<Result<StandingOrder>>> change,
        CancellationToken ct)
    {
        if (!actor.Is(BankRoles.Customer) || !DerivedId.IsWellFormed(orderId))
        {
            return new NotFoundError("standing order");
        }

        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await store.FindAsync(actor.UserId, orderId, ct) is not { } order)
            {
                return new NotFoundError("standing order");
            }

            if (order.IsOver)
            {
                return new StandingOrderOverError();
            }

            var changed = await change(order);
            if (!changed.IsSuccess)
            {
                return changed.Error;
            }

            var next = changed.Value with { Version = order.Version + 1, ChangedAt = clock.Now };
            if (await store.TryWriteAsync(next, run?.Invoke(), ct))
            {
                return next;
            }
        }

        return new BusyError();
    }

    // What a transfer would be refused for on its day as well. Whether the money is there is not asked: it has to be there on the day.
    private Error? Refusal(Actor actor, StandingOrder order, Account? from, Account? to, string key)
    {
        if (from is null || to is null)
        {
            return new NotFoundError("account");
        }

        var asTransfer = new TransferOrder
        {
            Actor = actor,
            IdempotencyKey = key,
            Kind = TransferKind.Transfer,
            DebitAccountId = from.Id,
            CreditAccountId = to.Id,
            Amount = order.Amount,
            Description = order.Description,
        };
        var limits = transfers.LimitsOf(from);
        return LedgerRules.Validate(asTransfer)
            ?? (from.Currency != order.Amount.Currency || to.Currency != order.Amount.Currency ? new CurrencyMismatchError()
                : from.Status == AccountStatus.Closed ? new DebitAccountClosedError()
                : from.Status == AccountStatus.Frozen ? new DebitAccountFrozenError()
                : to.Status == AccountStatus.Closed ? new CreditAccountClosedError()
                : !order.IsOwn && order.Amount > limits.PerTransfer ? new OverTransferLimitError(limits.PerTransfer)
                : null);
    }

    private StandingOrderView ViewOf(
        StandingOrder order, Dictionary<string, Account> own, int dates, ImmutableArray<StandingOrderRun> runs) =>
        new(
            order,
            own.GetValueOrDefault(order.FromAccountId),
            order.PayeeName ?? own.GetValueOrDefault(order.ToAccountId)?.Label ?? order.ToNumber.Masked,
            plan.NextOf(order, dates),
            runs);
}
