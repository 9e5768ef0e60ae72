namespace BankPortal.Core.Ledger.History;

/// <summary>A stretch of one account's entries.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Limit">How many entries at the most.</param>
/// <param name="From">The earliest time, inclusive; open where <see langword="null"/>.</param>
/// <param name="Before">The end, exclusive; open where <see langword="null"/>.</param>
/// <param name="NewestFirst">The order.</param>
/// <param name="After">Start behind this entry, in the order of reading.</param>
public sealed record EntryQuery(
    string AccountId,
    int Limit,
    DateTimeOffset? From = null,
    DateTimeOffset? Before = null,
    bool NewestFirst = true,
    EntryPosition? After = null);
