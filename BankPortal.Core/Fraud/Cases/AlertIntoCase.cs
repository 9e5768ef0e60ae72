namespace BankPortal.Core.Fraud.Cases;

/// <summary>An alert that is added to a case.</summary>
/// <param name="Alert">The alert; already stored.</param>
/// <param name="Case">The case; must be open. When the same commit opens it, its alert count already includes this alert.</param>
/// <param name="Side">The side of the transfer the case is about.</param>
public sealed record AlertIntoCase(Alert Alert, Case Case, CaseSide Side);
