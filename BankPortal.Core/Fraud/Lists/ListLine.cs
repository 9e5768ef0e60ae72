using BankPortal.Core.Accounts;

namespace BankPortal.Core.Fraud.Lists;

/// <summary>An entry of a list with the names people know it by.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="CustomerId">The customer, or the account's owner; <see langword="null"/> where unknown.</param>
/// <param name="CustomerName">The customer's name; <see langword="null"/> where unknown.</param>
/// <param name="Number">The account's number; <see langword="null"/> for a customer as a whole.</param>
/// <param name="ByName">Who put it there; <see langword="null"/> where unknown.</param>
public sealed record ListLine(ListEntry Entry, string? CustomerId, string? CustomerName, AccountNumber? Number, string? ByName);
