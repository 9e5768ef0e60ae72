namespace BankPortal.Tests.Fakes;

/// <summary>Reports of back-tests in memory.</summary>
public sealed class InMemoryBackTests : IBackTestStore
{
    private readonly ConcurrentDictionary<int, BackTestReport> _reports = [];

    public Task SaveAsync(BackTestReport report, CancellationToken ct = default)
    {
        _reports[report.Number] = report;
        return Task.CompletedTask;
    }

    public Task<BackTestReport?> FindAsync(int number, CancellationToken ct = default) =>
        Task.FromResult(_reports.GetValueOrDefault(number));
}
