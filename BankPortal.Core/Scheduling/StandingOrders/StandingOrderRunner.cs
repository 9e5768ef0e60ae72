using BankPortal.Core.Common.Events;
using BankPortal.Core.Ledger.Payees;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>
/// Executes the payments of a standing order that are due. Each date is paid once: the transfer's idempotency key is made of the order
/// and the date, and the order moves on only after the transfer. Whoever repeats it, after a crash or beside another node, gets the first
/// transfer again. Thread-safe.
/// </summary>
public sealed partial class StandingOrderRunner(
    IStandingOrderStore store,
    StandingOrderPlan plan,
    LedgerService ledger,
    IPayeeStore payees,
    ICustomerDirectory directory,
    IBankEvents events,
    SchedulingClock clock,
    ILogger<StandingOrderRunner> logger)
{
    // More dates than these are left to the next run of the job.
    private const int MostAtOnce = 20;

    private const int MaxTries = 8;

    /// <summary>Executes what is due of one order, date by date, up to the first that has to wait.</summary>
    /// <param name="due">The order, as the index named it.</param>
    /// <param name="ct">Stops before the next payment.</param>
    /// <returns>How many payments have been made or given up.</returns>
    public async Task<int> RunAsync(DueOrder due, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(due);
        for (var settled = 0; ; settled++)
        {
            ct.ThrowIfCancellationRequested();
            var order = settled < MostAtOnce ? await store.FindAsync(due.OwnerId, due.OrderId, ct) : null;
            if (order is not { State: StandingOrderState.Active, NextDate: { } date, NextRunAt: { } at }
                || at > clock.Now
                || !await ExecuteAsync(order, date, ct))
            {
                return settled;
            }
        }
    }

    // Whether the payment has been made or given up; otherwise it waits for its next try.
    private async Task<bool> ExecuteAsync(StandingOrder order, DateOnly date, CancellationToken ct)
    {
        if (plan.IsMissed(order))
        {
            return await SettleAsync(order, RunOf(order, date, RunOutcome.Missed, null, null), null, isLasting: false, ct);
        }

        var result = await PayAsync(order, date, ct);
        if (result.IsSuccess)
        {
            var transfer = result.Value;
            var outcome = transfer.Status == TransferStatus.Posted ? RunOutcome.Paid : RunOutcome.Held;
            var run = RunOf(order, date, outcome, transfer.Id, null) with { Amount = transfer.Amount };
            return await SettleAsync(order, run, transfer.Reference, isLasting: false, ct);
        }

        switch (result.Error)
        {
            case BusyError or LedgerUnreachableError or OutcomeUnknownError:
                // Still due: the next run of the job tries again, under the same key.
                LogDeferred(logger, order.Id, result.Error.Code);
                return false;

            case InsufficientFundsError or OverDailyLimitError or DebitAccountFrozenError
                when plan.Retry(order, result.Error) is { } later:
                await store.TryWriteAsync(later with { Version = order.Version + 1, ChangedAt = clock.Now }, null, ct);
                LogDeferred(logger, order.Id, result.Error.Code);
                return false;

            default:
                var isLasting = result.Error is DebitAccountClosedError or CreditAccountClosedError or NotFoundError or NotAllowedError
                    or CurrencyMismatchError or OverTransferLimitError or InvalidInputError or SameAccountError;
                return await SettleAsync(order, RunOf(order, date, RunOutcome.Failed, null, result.Error.Code), null, isLasting, ct);
        }
    }

    private async Task<Result<Transfer>> PayAsync(StandingOrder order, DateOnly date, CancellationToken ct)
    {
        var actor = Actor.Customer(order.OwnerId);
        var key = order.KeyOf(date);
        var result = await ledger.ExecuteAsync(
            new TransferOrder
            {
                Actor = actor,
                IdempotencyKey = key,
                Kind = TransferKind.Transfer,
                DebitAccountId = order.FromAccountId,
                CreditAccountId = order.ToAccountId,
                Amount = order.Amount,
                Description = order.Description,
                CreditName = order.PayeeName,
                DebitName = order.IsOwn ? null : await directory.FindNameAsync(order.OwnerId, ct),
                DuplicateConfirmed = true,
            },
            ct);
        if (result.Error is IdempotencyKeyReusedError && await ledger.FindByKeyAsync(actor, key, ct) is { } paid)
        {
            // The order was changed between the transfer of this date and the note of it.
            return paid.Status == TransferStatus.Blocked ? new DeclinedError() : paid;
        }

        if (result.IsSuccess && order.PayeeName is { } name)
        {
            await RememberAsync(order.OwnerId, new Payee(order.ToAccountId, order.ToNumber, name, clock.Now, clock.Now), ct);
        }

        return result;
    }

    // The event first: a crash in between raises it again under the same id, and nothing is told twice or forgotten.
    private async Task<bool> SettleAsync(StandingOrder order, StandingOrderRun run, string? reference, bool isLasting, CancellationToken ct)
    {
        await events.RaiseAsync(StandingOrderEvents.Of(order, run, reference), ct);
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var next = plan.After(order, run, isLasting) with { Version = order.Version + 1, ChangedAt = run.At };
            if (next.State == StandingOrderState.Paused && order.State == StandingOrderState.Active)
            {
                await events.RaiseAsync(StandingOrderEvents.PausedAfter(next, run), ct);
            }

            if (await store.TryWriteAsync(next, run, ct))
            {
                return true;
            }

            if (await store.FindAsync(order.OwnerId, order.Id, ct) is not { } now || now.LastDate >= run.Date)
            {
                // Another node has noted it.
                return true;
            }

            // The customer changed the order meanwhile.
            order = now;
        }

        throw new InvalidOperationException("A standing order kept changing while a payment was being noted.");
    }

    private StandingOrderRun RunOf(StandingOrder order, DateOnly date, RunOutcome outcome, string? transferId, string? refusal) => new()
    {
        OrderId = order.Id,
        OwnerId = order.OwnerId,
        Date = date,
        Outcome = outcome,
        Amount = order.Amount,
        At = clock.Now,
        TransferId = transferId,
        Refusal = refusal,
    };

    private async Task RememberAsync(string userId, Payee payee, CancellationToken ct)
    {
        try
        {
            await payees.RememberAsync(userId, payee, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The money has moved; a payee that is not remembered is only asked for once more.
            LogNotRemembered(logger, exception, userId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A payment of standing order {OrderId} waits for its next try: {Refusal}")]
    private static partial void LogDeferred(ILogger logger, string orderId, string refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payee of user {UserId} was not remembered")]
    private static partial void LogNotRemembered(ILogger logger, Exception exception, string userId);
}
