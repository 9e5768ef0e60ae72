namespace BankPortal.Core.Fraud.Cases;

/// <summary>What one step writes in one transaction. The store derives queues, counts and the one-open-case rule from the
/// cases.</summary>
public sealed record CaseCommit
{
    /// <summary>The cases to open or change.</summary>
    public ImmutableArray<CaseChange> Cases { get; init; } = [];

    /// <summary>The events to add to timelines.</summary>
    public ImmutableArray<CaseEvent> Events { get; init; } = [];

    /// <summary>The links to add, in both directions; none of them may exist.</summary>
    public ImmutableArray<CaseLink> Links { get; init; } = [];

    /// <summary>The id of a case that is not changed but must be open.</summary>
    public string? MustBeOpen { get; init; }

    /// <summary>The alert to add to a case, if any. It must not yet be in a case of this kind and side.</summary>
    public AlertIntoCase? Alert { get; init; }
}

/// <summary>One case in a commit, before and after.</summary>
/// <param name="Before">The case as it was read, whose version must still be current; <see langword="null"/> for a new case.</param>
/// <param name="After">The case to write.</param>
public sealed record CaseChange(Case? Before, Case After);
