using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>The numbers of cases, shown above a queue.</summary>
/// <param name="ByState">The number by kind and state; exact.</param>
/// <param name="Overdue">The number of overdue cases, counted up to <see cref="Most"/>.</param>
/// <param name="Mine">The number of open cases assigned to the viewer, counted up to <see cref="Most"/>.</param>
/// <param name="Unassigned">The number of open cases assigned to nobody, counted up to <see cref="Most"/>.</param>
public sealed record CaseCounts(
    ImmutableDictionary<(CaseKind Kind, CaseState State), long> ByState, int Overdue, int Mine, int Unassigned)
{
    /// <summary>The limit up to which cases are counted by reading a queue.</summary>
    public const int Most = 1000;

    /// <summary>Returns the number of cases of these kinds in one state.</summary>
    public long Of(CaseState state, IEnumerable<CaseKind> kinds) => kinds.Sum(kind => ByState.GetValueOrDefault((kind, state)));

    /// <summary>Returns the number of open cases of these kinds.</summary>
    public long Open(IEnumerable<CaseKind> kinds)
    {
        var all = kinds.ToList();
        return Of(CaseState.New, all) + Of(CaseState.Investigating, all) + Of(CaseState.Escalated, all);
    }
}
