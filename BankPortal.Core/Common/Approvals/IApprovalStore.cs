namespace BankPortal.Core.Common.Approvals;

/// <summary>Keeps approvals and their history. Reads are strongly consistent except for what is pending. Thread-safe.</summary>
public interface IApprovalStore
{
    /// <summary>Reads an approval, or <see langword="null"/>. One round trip.</summary>
    Task<Approval?> FindAsync(string subject, string id, CancellationToken ct = default);

    /// <summary>Writes an approval, if the stored version is the one before its own; a new one has version 1. One round trip.</summary>
    /// <returns>Whether it was written.</returns>
    Task<bool> TryWriteAsync(Approval approval, CancellationToken ct = default);

    /// <summary>Reads the approvals of a subject, the latest first. One round trip.</summary>
    Task<ImmutableArray<Approval>> HistoryAsync(string subject, int limit, CancellationToken ct = default);

    /// <summary>Finds what is pending, the longest waiting first, from an index that follows a moment later. One round trip.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="limit">The most approvals.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<ImmutableArray<Approval>> FindPendingAsync(string kind, int limit, CancellationToken ct = default);
}

/// <summary>Says whether somebody may not decide because of what they have to do with the people involved. Thread-safe.</summary>
public interface IApproverCheck
{
    /// <summary>Returns why a user may not decide; <see langword="null"/> when they may.</summary>
    /// <param name="userId">Who wants to decide.</param>
    /// <param name="makerId">Who asked.</param>
    /// <param name="parties">Whom it concerns.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<Error?> FindAsync(string userId, string makerId, IReadOnlyCollection<string> parties, CancellationToken ct = default);
}
