using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Executes new orders. An order whose accounts are free is executed at once. Others wait in the queues of their accounts;
/// those that share accounts are then committed together. Thread-safe.
/// </summary>
internal sealed partial class TransferExecutor(
    ILedgerStore store,
    OrderDecider decider,
    CommitLoop commits,
    AccountQueues queues,
    RememberedRows remembered,
    TransferFeed feed,
    FailureLog faults,
    ILogger logger)
{
    // A group that loses twice competes with another process that is as busy with one of its accounts; alone, the others get on.
    private const int MaxGroupTries = 2;

    /// <summary>Posts a transfer, or reserves its funds.</summary>
    /// <param name="order">The order.</param>
    /// <param name="ct">Cancels the wait; an order that waited and has begun is carried out.</param>
    public async Task<Result<Transfer>> ExecuteAsync(TransferOrder order, CancellationToken ct)
    {
        if (LedgerRules.Validate(order) is { } invalid)
        {
            return invalid;
        }

        var pending = new PendingOrder(this, decider, order, decider.GatherAsync(order), ct);
        if (queues.Enter(pending) is { } batch)
        {
            try
            {
                return await commits.RunAsync(pending, null, ct);
            }
            finally
            {
                queues.Leave(batch);
            }
        }

        try
        {
            return await pending.Answer.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            queues.Withdraw(pending);
            throw;
        }
    }

    private async Task RunAsync(AccountQueues.Batch batch)
    {
        try
        {
            await RunAsync([.. batch.Works.Cast<PendingOrder>().Where(order => !order.IsCancelled)]);
        }
        finally
        {
            queues.Leave(batch);
        }
    }

    private async Task RunAsync(IReadOnlyList<PendingOrder> orders)
    {
        // The same key twice at once: the second is executed when the first is done, and finds its transfer.
        var group = orders.DistinctBy(order => order.TransferId, StringComparer.Ordinal).ToList();
        LedgerCommit? unanswered = null;
        try
        {
            for (var attempt = 0; attempt < MaxGroupTries && group.Count > 1 && unanswered is null; attempt++)
            {
                unanswered = await TryGroupAsync(group);
                group.RemoveAll(order => order.Answer.Task.IsCompleted);
            }
        }
        catch (Exception exception)
        {
            // Whatever it was, alone each order gets its own answer.
            LogGroupGivenUp(logger, exception, group.Count);
        }

        foreach (var order in orders.Where(order => !order.Answer.Task.IsCompleted))
        {
            try
            {
                // A refusal names amounts as the person who asked writes them.
                CultureInfo.CurrentCulture = order.Culture;
                order.Answer.TrySetResult(await commits.RunAsync(order, unanswered, CancellationToken.None));
            }
            catch (Exception exception)
            {
                order.Answer.TrySetException(exception);
            }
        }
    }

    // Answers the orders it can. Those left over are executed again: refusals, which may rest on what others of the group did
    // not come to do, orders that do not fit, and all of them when the commit was not accepted. Gives back a commit without answer.
    private async Task<LedgerCommit?> TryGroupAsync(List<PendingOrder> orders)
    {
        LedgerCommit? sent = null;
        try
        {
            var snapshot = await store.ReadManyAsync(
                [.. orders.Select(order => order.TransferId)],
                [.. orders.SelectMany(order => order.AccountIds).Distinct(StringComparer.Ordinal)]);
            var backgrounds = await Task.WhenAll(orders.Select(order => order.WaitForBackgroundAsync().AsTask()));

            var group = new LedgerGroup(snapshot.Accounts);
            var answers = new List<(PendingOrder Order, Transfer Transfer, Result<Transfer> Answer)>();
            foreach (var (order, background) in orders.Zip(backgrounds))
            {
                if (snapshot.Transfers.TryGetValue(order.TransferId, out var existing))
                {
                    order.Answer.TrySetResult(order.AnswerFrom(existing));
                }
                else if (decider.Decide(order.Order, group.Now, background) is { Commit: { } step } decision && group.TryAdd(step))
                {
                    answers.Add((order, step.Transfer, decision is Decision.Declined { Error: var declined } ? declined : step.Transfer));
                }
            }

            if (group.IsEmpty)
            {
                return null;
            }

            sent = group.ToCommit();
            if (await store.CommitAsync(sent) is not CommitOutcome.Committed)
            {
                remembered.Forget(snapshot.Accounts.Keys);
                return null;
            }

            faults.Succeeded();
            remembered.Remember(sent.Accounts);
            foreach (var (order, transfer, answer) in answers)
            {
                feed.Publish(transfer);
                order.Answer.TrySetResult(answer);
            }

            return null;
        }
        catch (LedgerUnavailableException exception)
        {
            LogGroupFault(logger, orders.Count);
            faults.Failed(exception);
            return sent;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A group of {Count} transfers was given up")]
    private static partial void LogGroupGivenUp(ILogger logger, Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Ledger store fault on a group of {Count} transfers")]
    private static partial void LogGroupFault(ILogger logger, int count);

    /// <summary>An order until it has its answer.</summary>
    private sealed class PendingOrder(
        TransferExecutor executor, OrderDecider decider, TransferOrder order, Task<RiskBackground> gathering, CancellationToken ct)
        : QueuedWork(GeneralLedger.CustomerAccountsOf(order.DebitAccountId, order.CreditAccountId), canShareCommit: true), ILedgerStep
    {
        public TransferOrder Order => order;

        public string TransferId { get; } = order.TransferId;

        public bool MayUseRememberedRows => true;

        public bool IsCancelled => ct.IsCancellationRequested;

        public CultureInfo Culture { get; } = CultureInfo.CurrentCulture;

        public TaskCompletionSource<Result<Transfer>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // On a thread of its own: the request that left the queues already has its answer and does not wait for this batch.
        public override void Begin(AccountQueues.Batch batch) =>
            ThreadPool.UnsafeQueueUserWorkItem(
                static state => _ = state.executor.RunAsync(state.batch), (executor, batch), preferLocal: false);

        public ValueTask<AwaitedBackground> WaitForBackgroundAsync() => decider.WaitAsync(order, gathering);

        public async ValueTask<Decision> DecideAsync(LedgerSnapshot snapshot) =>
            snapshot.Transfer is { } existing
                ? new Decision.Existing(existing)
                : decider.Decide(order, snapshot, await WaitForBackgroundAsync());

        public Result<Transfer> AnswerFrom(Transfer existing) => LedgerRules.Repeat(order, existing);
    }
}
