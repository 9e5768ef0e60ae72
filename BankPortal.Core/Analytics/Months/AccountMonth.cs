using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Core.Analytics.Months;

/// <summary>
/// The month summary of one account: its entries of one calendar month of the bank, in groups of what rules can tell apart. Categories
/// are given to groups at reading, so a customer's decision changes no summary. Derived from entries and rebuildable.
/// </summary>
/// <param name="AccountId">The account.</param>
/// <param name="Month">The first day of the month.</param>
/// <param name="FirstSequence">The sequence number of the month's first entry.</param>
/// <param name="LastSequence">The sequence number of the last entry covered.</param>
/// <param name="LastAt">When that entry was posted.</param>
/// <param name="Groups">The groups; at most <see cref="MonthSums.MaxGroups"/> and a few that sum up the smallest.</param>
public sealed record AccountMonth(
    string AccountId,
    DateOnly Month,
    long FirstSequence,
    long LastSequence,
    DateTimeOffset LastAt,
    ImmutableArray<EntryGroup> Groups)
{
    /// <summary>The position of the last entry covered.</summary>
    public EntryPosition Position => new(LastAt, LastSequence);
}

/// <summary>Entries of a month with the same traits.</summary>
/// <param name="Traits">What they have in common.</param>
/// <param name="Count">How many.</param>
/// <param name="Sum">The sum, in minor units, positive.</param>
/// <param name="WeekendSum">The part of it on Saturdays and Sundays.</param>
/// <param name="WeekendCount">How many of them were on Saturdays and Sundays.</param>
/// <param name="Amounts">How often each amount occurred. Rounded to two digits where there are very many amounts.</param>
/// <param name="Seen">Day of the month and amount of each entry; empty when there are more than <see cref="MonthSums.MaxSeen"/>.</param>
public sealed record EntryGroup(
    EntryTraits Traits,
    int Count,
    long Sum,
    long WeekendSum,
    int WeekendCount,
    ImmutableSortedDictionary<long, int> Amounts,
    ImmutableArray<SeenEntry> Seen);

/// <summary>One entry of a group that has few.</summary>
public readonly record struct SeenEntry(int Day, long Amount);

/// <summary>One conditional write of an account's month summaries.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="ExpectedLast">The last sequence number that the stored open month covers; zero when none may be stored.</param>
/// <param name="Closed">Past months to write.</param>
/// <param name="Open">The new open month.</param>
public sealed record AccountMonthWrite(string AccountId, long ExpectedLast, ImmutableArray<AccountMonth> Closed, AccountMonth Open);

/// <summary>Stores month summaries. Implementations are thread-safe.</summary>
public interface IAccountMonthStore
{
    /// <summary>The most rows in one write, not counting the open month's row.</summary>
    int MaxRows { get; }

    /// <summary>Reads the summaries from a month on, in order; the open month is always the last one, even when it is earlier.</summary>
    Task<IReadOnlyList<AccountMonth>> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default);

    /// <summary>Writes summaries in one transaction if the stored open month is the expected one.</summary>
    /// <returns><see langword="false"/> when it was changed in the meantime; nothing is written then.</returns>
    Task<bool> TryWriteAsync(AccountMonthWrite write, CancellationToken ct = default);
}
