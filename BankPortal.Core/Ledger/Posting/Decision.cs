namespace BankPortal.Core.Ledger.Posting;

/// <summary>What the rules decide on one step of a transfer, given the rows as read.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>What to write; <see langword="null"/> when nothing is to be written.</summary>
    public virtual LedgerCommit? Commit => null;

    /// <summary>The step is allowed: write it, and answer with its transfer.</summary>
    /// <param name="Step">What to write.</param>
    public sealed record Accepted(LedgerCommit Step) : Decision
    {
        /// <inheritdoc/>
        public override LedgerCommit Commit => Step;
    }

    /// <summary>The assessment refuses the transfer: write the row that records the attempt, and answer with the refusal.</summary>
    /// <param name="Record">The row; it moves and reserves nothing.</param>
    /// <param name="Error">The refusal.</param>
    public sealed record Declined(LedgerCommit Record, Error Error) : Decision
    {
        /// <inheritdoc/>
        public override LedgerCommit Commit => Record;
    }

    /// <summary>A rule forbids the step: write nothing.</summary>
    /// <param name="Error">The rule.</param>
    public sealed record Refused(Error Error) : Decision;

    /// <summary>The step was taken before, by this or another request: write nothing; the transfer's row holds the answer.</summary>
    /// <param name="Transfer">The row as it is.</param>
    public sealed record Existing(Transfer Transfer) : Decision;

    /// <summary>The decision on a step that either is allowed or breaks a rule.</summary>
    public static Decision Of(Result<LedgerCommit> step) => step.IsSuccess ? new Accepted(step.Value) : new Refused(step.Error);
}
