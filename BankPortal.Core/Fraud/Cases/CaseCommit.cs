namespace BankPortal.Core.Fraud.Cases;

/// <summary>What one step writes, all or nothing. Queue, counts and the one-open-case rule follow from the cases.</summary>
public sealed record CaseCommit
{
    /// <summary>The cases that are opened or changed.</summary>
    public ImmutableArray<CaseChange> Cases { get; init; } = [];

    /// <summary>What is added to timelines.</summary>
    public ImmutableArray<CaseEvent> Events { get; init; } = [];

    /// <summary>The links, from both sides; none of them may exist.</summary>
    public ImmutableArray<CaseLink> Links { get; init; } = [];

    /// <summary>A case that is not changed, but has to be open.</summary>
    public string? MustBeOpen { get; init; }

    /// <summary>The alert that goes into a case, if one does. It must not be in one of the kind on that side.</summary>
    public AlertIntoCase? Alert { get; init; }
}

/// <summary>One case in a commit.</summary>
/// <param name="Before">As it was read; <see langword="null"/> for one that is being opened. It must still be of that version.</param>
/// <param name="After">As it is to be.</param>
public sealed record CaseChange(Case? Before, Case After);
