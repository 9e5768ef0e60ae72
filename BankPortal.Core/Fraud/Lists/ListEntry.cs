using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Lists;

/// <summary>That an account or a customer is on a list.</summary>
/// <param name="SubjectId">The account's or the customer's id.</param>
/// <param name="Kind">Which of the two it is.</param>
/// <param name="List">The list; one of <see cref="RiskLists"/>.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="Reason">Why, as whoever put it there said.</param>
/// <param name="ById">Who that was.</param>
/// <param name="ChangedAt">When.</param>
public sealed record ListEntry(string SubjectId, ListedKind Kind, string List, DateTimeOffset Until, string Reason, string ById, DateTimeOffset ChangedAt)
{
    /// <summary>Whether the rules still see it.</summary>
    public bool IsInForce(DateTimeOffset now) => Until > now;
}
