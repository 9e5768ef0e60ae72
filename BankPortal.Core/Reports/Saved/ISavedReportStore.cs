namespace BankPortal.Core.Reports.Saved;

/// <summary>Stores saved reports. Deleted ones leave a row, so that links can say so. Implementations are thread-safe.</summary>
public interface ISavedReportStore
{
    /// <summary>Reads a report, deleted or not; <see langword="null"/> when there never was one.</summary>
    Task<SavedReport?> FindAsync(string id, CancellationToken ct = default);

    /// <summary>Reads all reports that are not deleted. A round trip for each megabyte, some thousand reports.</summary>
    Task<IReadOnlyList<SavedReport>> ListAsync(CancellationToken ct = default);

    /// <summary>Writes a report if the stored version is the one before its own; version 1 only when there is none.</summary>
    Task<bool> TryWriteAsync(SavedReport report, CancellationToken ct = default);
}
