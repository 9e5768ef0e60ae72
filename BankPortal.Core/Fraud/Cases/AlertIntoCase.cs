namespace BankPortal.Core.Fraud.Cases;

/// <summary>An alert that goes into a case.</summary>
/// <param name="Alert">The alert; it has been noted before.</param>
/// <param name="Case">The case, which must be open. When it is opened in the same commit, it counts the alert already.</param>
/// <param name="Side">The side of the transfer that the case is about.</param>
public sealed record AlertIntoCase(Alert Alert, Case Case, CaseSide Side);
