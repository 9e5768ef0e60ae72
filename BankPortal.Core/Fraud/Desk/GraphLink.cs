using BankPortal.Core.Common;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>All that one customer sent another, as far as it was looked at.</summary>
/// <param name="From">Who sent.</param>
/// <param name="To">Who received.</param>
/// <param name="Sum">How much together.</param>
/// <param name="Count">In how many transfers.</param>
/// <param name="LastAt">When the last of them was.</param>
public sealed record GraphLink(string From, string To, Money Sum, int Count, DateTimeOffset LastAt);
