namespace BankPortal.Core.Analytics;

/// <summary>
/// Stores day summaries. They are derived data: losing them costs a rebuild only. Summaries of past days are written once; the last one
/// is open, and its row also marks how far the entries are summarised. Implementations are thread-safe.
/// </summary>
public interface IAccountDayStore
{
    /// <summary>The most rows in one write, not counting the open day's row.</summary>
    int MaxRows { get; }

    /// <summary>
    /// Reads the summaries from <paramref name="from"/> on, in order. The open day is always the last one, even when it is earlier than
    /// <paramref name="from"/>. Empty when nothing is summarised yet. One round trip for several years.
    /// </summary>
    Task<IReadOnlyList<AccountDay>> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default);

    /// <summary>Reads the open days of accounts; an account without summaries is missing. One round trip for a hundred accounts.</summary>
    Task<IReadOnlyDictionary<string, AccountDay>> ReadOpenAsync(IReadOnlyCollection<string> accountIds, CancellationToken ct = default);

    /// <summary>Reads the summary of one day, the open one included; <see langword="null"/> when there is none. One round trip.</summary>
    Task<AccountDay?> FindAsync(string accountId, DateOnly day, CancellationToken ct = default);

    /// <summary>Writes summaries in one transaction if the open day is still the expected one.</summary>
    /// <returns><see langword="false"/> when the open day was changed in the meantime; nothing is written then.</returns>
    Task<bool> TryWriteAsync(AccountDayWrite write, CancellationToken ct = default);
}
