using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Lists;

/// <summary>An entry of a risk list: an account or a customer, until a given time.</summary>
/// <param name="SubjectId">The id of the account or customer.</param>
/// <param name="Kind">Whether it is an account or a customer.</param>
/// <param name="List">The list: one of <see cref="RiskLists"/>.</param>
/// <param name="Until">When the entry expires.</param>
/// <param name="Reason">The reason given for the last change.</param>
/// <param name="ById">The user id of the person who made that change.</param>
/// <param name="ChangedAt">When it was made.</param>
public sealed record ListEntry(
    string SubjectId, ListedKind Kind, string List, DateTimeOffset Until, string Reason, string ById, DateTimeOffset ChangedAt)
{
    /// <summary>Returns whether the entry has not expired.</summary>
    public bool IsInForce(DateTimeOffset now) => Until > now;
}

/// <summary>The kinds of subjects on a risk list.</summary>
public enum ListedKind
{
    /// <summary>One account.</summary>
    Account,

    /// <summary>A customer with all accounts.</summary>
    Customer,
}

/// <summary>A list entry with the names to show.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="CustomerId">The user id of the customer or the account's owner; <see langword="null"/> when unknown.</param>
/// <param name="CustomerName">The customer's name; <see langword="null"/> when unknown.</param>
/// <param name="Number">The account number; <see langword="null"/> when the subject is a customer.</param>
/// <param name="ByName">The name of the person who made the last change; <see langword="null"/> when unknown.</param>
public sealed record ListLine(ListEntry Entry, string? CustomerId, string? CustomerName, AccountNumber? Number, string? ByName)
{
    /// <summary>Why the reader may not change the entry; <see langword="null"/> when they may.</summary>
    public ConflictOfInterestError? Conflict { get; init; }
}
