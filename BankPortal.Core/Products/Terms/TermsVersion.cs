namespace BankPortal.Core.Products.Terms;

/// <summary>One version of a product's terms: proposed by one person, approved or rejected by another. Immutable.</summary>
public sealed record TermsVersion
{
    /// <summary>The product.</summary>
    public required AccountType Product { get; init; }

    /// <summary>The version's number among those of the product, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The terms.</summary>
    public required ProductTerms Terms { get; init; }

    /// <summary>
    /// The first day on which they apply, in the bank's calendar. They apply until the day on which another version begins.
    /// </summary>
    public required DateOnly From { get; init; }

    /// <summary>Whether they begin in the past, so that interest already paid is corrected.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Why the terms change.</summary>
    public required string Reason { get; init; }

    /// <summary>The state.</summary>
    public required TermsState State { get; init; }

    /// <summary>The user id of who proposed it; the bank itself for the terms it was shipped with.</summary>
    public required string MakerId { get; init; }

    /// <summary>When it was proposed.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The user id of who approved, rejected or withdrew it.</summary>
    public string? DeciderId { get; init; }

    /// <summary>When that was.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What the decider wrote.</summary>
    public string? Comment { get; init; }

    /// <summary>Its place among the approved versions of the product, from 1 in the order of approval; 0 while not approved.</summary>
    public int Sequence { get; init; }
}

/// <summary>The state of a version of terms. Stored by name: members may be added, never renamed.</summary>
public enum TermsState
{
    /// <summary>Waits for a second person.</summary>
    Proposed,

    /// <summary>Approved: applies from its first day on. Final.</summary>
    Approved,

    /// <summary>Rejected by a second person. Final.</summary>
    Rejected,

    /// <summary>Taken back by its maker. Final.</summary>
    Withdrawn,
}
