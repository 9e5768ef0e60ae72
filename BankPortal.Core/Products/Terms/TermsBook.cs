namespace BankPortal.Core.Products.Terms;

/// <summary>All versions of a product's terms. Immutable.</summary>
/// <param name="Product">The product.</param>
/// <param name="Versions">The versions, by number.</param>
/// <param name="Revision">The number of writes; the optimistic lock against lost updates.</param>
public sealed record TermsBook(AccountType Product, ImmutableArray<TermsVersion> Versions, long Revision)
{
    /// <summary>The approved versions in the order of approval.</summary>
    public IEnumerable<TermsVersion> Approved => Versions.Where(version => version.Sequence > 0).OrderBy(version => version.Sequence);

    /// <summary>How many versions were approved.</summary>
    public int Sequence => Versions.IsEmpty ? 0 : Versions.Max(version => version.Sequence);

    /// <summary>The first day that has terms; <see langword="null"/> when there are none.</summary>
    public DateOnly? FirstDay => Approved.Any() ? Approved.Min(version => version.From) : null;

    /// <summary>Whether accounts have, had or will have interest.</summary>
    public bool BearsInterest => Approved.Any(version => version.Terms.BearsInterest);

    /// <summary>Whether there is anything to post for accounts of the product: interest or fees.</summary>
    public bool NeedsBooking => Approved.Any(version => version.Terms.BearsInterest || !version.Terms.Fees.IsFree);

    /// <summary>
    /// Returns the version that applies on a day: of those that have begun the one that began last; of several that begin on the same day
    /// the one approved last.
    /// </summary>
    /// <returns>The version; <see langword="null"/> before the first.</returns>
    public TermsVersion? On(DateOnly day) =>
        Approved.Where(version => version.From <= day).OrderBy(version => version.From).ThenBy(version => version.Sequence).LastOrDefault();

    /// <summary>Returns the approved versions that begin after a day and will apply, earliest first.</summary>
    public ImmutableArray<TermsVersion> After(DateOnly day) =>
    [
        .. Approved.Where(version => version.From > day && On(version.From) == version).OrderBy(version => version.From),
    ];

    /// <summary>Returns the versions that wait for a second person.</summary>
    public ImmutableArray<TermsVersion> Proposed => [.. Versions.Where(version => version.State == TermsState.Proposed)];
}
