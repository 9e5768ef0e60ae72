using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>How many cases there are, for the head of a queue.</summary>
/// <param name="ByState">By kind and state; exact.</param>
/// <param name="Overdue">Open and overdue; counted up to <see cref="Most"/>.</param>
/// <param name="Mine">Open and assigned to whoever looks; counted up to <see cref="Most"/>.</param>
/// <param name="Unassigned">Open and assigned to nobody; counted up to <see cref="Most"/>.</param>
public sealed record CaseCounts(ImmutableDictionary<(CaseKind Kind, CaseState State), long> ByState, int Overdue, int Mine, int Unassigned)
{
    /// <summary>Up to where is counted what no counter keeps.</summary>
    public const int Most = 1000;

    /// <summary>How many of these kinds are in that state.</summary>
    public long Of(CaseState state, IEnumerable<CaseKind> kinds) => kinds.Sum(kind => ByState.GetValueOrDefault((kind, state)));

    /// <summary>How many of these kinds are open.</summary>
    public long Open(IEnumerable<CaseKind> kinds)
    {
        var all = kinds.ToList();
        return Of(CaseState.New, all) + Of(CaseState.Investigating, all) + Of(CaseState.Escalated, all);
    }
}
