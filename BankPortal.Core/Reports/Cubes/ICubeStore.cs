namespace BankPortal.Core.Reports.Cubes;

/// <summary>Stores the cells of closed days and months, and what accounts come to. Implementations are thread-safe.</summary>
public interface ICubeStore
{
    /// <summary>Returns the last day whose cells are kept; <see langword="null"/> when there is none. One round trip.</summary>
    Task<DateOnly?> FindCountedToAsync(CancellationToken ct = default);

    /// <summary>Reads the rows of a cube from one day to another, in order. A round trip for each megabyte.</summary>
    Task<IReadOnlyList<CubeRow>> ReadAsync(
        string cube, string scope, bool months, DateOnly from, DateOnly to, CancellationToken ct = default);

    /// <summary>
    /// Keeps the rows of a day, and of the month that ends with it. Rows of the same day are overwritten, which is harmless: nobody reads
    /// them before the day counts, and counting it again gives the same.
    /// </summary>
    Task SaveAsync(IReadOnlyCollection<CubeRow> rows, CancellationToken ct = default);

    /// <summary>Notes that a day is counted, if the day before was the last one.</summary>
    /// <param name="day">The day.</param>
    /// <param name="countedTo">The last counted day as it was read.</param>
    /// <param name="ct">Cancels the write.</param>
    /// <returns>Whether it was noted; if not, another node has done so.</returns>
    Task<bool> TryCountToAsync(DateOnly day, DateOnly? countedTo, CancellationToken ct = default);

    /// <summary>Reads the standing of accounts; those without are left out. A round trip for each hundred.</summary>
    /// <param name="accounts">Owners and accounts.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<IReadOnlyList<AccountStanding>> FindStandingsAsync(
        IReadOnlyCollection<(string OwnerId, string AccountId)> accounts, CancellationToken ct = default);

    /// <summary>Writes standings. A row that a later day is counted in already is left as it is. A round trip for each.</summary>
    Task SaveStandingsAsync(IReadOnlyCollection<AccountStanding> standings, CancellationToken ct = default);

    /// <summary>
    /// Reads every standing, the accounts of an owner one after another. A round trip for each megabyte, some thousand accounts; memory
    /// does not depend on how many there are.
    /// </summary>
    IAsyncEnumerable<AccountStanding> ReadStandingsAsync(CancellationToken ct = default);
}
