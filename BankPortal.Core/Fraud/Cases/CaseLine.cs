namespace BankPortal.Core.Fraud.Cases;

/// <summary>A case in a queue.</summary>
/// <param name="Case">The case.</param>
/// <param name="CustomerName">The customer's name.</param>
/// <param name="AssigneeName">The name of whoever works on it.</param>
public sealed record CaseLine(Case Case, string? CustomerName, string? AssigneeName);
