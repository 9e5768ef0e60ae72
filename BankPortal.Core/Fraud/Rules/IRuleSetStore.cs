namespace BankPortal.Core.Fraud.Rules;

/// <summary>Keeps the versions of the rule set. All reading is strongly consistent.</summary>
public interface IRuleSetStore
{
    /// <summary>Which versions score; <see langword="null"/> before the bank's first start.</summary>
    Task<RuleSetPointers?> ReadPointersAsync(CancellationToken ct = default);

    /// <summary>One version.</summary>
    Task<RuleSetVersion?> FindAsync(int number, CancellationToken ct = default);

    /// <summary>Versions, the newest first.</summary>
    /// <param name="before">Only those with a smaller number; <see langword="null"/> for the newest.</param>
    /// <param name="limit">The most to give back.</param>
    /// <param name="ct">Cancels the reading.</param>
    Task<IReadOnlyList<RuleSetVersion>> ListAsync(int? before, int limit, CancellationToken ct = default);

    /// <summary>Writes the bank's first version and points at it, unless there is one.</summary>
    /// <returns>Whether this call wrote it.</returns>
    Task<bool> StartAsync(RuleSetVersion first, CancellationToken ct = default);

    /// <summary>Adds a version.</summary>
    /// <returns>Whether the number was free.</returns>
    Task<bool> AddAsync(RuleSetVersion version, CancellationToken ct = default);

    /// <summary>Writes versions, and what scores if that changes, all or nothing.</summary>
    /// <param name="changed">The versions, each one revision on.</param>
    /// <param name="pointers">What scores from now on, one revision on; <see langword="null"/> when that stays as it is.</param>
    /// <param name="ct">Cancels the writing.</param>
    /// <returns>Whether it was written; not if any of the rows has changed since it was read.</returns>
    Task<bool> ReplaceAsync(IReadOnlyList<RuleSetVersion> changed, RuleSetPointers? pointers, CancellationToken ct = default);
}
