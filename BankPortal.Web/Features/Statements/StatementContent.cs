using BankPortal.Core.Statements;

namespace BankPortal.Web.Features.Statements;

/// <summary>What the page of a statement shows, as it was read.</summary>
/// <param name="Address">The account and the period that were asked for.</param>
/// <param name="Statement">The statement, or why there is none.</param>
public sealed record StatementContent((string AccountId, string Period) Address, Result<Statement> Statement);
