namespace BankPortal.Core.Fraud.Rules;

/// <summary>Which versions score transfers. One row, read by every node every few seconds.</summary>
/// <param name="Live">The version that decides.</param>
/// <param name="Shadow">The version on trial beside it, if there is one.</param>
/// <param name="Revision">Counts its changes.</param>
public sealed record RuleSetPointers(int Live, int? Shadow, long Revision);
