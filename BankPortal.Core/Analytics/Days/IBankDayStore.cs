using BankPortal.Core.Ledger.Import;

namespace BankPortal.Core.Analytics.Days;

/// <summary>Stores the bank's closed days, months and years. Implementations are thread-safe.</summary>
public interface IBankDayStore : IClosedDays
{
    /// <summary>Returns the first closed day that has entries; <see langword="null"/> when there is none. One round trip.</summary>
    Task<DateOnly?> FindFirstAsync(CancellationToken ct = default);

    /// <summary>Keeps the totals of a part of a day that is being closed, by currency. A repeat overwrites it.</summary>
    Task SavePartAsync(DateOnly day, int part, IReadOnlyDictionary<Currency, BankTotals> totals, CancellationToken ct = default);

    /// <summary>Reads all parts of a day that is being closed.</summary>
    Task<IReadOnlyList<(Currency Currency, BankTotals Totals)>> ReadPartsAsync(DateOnly day, CancellationToken ct = default);

    /// <summary>
    /// Closes a day in one transaction, with the months and years that end with it, if the day before is the last closed one.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="closedTo">The last closed day as it was read.</param>
    /// <param name="periods">The rows; those without entries are left out.</param>
    /// <param name="ct">Cancels the write.</param>
    /// <returns>Whether it was written; if not, another node has closed the day.</returns>
    Task<bool> TryCloseAsync(DateOnly day, DateOnly? closedTo, IReadOnlyCollection<BankPeriod> periods, CancellationToken ct = default);

    /// <summary>Reads the closed periods of a kind and currency, in order. One round trip for a year of days.</summary>
    Task<IReadOnlyList<BankPeriod>> ReadAsync(
        BankPeriodKind kind, Currency currency, DateOnly from, DateOnly to, CancellationToken ct = default);
}
