using BankPortal.Core.Common.Events;
using BankPortal.Core.Ledger.Payees;

namespace BankPortal.Core.Scheduling.Requests;

/// <summary>What a customer typed into the form of a request.</summary>
/// <param name="Key">Names this form: sent twice, it makes one request.</param>
/// <param name="ToAccountId">The own account that the money is to go to.</param>
/// <param name="From">Who is asked: a payee of the book or an account number with a name.</param>
/// <param name="Amount">How much, in the account's currency.</param>
/// <param name="Text">What it is for; optional. The payer sees it.</param>
/// <param name="Until">The last day on which it can be paid.</param>
/// <param name="IsNameConfirmed">The customer was told that the name does not match, and wants it.</param>
public sealed record AskForMoney(
    string Key, string ToAccountId, TransferTarget.Someone From, Money Amount, string? Text, DateOnly Until, bool IsNameConfirmed);

/// <summary>A request as one of the two people sees it.</summary>
/// <param name="Request">The request.</param>
/// <param name="IsMine">Whether the person has made it; otherwise they are asked.</param>
/// <param name="State">What became of it.</param>
public sealed record PaymentRequestView(PaymentRequest Request, bool IsMine, PaymentRequestState State);

/// <summary>The requests of one person.</summary>
/// <param name="Waiting">Requests to the person that can be paid.</param>
/// <param name="Mine">The person's own open requests.</param>
/// <param name="Past">All others, the latest first.</param>
/// <param name="Blocked">Whom the person has blocked.</param>
public sealed record PaymentRequestList(
    ImmutableArray<PaymentRequestView> Waiting,
    ImmutableArray<PaymentRequestView> Mine,
    ImmutableArray<PaymentRequestView> Past,
    ImmutableArray<BlockedAsker> Blocked);

