namespace BankPortal.Core.Ledger.History;

/// <summary>Keeps each customer's saved filters, encrypted. Implementations are thread-safe.</summary>
public interface ISavedFilterStore
{
    /// <summary>Reads a customer's filters in one round trip; none when nothing is saved.</summary>
    Task<SavedFilters> ReadFiltersAsync(string userId, CancellationToken ct = default);

    /// <summary>Writes the filters if the stored version is still <see cref="SavedFilters.Version"/>.</summary>
    /// <returns><see langword="false"/> when somebody else was faster; nothing is written then.</returns>
    Task<bool> TryWriteFiltersAsync(string userId, SavedFilters filters, CancellationToken ct = default);
}
