namespace BankPortal.Core.Analytics;

/// <summary>
/// Keeps the days of accounts. A derived view: losing it costs a rebuild, nothing else. Days that are over are written
/// once; the last day is open, and its row is also the mark of how far the entries are summed up.
/// </summary>
public interface IAccountDayStore
{
    /// <summary>How many rows one write may touch, the open day's not counted.</summary>
    int MaxRows { get; }

    /// <summary>
    /// The account's days from <paramref name="from"/> on, in order, and always the open day as the last, even if it is
    /// earlier; empty when nothing has been summed up. One round trip for some years.
    /// </summary>
    Task<IReadOnlyList<AccountDay>> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default);

    /// <summary>Writes days, all or nothing, if the open day is still the expected one.</summary>
    /// <returns><see langword="false"/> when somebody else was first; nothing is written then.</returns>
    Task<bool> TryWriteAsync(AccountDayWrite write, CancellationToken ct = default);
}
