using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A stretch of a queue.</summary>
public sealed record CaseQuery
{
    /// <summary>The kinds to show.</summary>
    public ImmutableArray<CaseKind> Kinds { get; init; } = [CaseKind.Fraud, CaseKind.Compliance];

    /// <summary>The state; all open ones when not given.</summary>
    public CaseState? State { get; init; }

    /// <summary>Whose.</summary>
    public CaseOwner Owner { get; init; }

    /// <summary>Only open cases that were due before this.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>How many at the most.</summary>
    public int Limit { get; init; } = 25;

    /// <summary>The <see cref="CasePage.Next"/> of the stretch before.</summary>
    public string? After { get; init; }

    /// <summary>The states it covers.</summary>
    public ImmutableArray<CaseState> States => State is { } state ? [state] : [CaseState.New, CaseState.Investigating, CaseState.Escalated];
}

/// <summary>A queue of cases as it is shown.</summary>
/// <param name="Lines">The cases.</param>
/// <param name="Next">Where the next stretch begins; <see langword="null"/> when there is none.</param>
/// <param name="Counts">How many there are.</param>
/// <param name="Kinds">The kinds the reader may see.</param>
public sealed record CaseQueue(ImmutableArray<CaseLine> Lines, string? Next, CaseCounts Counts, ImmutableArray<CaseKind> Kinds);
