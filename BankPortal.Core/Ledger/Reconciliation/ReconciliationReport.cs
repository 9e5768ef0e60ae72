namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>The result of the reconciliation so far, for screens.</summary>
/// <param name="State">The progress.</param>
/// <param name="Open">How many differences are open.</param>
/// <param name="Differences">The open ones, the latest first; not all of them where there are very many.</param>
/// <param name="Gone">The differences closed last.</param>
public sealed record ReconciliationReport(
    ReconciliationState State, int Open, ImmutableArray<Difference> Differences, ImmutableArray<Difference> Gone);
