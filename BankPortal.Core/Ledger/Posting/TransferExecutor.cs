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

    /// <summary>Executes orders one after the other, as many in one commit as fit.</summary>
    /// <param name="orders">The orders.</param>
    /// <param name="ct">Cancels the wait for the accounts; what has begun is carried out.</param>
    /// <returns>The answers in the order of the orders. They end early after an order that the store did not answer.</returns>
    public async Task<IReadOnlyList<Result<Transfer>>> ExecuteInOrderAsync(IReadOnlyList<TransferOrder> orders, CancellationToken ct)
    {
        var answers = new List<Result<Transfer>>(orders.Count);
        foreach (var chunk in orders.Chunk(LedgerGroup.MaxTransfers))
        {
            ct.ThrowIfCancellationRequested();
            var accountIds = chunk
                .SelectMany(order => GeneralLedger.CustomerAccountsOf(order.DebitAccountId, order.CreditAccountId))
                .Distinct(StringComparer.Ordinal)
                .ToList();
            if (!await queues.RunAloneAsync(accountIds, () => RunInOrderAsync(chunk, accountIds, answers), ct))
            {
                break;
            }
        }

        return answers;
    }

    /// <summary>Whether an order was neither carried out nor refused by a rule: the same order may be sent again.</summary>
    public static bool IsWithoutAnswer(Result<Transfer> answer) =>
        !answer.IsSuccess && answer.Error is BusyError or LedgerUnreachableError or OutcomeUnknownError;

    // Gives back whether all orders are answered.
    private async Task<bool> RunInOrderAsync(
        IReadOnlyList<TransferOrder> orders, IReadOnlyCollection<string> accountIds, List<Result<Transfer>> answers)
    {
        var waiting = new Queue<PendingOrder>(
            orders.Select(order => new PendingOrder(this, decider, order, decider.GatherAsync(order), CancellationToken.None)));
        LedgerCommit? unanswered = null;
        while (waiting.TryPeek(out var next))
        {
            if (waiting.Count > 1 && unanswered is null && LedgerRules.Validate(next.Order) is null)
            {
                (var answered, unanswered) = await TryInOrderAsync([.. waiting], accountIds);
                foreach (var answer in answered)
                {
                    answers.Add(answer);
                    waiting.Dequeue();
                }

                if (answered.Count > 0)
                {
                    continue;
                }
            }

            // By itself: the answer to an order that is refused, and to one whose group had no luck.
            answers.Add(LedgerRules.Validate(next.Order) is { } invalid
                ? invalid
                : await commits.RunAsync(next, unanswered, CancellationToken.None));
            waiting.Dequeue();
            if (IsWithoutAnswer(answers[^1]))
            {
                return false;
            }
        }

        return true;
    }

    // Answers as many orders from the first on as can be committed together: up to the first that is refused or does not fit. Answers
    // none when the commit was not accepted, and gives back a commit without answer.
    private async Task<(IReadOnlyList<Result<Transfer>> Answers, LedgerCommit? Unanswered)> TryInOrderAsync(
        IReadOnlyList<PendingOrder> orders, IReadOnlyCollection<string> accountIds)
    {
        LedgerCommit? sent = null;
        try
        {
            var rows = remembered.Find(accountIds);
            var snapshot = rows is not null
                ? new GroupSnapshot(ImmutableDictionary<string, Transfer>.Empty, rows.Accounts)
                : await store.ReadManyAsync([.. orders.Select(order => order.TransferId).Distinct(StringComparer.Ordinal)], accountIds);
            var group = new LedgerGroup(snapshot.Accounts);
            var answers = new List<Result<Transfer>>(orders.Count);
            var posted = new Dictionary<string, Transfer>(StringComparer.Ordinal);
            foreach (var order in orders)
            {
                if (snapshot.Transfers.TryGetValue(order.TransferId, out var existing))
                {
                    answers.Add(order.AnswerFrom(existing));
                }
                else if (!posted.ContainsKey(order.TransferId)
                    && LedgerRules.Validate(order.Order) is null
                    && decider.Decide(order.Order, group.Now, await order.WaitForBackgroundAsync()) is { Commit: { } step } decision
                    && group.TryAdd(step))
                {
                    posted.Add(order.TransferId, step.Transfer);
                    answers.Add(decision is Decision.Declined { Error: var declined } ? declined : step.Transfer);
                }
                else
                {
                    break;
                }
            }

            if (group.IsEmpty)
            {
                return (answers, null);
            }

            // Remembered rows count only where the commit proves every one of them.
            var commit = group.ToCommit();
            if (rows is not null && commit.Accounts.Length != accountIds.Count)
            {
                remembered.Forget(accountIds);
                return await TryInOrderAsync(orders, accountIds);
            }

            sent = commit;
            if (await store.CommitAsync(sent) is not CommitOutcome.Committed)
            {
                // Remembered rows also take the transfers' rows for missing; those may be there. Then they are read.
                remembered.Forget(accountIds);
                return rows is null ? ([], null) : await TryInOrderAsync(orders, accountIds);
            }

            faults.Succeeded();
            remembered.Remember(sent.Accounts);
            foreach (var transfer in posted.Values)
            {
                feed.Publish(transfer);
            }

            return (answers, null);
        }
        catch (LedgerUnavailableException exception)
        {
            LogGroupFault(logger, orders.Count);
            faults.Failed(exception);
            return ([], sent);
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
