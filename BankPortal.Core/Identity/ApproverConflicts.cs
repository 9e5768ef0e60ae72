using BankPortal.Core.Common.Approvals;

namespace BankPortal.Core.Identity;

/// <summary>Refuses approvals by whoever is related to the maker or to the people concerned. Thread-safe.</summary>
public sealed class ApproverConflicts(ConflictsOfInterest conflicts) : IApproverCheck
{
    /// <inheritdoc/>
    public async Task<Error?> FindAsync(
        string userId, string makerId, IReadOnlyCollection<string> parties, CancellationToken ct = default) =>
        (await conflicts.OfAsync(userId, ct)).ConflictWith(
            [.. parties.Select(party => new Involved(party, InvolvedAs.Party)), new Involved(makerId, InvolvedAs.Maker)]);
}
