using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A query for one page of a queue.</summary>
public sealed record CaseQuery
{
    /// <summary>The kinds to show.</summary>
    public ImmutableArray<CaseKind> Kinds { get; init; } = [CaseKind.Fraud, CaseKind.Compliance];

    /// <summary>The state; <see langword="null"/> for all open states.</summary>
    public CaseState? State { get; init; }

    /// <summary>The filter by assignee.</summary>
    public CaseOwner Owner { get; init; }

    /// <summary>Only open cases due before this time.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>The most cases on the page.</summary>
    public int Limit { get; init; } = 25;

    /// <summary>The <see cref="CasePage.Next"/> of the previous page; <see langword="null"/> for the first page.</summary>
    public string? After { get; init; }

    /// <summary>Whether the usual order is turned round: open cases with the latest due time first, closed ones oldest first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether times go from late to early.</summary>
    public bool IsDescending => (State == CaseState.Closed) != IsReversed;

    /// <summary>The states that match.</summary>
    public ImmutableArray<CaseState> States => State is { } state ? [state] : [CaseState.New, CaseState.Investigating, CaseState.Escalated];
}

/// <summary>One page of a queue with what it shows.</summary>
/// <param name="Lines">The cases.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last page.</param>
/// <param name="Counts">The numbers of cases.</param>
/// <param name="Kinds">The kinds the reader may see.</param>
public sealed record CaseQueue(ImmutableArray<CaseLine> Lines, string? Next, CaseCounts Counts, ImmutableArray<CaseKind> Kinds);
