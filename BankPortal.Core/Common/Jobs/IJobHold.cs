namespace BankPortal.Core.Common.Jobs;

/// <summary>
/// A reason for which jobs wait that rely on complete past days (<see cref="IBankJob.NeedsCompleteHistory"/>): the bank's history is still
/// being loaded. Asked before each run. Implementations are thread-safe.
/// </summary>
public interface IJobHold
{
    /// <summary>
    /// What the jobs wait for, as a short sentence such as <c>Demo history: 64 %</c>; <see langword="null"/> when they need not wait.
    /// One small read at most while it is loaded, none after that.
    /// </summary>
    Task<string?> FindReasonAsync(CancellationToken ct = default);
}
