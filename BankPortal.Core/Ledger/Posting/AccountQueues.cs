namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Queues the work of this process by account, so that it does not compete with itself: work that shares an account waits
/// for each other, or is carried out together; all other work runs in parallel. Each account has a queue in the order of
/// arrival. Work begins when it is the first in the queues of all its accounts and none of them is in use, so nothing is
/// overtaken, nothing waits for what came later, and nobody can wait in a circle.
/// Only for speed, and only in memory: across processes the conditions of the commit are the one guarantee. Thread-safe.
/// </summary>
/// <param name="mostTogether">How much work a batch holds at the most.</param>
internal sealed class AccountQueues(int mostTogether)
{
    private readonly Lock _lock = new();

    // An account that nobody uses or waits for has no queue.
    private readonly Dictionary<string, AccountQueue> _queues = new(StringComparer.Ordinal);
    private long _arrivals;

    /// <summary>How many accounts are in use or waited for.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _queues.Count;
            }
        }
    }

    /// <summary>Begins the work at once if nobody uses or waits for one of its accounts; queues it otherwise.</summary>
    /// <returns>
    /// The batch of this work alone: the caller carries it out and then calls <see cref="Leave"/>. <see langword="null"/> when the
    /// work waits; <see cref="QueuedWork.Begin"/> is called when its turn comes.
    /// </returns>
    public Batch? Enter(QueuedWork work)
    {
        lock (_lock)
        {
            work.Arrival = ++_arrivals;
            if (!work.AccountIds.Any(_queues.ContainsKey))
            {
                var batch = new Batch();
                Take(batch, work);
                return batch;
            }

            foreach (var id in work.AccountIds)
            {
                QueueOf(id).Waiting.Enqueue(work);
            }

            return null;
        }
    }

    /// <summary>Frees the accounts of a batch that is done, and begins what waited for them.</summary>
    public void Leave(Batch batch)
    {
        List<Batch> next;
        lock (_lock)
        {
            foreach (var id in batch.AccountIds)
            {
                _queues[id].User = null;
            }

            next = BeginNext(batch.AccountIds);
        }

        Begin(next);
    }

    /// <summary>Takes work out of the queues whose wait was cancelled, so that it does not keep others waiting.</summary>
    /// <returns>Whether it was still waiting; <see langword="false"/> when it has begun.</returns>
    public bool Withdraw(QueuedWork work)
    {
        List<Batch> next;
        lock (_lock)
        {
            if (work.State != QueuedWorkState.Waiting)
            {
                return false;
            }

            work.State = QueuedWorkState.Withdrawn;
            next = BeginNext(work.AccountIds);
        }

        Begin(next);
        return true;
    }

    /// <summary>Waits for the accounts and carries something out by itself, on the caller's flow.</summary>
    /// <param name="accountIds">The customer accounts, each once.</param>
    /// <param name="run">What to carry out.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<T> RunAloneAsync<T>(IReadOnlyCollection<string> accountIds, Func<Task<T>> run, CancellationToken ct)
    {
        var turn = new Turn(accountIds);
        if (Enter(turn) is not { } batch)
        {
            try
            {
                batch = await turn.Came.Task.WaitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                if (!Withdraw(turn))
                {
                    // Its turn came at the same moment; nobody else would end it.
                    Leave(await turn.Came.Task);
                }

                throw;
            }
        }

        try
        {
            return await run();
        }
        finally
        {
            Leave(batch);
        }
    }

    // Outside the lock: what begins may enter or leave at once.
    private static void Begin(List<Batch> batches)
    {
        foreach (var batch in batches)
        {
            batch.Works[0].Begin(batch);
        }
    }

    // Only work at the head of one of these queues can have become ready. The oldest goes first.
    private List<Batch> BeginNext(IReadOnlyCollection<string> accountIds)
    {
        var batches = new List<Batch>();
        foreach (var work in accountIds.Select(Head).OfType<QueuedWork>().OrderBy(work => work.Arrival).ToList())
        {
            if (work.State == QueuedWorkState.Waiting && IsReady(work, null))
            {
                var batch = new Batch();
                Take(batch, work);
                if (work.CanShareCommit)
                {
                    Fill(batch);
                }

                batches.Add(batch);
            }
        }

        foreach (var id in accountIds)
        {
            if (_queues.TryGetValue(id, out var queue) && queue.User is null && Head(id) is null)
            {
                _queues.Remove(id);
            }
        }

        return batches;
    }

    // Adds what waits for an account of the batch, the oldest first, as long as it is next in all its queues and its other
    // account is free. Whatever joins shares an account with the batch.
    private void Fill(Batch batch)
    {
        var heads = new PriorityQueue<QueuedWork, long>();
        AddHeads(batch.AccountIds);
        while (batch.Works.Count < mostTogether && heads.TryDequeue(out var work, out _))
        {
            if (work is { State: QueuedWorkState.Waiting, CanShareCommit: true } && IsReady(work, batch))
            {
                Take(batch, work);
                AddHeads(work.AccountIds);
            }
        }

        void AddHeads(IEnumerable<string> accountIds)
        {
            foreach (var head in accountIds.Select(Head).OfType<QueuedWork>())
            {
                heads.Enqueue(head, head.Arrival);
            }
        }
    }

    private bool IsReady(QueuedWork work, Batch? batch) =>
        work.AccountIds.All(id => Head(id) == work && (_queues[id].User is null || _queues[id].User == batch));

    private void Take(Batch batch, QueuedWork work)
    {
        work.State = QueuedWorkState.Begun;
        foreach (var id in work.AccountIds)
        {
            var queue = QueueOf(id);
            queue.User = batch;
            if (queue.Waiting.TryPeek(out var head) && head == work)
            {
                queue.Waiting.Dequeue();
            }
        }

        batch.Add(work);
    }

    private QueuedWork? Head(string accountId)
    {
        if (!_queues.TryGetValue(accountId, out var queue))
        {
            return null;
        }

        while (queue.Waiting.TryPeek(out var head))
        {
            if (head.State == QueuedWorkState.Waiting)
            {
                return head;
            }

            queue.Waiting.Dequeue();
        }

        return null;
    }

    private AccountQueue QueueOf(string accountId) =>
        _queues.TryGetValue(accountId, out var queue) ? queue : _queues[accountId] = new AccountQueue();

    /// <summary>Work that is carried out together, and the accounts it uses meanwhile.</summary>
    internal sealed class Batch
    {
        private readonly List<QueuedWork> _works = [];
        private readonly HashSet<string> _accountIds = new(StringComparer.Ordinal);

        /// <summary>The work, in the order of arrival.</summary>
        public IReadOnlyList<QueuedWork> Works => _works;

        /// <summary>The accounts of all of it.</summary>
        public IReadOnlyCollection<string> AccountIds => _accountIds;

        internal void Add(QueuedWork work)
        {
            _works.Add(work);
            _accountIds.UnionWith(work.AccountIds);
        }
    }

    private sealed class Turn(IReadOnlyCollection<string> accountIds) : QueuedWork(accountIds, canShareCommit: false)
    {
        public TaskCompletionSource<Batch> Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Begin(Batch batch) => Came.SetResult(batch);
    }

    private sealed class AccountQueue
    {
        public Batch? User { get; set; }

        public Queue<QueuedWork> Waiting { get; } = new();
    }
}
