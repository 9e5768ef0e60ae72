using BankPortal.Core.Ledger.Transfers;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>What came of a commit.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>All of it is written.</summary>
    public sealed record Committed : CommitOutcome;

    /// <summary>Nothing is written: the transfer's row is not in the expected state but in this one.</summary>
    /// <param name="Current">The row as it is.</param>
    public sealed record TransferDiffers(Transfer Current) : CommitOutcome;

    /// <summary>Nothing is written: an account was changed by somebody else since it was read. Read again and retry.</summary>
    public sealed record Stale : CommitOutcome;
}
