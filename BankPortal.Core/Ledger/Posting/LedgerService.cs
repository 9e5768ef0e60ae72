using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Carries orders out against the store: read, decide, commit; at most two round trips one after the other when nobody
/// interferes, and one where this process has just written the same accounts. Orders of this process that want the same
/// account at the same time are committed together. A lost race starts over, a bounded number of times. A fault of the
/// store starts over too: the transfer's row tells whether the commit before took effect, so nothing is ever done twice.
/// </summary>
public sealed class LedgerService(
    ILedgerStore store, LedgerRules rules, LedgerOptions options, ITransferScreening screening, TransferFeed feed, TimeProvider time,
    ILogger<LedgerService> logger)
{
    // Each has already been retried by the store's client; more would only keep the person waiting.
    private const int MaxFaults = 4;

    // A group that loses a race twice meets somebody who is as busy with one of its accounts; alone, the others get on.
    private const int MaxGroupTries = 2;

    private readonly LedgerLanes<Waiting> _lanes = new();
    private readonly RememberedRows _remembered = new(options, time);

    /// <summary>
    /// Posts a transfer, or reserves its funds. The same order again gives the first result; another content under the
    /// same key is refused.
    /// </summary>
    /// <param name="order">What to do.</param>
    /// <param name="ct">Cancels the wait; an order that has begun is carried out.</param>
    /// <returns>
    /// The transfer, posted or held; or the rule against it, <see cref="DeclinedError"/> when its assessment refused it,
    /// <see cref="BusyError"/> or <see cref="LedgerUnreachableError"/> (nothing has changed), <see cref="OutcomeUnknownError"/>.
    /// </returns>
    public async Task<Result<Transfer>> ExecuteAsync(TransferOrder order, CancellationToken ct = default)
    {
        if (LedgerRules.Check(order) is { } invalid)
        {
            return invalid;
        }

        var waiting = new Waiting(order, CustomerAccounts(order.DebitAccountId, order.CreditAccountId), GatherAsync(order), ct);
        if (_lanes.Enter(waiting.AccountIds, waiting) is not { } lane)
        {
            return Told(await waiting.Result.Task.WaitAsync(ct));
        }

        try
        {
            return Told(await ExecuteAloneAsync(waiting, null, ct));
        }
        finally
        {
            RunLane(lane);
        }
    }

    /// <summary>Posts a held transfer. Fraud analysts and administrators.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="transferId">The transfer.</param>
    /// <param name="reason">Why, for colleagues; at most <see cref="StaffReason.MaxLength"/> characters.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>
    /// The transfer; or <see cref="InvalidInputError"/> for the reason, <see cref="NotHeldError"/> when it is settled already, or the
    /// rule against posting it.
    /// </returns>
    public Task<Result<Transfer>> ReleaseAsync(Actor actor, string transferId, string reason, CancellationToken ct = default) =>
        SettleAsync(actor, transferId, TransferStatus.Posted, reason, ct);

    /// <summary>Voids a held transfer and sets its funds free. Fraud analysts and administrators.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="transferId">The transfer.</param>
    /// <param name="reason">Why, for colleagues; at most <see cref="StaffReason.MaxLength"/> characters.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>The transfer; or <see cref="InvalidInputError"/> for the reason, <see cref="NotHeldError"/> when it is settled already.</returns>
    public Task<Result<Transfer>> RejectAsync(Actor actor, string transferId, string reason, CancellationToken ct = default) =>
        SettleAsync(actor, transferId, TransferStatus.Rejected, reason, ct);

    /// <summary>
    /// Moves the money of a posted transfer back by a transfer of its own that names it, and names that in it. Fraud
    /// analysts and administrators. The same person asking again gets the reversal there is.
    /// </summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="transferId">The transfer to reverse.</param>
    /// <param name="reason">Why, for colleagues; at most <see cref="StaffReason.MaxLength"/> characters.</param>
    /// <param name="mayOverdraw">Whether the account that received the money may be overdrawn for it.</param>
    /// <param name="ct">Cancels the wait; what is committed stays.</param>
    /// <returns>
    /// The reversal; or <see cref="InvalidInputError"/> for the reason, <see cref="AlreadyReversedError"/>, <see cref="ReversalNotCoveredError"/>,
    /// or another rule against it.
    /// </returns>
    public async Task<Result<Transfer>> ReverseAsync(Actor actor, string transferId, string reason, bool mayOverdraw = false, CancellationToken ct = default)
    {
        if (!LedgerRules.MayDecide(actor))
        {
            return new NotAllowedError();
        }

        if (StaffReason.Check(reason) is var said && !said.IsSuccess)
        {
            return said.Error;
        }

        var found = await FindAsync(transferId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        // Whether it is reversed already is told by the reversal's own row, which also tells by whom.
        var original = found.Value with { ReversedById = null };
        return await StepAsync(
            LedgerRules.ReversalIdOf(original.Id),
            CustomerAccounts(original.DebitAccountId, original.CreditAccountId),
            snapshot => ValueTask.FromResult(
                snapshot.Transfer is null ? rules.Reverse(original, snapshot, actor.UserId, said.Value, mayOverdraw, time.GetUtcNow()) : new AlreadyThere()),
            existing => existing.ReversesId == original.Id && existing.InitiatorId == actor.UserId ? existing : new AlreadyReversedError(),
            isNew: false,
            unanswered: null,
            ct);
    }

    /// <summary>A transfer the actor may see: a party to it, or staff.</summary>
    public async Task<Result<Transfer>> GetAsync(Actor actor, string transferId, CancellationToken ct = default) =>
        DerivedId.IsWellFormed(transferId)
        && await store.FindTransferAsync(transferId, ct) is { } transfer
        && (transfer.Concerns(actor.UserId) || actor.IsStaff || actor.IsSystem)
            ? transfer
            : new NotFoundError("transaction");

    /// <summary>What became of the actor's order with that key; <see langword="null"/> when there was none.</summary>
    public Task<Transfer?> FindByKeyAsync(Actor actor, string idempotencyKey, CancellationToken ct = default) =>
        store.FindTransferAsync(TransferOrder.IdOf(actor.UserId, idempotencyKey), ct);

    private static string[] CustomerAccounts(params ReadOnlySpan<string> ids)
    {
        var customers = new List<string>(ids.Length);
        foreach (var id in ids)
        {
            if (!GeneralLedger.IsInternal(id))
            {
                customers.Add(id);
            }
        }

        return [.. customers];
    }

    // Off the way of whoever opened the lane: that one has its result.
    private void RunLane(LedgerLanes<Waiting>.Lane lane)
    {
        var next = _lanes.Next(lane, LedgerGroup.MaxTransfers);
        if (next.Count == 0)
        {
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(async () =>
            {
                while (next.Count > 0)
                {
                    await ExecuteTogetherAsync([.. next.Where(order => !order.Ct.IsCancellationRequested)]);
                    next = _lanes.Next(lane, LedgerGroup.MaxTransfers);
                }
            });
        }
    }

    private async Task ExecuteTogetherAsync(IReadOnlyList<Waiting> orders)
    {
        // The same key twice at once: the second is asked when the first is settled, and finds it.
        var distinct = orders.DistinctBy(order => order.Order.TransferId, StringComparer.Ordinal).ToList();
        LedgerCommit? unanswered = null;
        try
        {
            for (var attempt = 0; attempt < MaxGroupTries && distinct.Count > 1 && unanswered is null; attempt++)
            {
                unanswered = await TryGroupAsync(distinct);
                distinct.RemoveAll(order => order.Result.Task.IsCompleted);
            }
        }
        catch (Exception exception)
        {
            // Whatever it was, alone each order gets its own answer.
            logger.LogWarning(exception, "A group of {Count} transfers was given up", distinct.Count);
        }

        foreach (var order in orders.Where(order => !order.Result.Task.IsCompleted))
        {
            try
            {
                // A refusal names amounts as the person who asked writes them.
                CultureInfo.CurrentCulture = order.Culture;
                order.Result.TrySetResult(await ExecuteAloneAsync(order, unanswered, CancellationToken.None));
            }
            catch (Exception exception)
            {
                order.Result.TrySetException(exception);
            }
        }
    }

    // Settles the orders it can. Those left over are asked again: refusals, which may rest on what others of the group did
    // not come to do, orders without room, and all of them when the commit was not accepted.
    private async Task<LedgerCommit?> TryGroupAsync(List<Waiting> orders)
    {
        LedgerCommit? sent = null;
        try
        {
            var snapshot = await store.ReadManyAsync(
                [.. orders.Select(order => order.Order.TransferId)],
                [.. orders.SelectMany(order => order.AccountIds).Distinct(StringComparer.Ordinal)]);
            var waited = time.GetTimestamp();
            await Task.WhenAll(orders.Select(async order => order.Known = await BackgroundAsync(order)));

            var group = new LedgerGroup(snapshot.Accounts);
            var accepted = new List<(Waiting Order, Transfer Transfer)>();
            foreach (var order in orders)
            {
                if (snapshot.Transfers.TryGetValue(order.Order.TransferId, out var existing))
                {
                    order.Result.TrySetResult(JudgeRepeat(order.Order, existing));
                }
                else if (Decide(order, group.Now, waited) is { IsSuccess: true, Value: var step } && group.TryAdd(step))
                {
                    accepted.Add((order, step.Transfer));
                }
            }

            if (group.IsEmpty)
            {
                return null;
            }

            sent = group.ToCommit();
            if (await store.CommitAsync(sent) is CommitOutcome.Committed)
            {
                _remembered.Remember(sent.Accounts);
                foreach (var (order, transfer) in accepted)
                {
                    feed.Publish(transfer);
                    order.Result.TrySetResult(transfer);
                }
            }
            else
            {
                _remembered.Forget(snapshot.Accounts.Keys);
            }

            return null;
        }
        catch (LedgerUnavailableException exception)
        {
            logger.LogWarning(exception, "Ledger store fault on a group of {Count} transfers", orders.Count);
            return sent;
        }
    }

    private Task<Result<Transfer>> ExecuteAloneAsync(Waiting order, LedgerCommit? unanswered, CancellationToken ct) =>
        StepAsync(
            order.Order.TransferId,
            order.AccountIds,
            async snapshot =>
            {
                if (snapshot.Transfer is not null)
                {
                    return new AlreadyThere();
                }

                var waited = time.GetTimestamp();
                order.Known = await BackgroundAsync(order);
                return Decide(order, snapshot, waited);
            },
            existing => JudgeRepeat(order.Order, existing),
            isNew: true,
            unanswered,
            ct);

    private Result<LedgerCommit> Decide(Waiting order, LedgerSnapshot snapshot, long waited) =>
        rules.Decide(
            order.Order,
            snapshot,
            time.GetUtcNow(),
            (transfer, debit, credit) => screening.Assess(transfer, debit, credit, order.Known) is { } verdict
                ? verdict with { Took = time.GetElapsedTime(waited) }
                : null);

    // A refusal by assessment keeps a row, so that it is on record and a repeat meets it; to whoever asked it is a refusal.
    private static Result<Transfer> Told(Result<Transfer> result) =>
        result is { IsSuccess: true, Value.Status: TransferStatus.Blocked } ? new DeclinedError() : result;

    private async Task<RiskBackground> GatherAsync(TransferOrder order)
    {
        try
        {
            return await screening.GatherAsync(order);
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "What the assessment of transfer {TransferId} needs could not be read", order.TransferId);
            return new RiskBackground { IsAssessed = true, Failure = exception.GetType().Name };
        }
    }

    private async ValueTask<RiskBackground> BackgroundAsync(Waiting order)
    {
        if (order.Background.IsCompleted)
        {
            return await order.Background;
        }

        try
        {
            return await order.Background.WaitAsync(screening.Budget, time);
        }
        catch (TimeoutException)
        {
            logger.LogWarning("What the assessment of transfer {TransferId} needs was not there in time", order.Order.TransferId);
            return new RiskBackground { IsAssessed = true, Failure = "slow" };
        }
    }

    private static Result<Transfer> JudgeRepeat(TransferOrder order, Transfer existing) =>
        existing.ContentHash == order.ContentHash ? existing : new IdempotencyKeyReusedError();

    private async Task<Result<Transfer>> SettleAsync(Actor actor, string transferId, TransferStatus target, string reason, CancellationToken ct)
    {
        if (!LedgerRules.MayDecide(actor) && !actor.IsSystem)
        {
            return new NotAllowedError();
        }

        if (StaffReason.Check(reason) is var said && !said.IsSuccess)
        {
            return said.Error;
        }

        var found = await FindAsync(transferId, ct);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        return await StepAsync(
            transferId,
            CustomerAccounts(found.Value.DebitAccountId, found.Value.CreditAccountId),
            snapshot => ValueTask.FromResult(
                snapshot.Transfer is not { Status: TransferStatus.Held } ? new AlreadyThere()
                : target == TransferStatus.Posted ? LedgerRules.Release(snapshot, actor.UserId, said.Value, time.GetUtcNow())
                : rules.Reject(snapshot, actor.UserId, said.Value, time.GetUtcNow())),
            existing => existing.Status == target && existing.SettledBy == actor.UserId ? existing : new NotHeldError(),
            isNew: false,
            unanswered: null,
            ct);
    }

    private async Task<Result<Transfer>> FindAsync(string transferId, CancellationToken ct)
    {
        try
        {
            return DerivedId.IsWellFormed(transferId) && await store.FindTransferAsync(transferId, ct) is { } transfer
                ? transfer
                : new NotFoundError("transfer");
        }
        catch (LedgerUnavailableException exception)
        {
            logger.LogWarning(exception, "Transfer {TransferId} could not be read", transferId);
            return new LedgerUnreachableError();
        }
    }

    private async Task<Result<Transfer>> StepAsync(
        string transferId,
        string[] accountIds,
        Func<LedgerSnapshot, ValueTask<Result<LedgerCommit>>> decide,
        Func<Transfer, Result<Transfer>> judgeExisting,
        bool isNew,
        LedgerCommit? unanswered,
        CancellationToken ct)
    {
        // A commit that got no answer (unanswered) may have taken effect, or may still do so.
        var faults = 0;

        // The rows as this process left them a moment ago may spare the reading. If they are still so, the commit proves it.
        // Nobody is refused on such a guess, and it does not count as a try.
        var guess = isNew ? _remembered.Find(accountIds) : null;

        for (var attempt = guess is null ? 0 : -1; attempt < options.MaxTries; attempt++)
        {
            LedgerCommit? sent = null;
            try
            {
                var snapshot = guess ?? await store.ReadAsync(transferId, accountIds, ct);
                var isGuess = guess is not null;
                guess = null;
                var decision = await decide(snapshot);
                if (isGuess && !(decision.IsSuccess && decision.Value.Accounts.Length == accountIds.Length))
                {
                    // Refused, or a row was relied on that the commit would not prove: of a hold, the credited account's.
                    continue;
                }

                if (decision.Error is AlreadyThere)
                {
                    return snapshot.Transfer is { } existing ? judgeExisting(existing) : new NotFoundError("transfer");
                }

                if (!decision.IsSuccess)
                {
                    return await RefuseAsync(transferId, decision.Error, snapshot, unanswered, judgeExisting, ct);
                }

                sent = decision.Value;
                switch (await store.CommitAsync(sent, ct))
                {
                    case CommitOutcome.Committed:
                        _remembered.Remember(sent.Accounts);
                        feed.Publish(sent.Transfer);
                        return sent.Transfer;
                    case CommitOutcome.TransferDiffers differs:
                        return judgeExisting(differs.Current);
                }

                _remembered.Forget(accountIds);
                if (isGuess)
                {
                    continue;
                }
            }
            catch (LedgerUnavailableException exception)
            {
                // An earlier one without an answer rests on the same versions, or on older ones and can no longer land.
                unanswered = sent ?? unanswered;
                logger.LogWarning(exception, "Ledger store fault {Fault} on transfer {TransferId}", ++faults, transferId);
                if (faults >= MaxFaults)
                {
                    return unanswered is null ? new LedgerUnreachableError() : new OutcomeUnknownError();
                }
            }

            await Backoff.DelayAsync(attempt, ct);
        }

        return unanswered is null ? new BusyError() : new OutcomeUnknownError();
    }

    // The rows of a snapshot are read together but not at one instant: the same order, sent a second time or by a commit
    // that got no answer, may have landed between them and be the very reason for the refusal. So the transfer's row is
    // read once more, after the accounts. If it is not there and an account has moved on since the unanswered commit was
    // made, that commit can never land: its condition on the version no longer holds.
    private async Task<Result<Transfer>> RefuseAsync(
        string transferId, Error refusal, LedgerSnapshot snapshot, LedgerCommit? unanswered, Func<Transfer, Result<Transfer>> judgeExisting, CancellationToken ct)
    {
        if (await store.FindTransferAsync(transferId, ct) is { } landed && landed.Status != snapshot.Transfer?.Status)
        {
            return judgeExisting(landed);
        }

        var cannotLand = unanswered is null
            || unanswered.Accounts.Any(after => snapshot.Accounts.TryGetValue(after.Id, out var read) && read.Version != after.Version - 1);
        return cannotLand ? refusal : new OutcomeUnknownError();
    }

    private sealed record Waiting(TransferOrder Order, string[] AccountIds, Task<RiskBackground> Background, CancellationToken Ct)
    {
        public RiskBackground Known { get; set; } = RiskBackground.NotAssessed;

        public CultureInfo Culture { get; } = CultureInfo.CurrentCulture;

        public TaskCompletionSource<Result<Transfer>> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record AlreadyThere() : Error("The transfer's row exists.");
}
