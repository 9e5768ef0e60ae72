using BankPortal.Core.Statements;

namespace BankPortal.Web.Features.Statements;

/// <summary>What the choice of statements shows, as it was read.</summary>
/// <param name="Choice">The accounts and their days, or why there are none.</param>
public sealed record StatementsContent(Result<StatementChoice> Choice);
