using System.Globalization;
using BankPortal.Core.Common;

namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>One place where the books disagree with themselves.</summary>
/// <param name="Kind">In what.</param>
/// <param name="AccountId">The account.</param>
/// <param name="TransferId">The transfer, where it is about one.</param>
/// <param name="Sequence">The entry's number in the account; 0 where it is about the account as a whole.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is.</param>
/// <param name="FirstSeenAt">When it was first seen.</param>
/// <param name="LastSeenAt">When it was last seen.</param>
/// <param name="GoneAt">When it was looked for and no longer there; <see langword="null"/> while it is open.</param>
public sealed record Difference(
    DifferenceKind Kind,
    string AccountId,
    string? TransferId,
    long Sequence,
    string Expected,
    string Found,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset? GoneAt = null)
{
    /// <summary>The same for the same difference each time it is seen.</summary>
    public string Id => DerivedId.From("difference", Kind.ToString(), AccountId, TransferId ?? "", Sequence.ToString(CultureInfo.InvariantCulture));
}
