using BankPortal.Core.Reports.Saved;

namespace BankPortal.Tests.Fakes;

/// <summary>Saved reports in memory.</summary>
public sealed class InMemorySavedReports : ISavedReportStore
{
    private readonly ConcurrentDictionary<string, SavedReport> _reports = new(StringComparer.Ordinal);

    public Task<SavedReport?> FindAsync(string id, CancellationToken ct = default) => Task.FromResult(_reports.GetValueOrDefault(id));

    public Task<IReadOnlyList<SavedReport>> ListAsync(CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<SavedReport>>([.. _reports.Values.Where(report => report.DeletedAt is null)]);

    public Task<bool> TryWriteAsync(SavedReport report, CancellationToken ct = default) => Task.FromResult(
        report.Version == 1
            ? _reports.TryAdd(report.Id, report)
            : _reports.TryGetValue(report.Id, out var known) && known.Version == report.Version - 1
                && _reports.TryUpdate(report.Id, report, known));
}
