namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// Brings the orders of this process together that want the same account. The first one is carried out at once; those
/// that come meanwhile wait in its lane and are then carried out together. Only for speed: correctness rests on the
/// conditions of the commit, which also hold against other processes.
/// </summary>
/// <typeparam name="T">An order with the place its result goes to.</typeparam>
internal sealed class LedgerLanes<T>
    where T : notnull
{
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    /// <summary>
    /// Opens a lane over the accounts, or joins the lane of one of them.
    /// </summary>
    /// <returns>The lane when the caller is its first and must run it; <see langword="null"/> when the order waits for others to run it.</returns>
    public Lane? Enter(IReadOnlyCollection<string> accountIds, T order)
    {
        lock (_lanes)
        {
            foreach (var id in accountIds)
            {
                if (_lanes.TryGetValue(id, out var running))
                {
                    running.Waiting.Enqueue(order);
                    return null;
                }
            }

            var lane = new Lane([.. accountIds]);
            foreach (var id in accountIds)
            {
                _lanes[id] = lane;
            }

            return lane;
        }
    }

    /// <summary>The next orders of the lane, <paramref name="most"/> at the most; none when the lane is closed because nobody waits.</summary>
    public IReadOnlyList<T> Next(Lane lane, int most)
    {
        lock (_lanes)
        {
            var next = new List<T>(Math.Min(most, lane.Waiting.Count));
            while (next.Count < most && lane.Waiting.TryDequeue(out var order))
            {
                next.Add(order);
            }

            if (next.Count == 0)
            {
                foreach (var id in lane.AccountIds)
                {
                    _lanes.Remove(id);
                }
            }

            return next;
        }
    }

    /// <summary>A lane: the accounts it stands for and who waits.</summary>
    internal sealed class Lane(string[] accountIds)
    {
        public string[] AccountIds { get; } = accountIds;

        public Queue<T> Waiting { get; } = new();
    }
}
