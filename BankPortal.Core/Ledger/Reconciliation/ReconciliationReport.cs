namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>What going over the books has come to, for screens.</summary>
/// <param name="State">How far it is.</param>
/// <param name="Open">How many differences are open.</param>
/// <param name="Differences">The open ones, the latest first; not all of them where there are very many.</param>
/// <param name="Gone">The last ones that are no longer there.</param>
public sealed record ReconciliationReport(
    ReconciliationState State, int Open, ImmutableArray<Difference> Differences, ImmutableArray<Difference> Gone);