/// <summary>
/// Requests for money between customers: asked, accepted, declined, withdrawn, expired. Each method checks that the request and the
/// accounts are the actor's. Paying goes through the transfers, under a key derived from the request, so a request is paid once.
/// Thread-safe.
/// </summary>
public sealed class PaymentRequestService(
    IPaymentRequestStore store,
    TransferService transfers,
    LedgerService ledger,
    IAccountStore accounts,
    ICustomerDirectory directory,
    IBankEvents events,
    SchedulingClock clock,
    SchedulingOptions options)
{
    private const int MaxTries = 8;

    /// <summary>The bank's day.</summary>
    public DateOnly Today => clock.Today;

    /// <summary>The last day that a request made today may have.</summary>
    public DateOnly LatestDay => clock.Today.AddDays(options.MaxRequestDays);

    /// <summary>
    /// Asks another customer for money. The answer gives away nothing about the other account but what a transfer to it would: whether the
    /// number exists and the name fits. A payer who has blocked the asker is not told, and neither is the asker.
    /// </summary>
    /// <returns>
    /// The request; or <see cref="PayeeNameDiffersError"/>, <see cref="TooManyOpenRequestsError"/>,
    /// <see cref="TooManyRequestsToPersonError"/>, <see cref="TooManyRequestsTodayError"/>, or what is wrong with a field.
    /// </returns>
    public async Task<Result<PaymentRequest>> AskAsync(Actor actor, AskForMoney ask, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(ask);
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        var id = DerivedId.From("payment-request", actor.UserId, ask.Key);
        var mine = await store.ReadAsync(actor.UserId, ct);
        if (mine.Requests.FirstOrDefault(request => request.Id == id) is { } made)
        {
            return await TellAsync(made, ct);
        }

        if (await accounts.FindAsync(ask.ToAccountId, ct) is not { } to || to.OwnerId != actor.UserId)
        {
            return new NotFoundError("account");
        }

        if (FieldError(ask, to) is { } wrong)
        {
            return wrong;
        }

        // The limits come before the look-up: whoever has used them up learns nothing about further numbers.
        var open = mine.Requests.Where(request => request.AskerId == actor.UserId && request.IsOpenOn(clock.Today)).ToList();
        if (open.Count >= options.MaxOpenRequests)
        {
            return new TooManyOpenRequestsError(options.MaxOpenRequests);
        }

        var since = clock.Now.AddDays(-1);
        if (mine.Requests.Count(request => request.AskerId == actor.UserId && request.CreatedAt > since) >= options.MaxRequestsPerDay)
        {
            return new TooManyRequestsTodayError();
        }

        var found = await transfers.FindPartiesAsync(actor, to.Id, ask.From, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var payer = found.Value;
        if (payer.IsOwn)
        {
            return new RequestToSelfError();
        }

        if (payer.To.Currency != to.Currency)
        {
            return new CurrencyMismatchError();
        }

        if (payer.NameMatch is NameMatch.CloseMatch or NameMatch.NoMatch && !ask.IsNameConfirmed)
        {
            return new PayeeNameDiffersError(payer.NameMatch.Value);
        }

        if (open.Count(request => request.PayerId == payer.To.OwnerId) >= options.MaxOpenRequestsToOne)
        {
            return new TooManyRequestsToPersonError(options.MaxOpenRequestsToOne);
        }

        var isBlocked = store.IsBlockedAsync(payer.To.OwnerId, actor.UserId, ct);
        var name = await directory.FindNameAsync(actor.UserId, ct);
        var now = clock.Now;
        var asked = new PaymentRequest
        {
            Id = id,
            AskerId = actor.UserId,
            AskerName = name ?? "",
            ToAccountId = to.Id,
            ToNumber = to.Number,
            PayerId = payer.To.OwnerId,
            PayerName = payer.Name!,
            PayerNumber = payer.To.Number,
            Amount = ask.Amount,
            Text = TextInput.Clean(ask.Text),
            Until = ask.Until,
            IsSilent = await isBlocked,
            CreatedAt = now,
            ChangedAt = now,
        };
        return await store.TryAddAsync(asked, mine.Version, ct) ? await TellAsync(asked, ct)
            : await store.FindAsync(actor.UserId, id, ct) is { } first ? await TellAsync(first, ct)
            : new BusyError();
    }

    /// <summary>The actor's requests. One round trip.</summary>
    public async Task<PaymentRequestList> ListAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return new PaymentRequestList([], [], [], []);
        }

        var found = await store.ReadAsync(actor.UserId, ct);
        var views = found.Requests.Select(request => ViewOf(actor, request)).ToList();
        return new PaymentRequestList(
            [.. views.Where(view => view is { IsMine: false, State: PaymentRequestState.Open })],
            [.. views.Where(view => view is { IsMine: true, State: PaymentRequestState.Open })],
            [.. views.Where(view => view.State != PaymentRequestState.Open)],
            found.Blocked);
    }

    /// <summary>One of the actor's requests. A payment of an open one that was not noted, because a process ended, is noted now.</summary>
    public async Task<Result<PaymentRequestView>> GetAsync(Actor actor, string requestId, CancellationToken ct = default)
    {
        var request = await FindAsync(actor, requestId, ct);
        if (!request.IsSuccess)
        {
            return request.Error;
        }

        var known = request.Value;
        return ViewOf(
            actor,
            known.State == PaymentRequestState.Open && await FindPaymentAsync(known, ct) is { } paid
                ? await FinishAsync(known, paid, ct)
                : known);
    }

    /// <summary>
    /// Pays a request. However often and wherever it is accepted, it is paid once; a repeat gives the first payment.
    /// </summary>
    /// <param name="actor">The payer.</param>
    /// <param name="requestId">The request.</param>
    /// <param name="fromAccountId">The own account to pay from.</param>
    /// <param name="duplicateConfirmed">The payer was told that they sent the same amount a moment ago, and wants it.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>The payment; <see cref="RequestClosedError"/>, or what a transfer would be refused for.</returns>
    public async Task<Result<Transfer>> AcceptAsync(
        Actor actor, string requestId, string fromAccountId, bool duplicateConfirmed, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, requestId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var request = found.Value;
        if (request.PayerId != actor.UserId)
        {
            return new NotFoundError("request");
        }

        // Paid before, here or elsewhere: noted again, in case the process that paid ended before it could.
        if (await FindPaymentAsync(request, ct) is { } first)
        {
            await FinishAsync(request, first, ct);
            return first;
        }

        var review = await ReviewAsync(actor, request, fromAccountId, ct);
        if (!review.IsSuccess)
        {
            return review.Error;
        }

        var paid = await transfers.SendAsync(actor, review.Value, duplicateConfirmed, ct);
        if (!paid.IsSuccess)
        {
            // Another tab may have been faster, from another account.
            return await FindPaymentAsync(request, ct) is { } other ? await FinishedAsync(other) : paid.Error;
        }

        return await FinishedAsync(paid.Value);

        async Task<Result<Transfer>> FinishedAsync(Transfer transfer)
        {
            await FinishAsync(request, transfer, CancellationToken.None);
            return transfer;
        }
    }

    /// <summary>Declines a request. The asker is told.</summary>
    public async Task<Result<PaymentRequestView>> DeclineAsync(Actor actor, string requestId, CancellationToken ct = default) =>
        await CloseAsync(actor, requestId, isAsker: false, PaymentRequestState.Declined, ct);

    /// <summary>Takes the actor's own request back.</summary>
    public async Task<Result<PaymentRequestView>> WithdrawAsync(Actor actor, string requestId, CancellationToken ct = default) =>
        await CloseAsync(actor, requestId, isAsker: true, PaymentRequestState.Withdrawn, ct);

    /// <summary>
    /// Blocks whoever made a request: later ones do not arrive. Open ones from the same person are declined. The asker is not told of the
    /// block.
    /// </summary>
    public async Task<Result> BlockAsync(Actor actor, string requestId, CancellationToken ct = default)
    {
        var found = await FindAsync(actor, requestId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        var request = found.Value;
        if (request.PayerId != actor.UserId)
        {
            return new NotFoundError("request");
        }

        await store.BlockAsync(actor.UserId, new BlockedAsker(request.AskerId, request.AskerName), ct);
        foreach (var open in (await store.ReadAsync(actor.UserId, ct)).Requests.Where(
            other => other.AskerId == request.AskerId && other.PayerId == actor.UserId && other.IsOpenOn(clock.Today)))
        {
            await DeclineAsync(actor, open.Id, ct);
        }

        return Result.Success;
    }

    /// <summary>Lifts a block. Requests that did not arrive meanwhile stay away.</summary>
    public async Task<Result> UnblockAsync(Actor actor, string askerId, CancellationToken ct = default)
    {
        if (!actor.Is(BankRoles.Customer))
        {
            return new NotAllowedError();
        }

        await store.UnblockAsync(actor.UserId, askerId, ct);
        return Result.Success;
    }

    private async Task<Result<TransferReview>> ReviewAsync(
        Actor actor, PaymentRequest request, string fromAccountId, CancellationToken ct) =>
        request.PayerId != actor.UserId ? new NotFoundError("request")
        : !request.IsOpenOn(clock.Today) ? new RequestClosedError(request.StateOn(clock.Today))
        : await transfers.ReviewAsync(
            actor,
            new TransferRequest(
                request.PaymentKey,
                fromAccountId,
                new TransferTarget.Known(request.ToAccountId, request.AskerName),
                request.Amount,
                request.Text),
            ct);

    private InvalidInputError? FieldError(AskForMoney ask, Account to)
    {
        if (to.Status != AccountStatus.Active)
        {
            return new InvalidInputError("to", "Money cannot be paid into this account. Choose another.");
        }

        if (!ask.Amount.IsPositive || ask.Amount.Currency != to.Currency)
        {
            return new InvalidInputError("amount", "Enter an amount above zero.");
        }

        if (transfers.LimitsOf(to).PerTransfer is var most && ask.Amount > most)
        {
            return new InvalidInputError("amount", $"The most you can ask for at once is {most.Format(CultureInfo.CurrentCulture)}.");
        }

        if (TextInput.Clean(ask.Text).Length > LedgerRules.MaxDescriptionLength)
        {
            return new InvalidInputError(
                "text", $"Use {LedgerRules.MaxDescriptionLength.ToString(CultureInfo.InvariantCulture)} characters at most.");
        }

        return ask.Until < clock.Today ? new InvalidInputError("until", "Choose today or a later day.")
            : ask.Until > LatestDay
                ? new InvalidInputError("until", $"Choose a day within the next {options.MaxRequestDays.ToString(CultureInfo.CurrentCulture)} days.")
            : null;
    }

    private async Task<Result<PaymentRequest>> TellAsync(PaymentRequest asked, CancellationToken ct)
    {
        if (!asked.IsSilent)
        {
            await events.RaiseAsync(PaymentRequestEvents.RequestedBy(asked), ct);
        }

        return asked;
    }

    private async Task<Result<PaymentRequest>> FindAsync(Actor actor, string requestId, CancellationToken ct) =>
        actor.Is(BankRoles.Customer)
        && DerivedId.IsWellFormed(requestId)
        && await store.FindAsync(actor.UserId, requestId, ct) is { } request
            ? request
            : new NotFoundError("request");

    // A payment that the assessment refused is none.
    private async Task<Transfer?> FindPaymentAsync(PaymentRequest request, CancellationToken ct) =>
        await ledger.FindByKeyAsync(Actor.Customer(request.PayerId), request.PaymentKey, ct) is { Status: not TransferStatus.Blocked } paid
            ? paid
            : null;

    private async Task<PaymentRequest> FinishAsync(PaymentRequest request, Transfer paid, CancellationToken ct)
    {
        // The event first: it is neither lost nor raised twice when this process ends in between.
        await events.RaiseAsync(PaymentRequestEvents.AcceptedBy(request, paid.CreatedAt, paid.Reference), ct);
        var known = request;
        for (var attempt = 0; attempt < MaxTries && known.State != PaymentRequestState.Accepted; attempt++)
        {
            var accepted = known with
            {
                State = PaymentRequestState.Accepted,
                TransferId = paid.Id,
                ChangedAt = clock.Now,
                Version = known.Version + 1,
            };
            if (await store.TryWriteAsync(accepted, ct))
            {
                return accepted;
            }

            known = await store.FindAsync(request.PayerId, request.Id, ct) ?? request;
        }

        return known;
    }

    private async Task<Result<PaymentRequestView>> CloseAsync(
        Actor actor, string requestId, bool isAsker, PaymentRequestState state, CancellationToken ct)
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var found = await FindAsync(actor, requestId, ct);
            if (!found.IsSuccess)
            {
                return found.Error;
            }

            var request = found.Value;
            if ((isAsker ? request.AskerId : request.PayerId) != actor.UserId)
            {
                return new NotFoundError("request");
            }

            if (request.State == state)
            {
                return ViewOf(actor, request);
            }

            if (!request.IsOpenOn(clock.Today))
            {
                return new RequestClosedError(request.StateOn(clock.Today));
            }

            if (await FindPaymentAsync(request, ct) is { } paid)
            {
                await FinishAsync(request, paid, ct);
                return new RequestClosedError(PaymentRequestState.Accepted);
            }

            var closed = request with { State = state, ChangedAt = clock.Now, Version = request.Version + 1 };
            if (await store.TryWriteAsync(closed, ct))
            {
                if (state == PaymentRequestState.Declined)
                {
                    await events.RaiseAsync(PaymentRequestEvents.DeclinedBy(closed, clock.Now), ct);
                }

                return ViewOf(actor, closed);
            }
        }

        return new BusyError();
    }

    private PaymentRequestView ViewOf(Actor actor, PaymentRequest request) =>
        new(request, request.AskerId == actor.UserId, request.StateOn(clock.Today));
}
