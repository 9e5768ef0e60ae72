namespace BankPortal.Core.Ledger.Posting;

/// <summary>Work on customer accounts that waits in their queues until it may begin.</summary>
/// <param name="accountIds">The customer accounts it reads or writes, each once.</param>
/// <param name="canShareCommit">Whether it may be carried out together with other work.</param>
internal abstract class QueuedWork(IReadOnlyCollection<string> accountIds, bool canShareCommit)
{
    /// <summary>The customer accounts it reads or writes.</summary>
    public IReadOnlyCollection<string> AccountIds { get; } = accountIds;

    /// <summary>Whether it may be carried out together with other work.</summary>
    public bool CanShareCommit { get; } = canShareCommit;

    /// <summary>Its place in the order of arrival. Belongs to the queues.</summary>
    internal long Arrival { get; set; }

    /// <summary>Where it stands. Belongs to the queues.</summary>
    internal QueuedWorkState State { get; set; }

    /// <summary>
    /// Begins a batch that waited and whose first work this is. Must not wait or fail; whoever carries the batch out leaves the
    /// queues when it is done.
    /// </summary>
    public abstract void Begin(AccountQueues.Batch batch);
}

/// <summary>Where queued work stands.</summary>
internal enum QueuedWorkState
{
    /// <summary>It has not begun.</summary>
    Waiting,

    /// <summary>It is being carried out, or done.</summary>
    Begun,

    /// <summary>Its wait was cancelled before it began.</summary>
    Withdrawn,
}
