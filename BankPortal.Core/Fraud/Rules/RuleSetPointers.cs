namespace BankPortal.Core.Fraud.Rules;

/// <summary>Which versions are live and in shadow. One row, read by every node every few seconds.</summary>
/// <param name="Live">The version number of the live set.</param>
/// <param name="Shadow">The version number of the set in shadow, if there is one.</param>
/// <param name="Revision">The number of changes; the optimistic lock.</param>
public sealed record RuleSetPointers(int Live, int? Shadow, long Revision);
