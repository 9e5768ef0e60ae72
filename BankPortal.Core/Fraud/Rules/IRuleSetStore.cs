namespace BankPortal.Core.Fraud.Rules;

/// <summary>Stores the versions of the rule set. Every read is strongly consistent. Implementations are thread-safe.</summary>
public interface IRuleSetStore
{
    /// <summary>Reads which versions are live and in shadow; <see langword="null"/> before the bank's first start.</summary>
    Task<RuleSetPointers?> ReadPointersAsync(CancellationToken ct = default);

    /// <summary>Reads one version; <see langword="null"/> when it does not exist.</summary>
    Task<RuleSetVersion?> FindAsync(int number, CancellationToken ct = default);

    /// <summary>Reads versions, newest first.</summary>
    /// <param name="before">Only versions with a smaller number; <see langword="null"/> for the newest.</param>
    /// <param name="limit">The most versions to return.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<IReadOnlyList<RuleSetVersion>> ListAsync(int? before, int limit, CancellationToken ct = default);

    /// <summary>Writes the bank's first version and the pointers to it, unless a version exists.</summary>
    /// <returns><see langword="true"/> when this call wrote it.</returns>
    Task<bool> StartAsync(RuleSetVersion first, CancellationToken ct = default);

    /// <summary>Adds a version.</summary>
    /// <returns><see langword="false"/> when the number is taken.</returns>
    Task<bool> AddAsync(RuleSetVersion version, CancellationToken ct = default);

    /// <summary>Writes changed versions, and the pointers if they change, in one transaction.</summary>
    /// <param name="changed">The versions, each with the next revision.</param>
    /// <param name="pointers">The new pointers, with the next revision; <see langword="null"/> when they do not change.</param>
    /// <param name="ct">Cancels the write.</param>
    /// <returns><see langword="false"/> when any of the rows has changed since it was read; nothing is written then.</returns>
    Task<bool> ReplaceAsync(IReadOnlyList<RuleSetVersion> changed, RuleSetPointers? pointers, CancellationToken ct = default);
}
