using BankPortal.Core.Lending.Book;

namespace BankPortal.Tests.Fakes;

/// <summary>Loans and their events in memory, with the real store's conditions.</summary>
public sealed class InMemoryLoans : ILoanStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LoanFile> _files = new(StringComparer.Ordinal);

    /// <summary>Called before each write; throws to fail it.</summary>
    public Action<Loan>? BeforeWrite { get; set; }

    public Task<LoanFile?> ReadAsync(string loanId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_files.GetValueOrDefault(loanId));
        }
    }

    public async Task<Loan?> FindAsync(string loanId, CancellationToken ct = default) => (await ReadAsync(loanId, ct))?.Loan;

    public Task<ImmutableArray<Loan>> ListByOwnerAsync(string ownerId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<Loan>>(
            [
                .. _files.Values.Select(file => file.Loan)
                    .Where(loan => loan.OwnerId == ownerId).OrderByDescending(loan => loan.AppliedAt),
            ]);
        }
    }

    public Task<bool> TryAddAsync(Loan loan, IReadOnlyCollection<LoanEvent> events, CancellationToken ct = default)
    {
        BeforeWrite?.Invoke(loan);
        lock (_lock)
        {
            return Task.FromResult(_files.TryAdd(loan.Id, new LoanFile(loan, [.. events])));
        }
    }

    public Task<bool> TryWriteAsync(Loan loan, IReadOnlyCollection<LoanEvent> events, CancellationToken ct = default)
    {
        BeforeWrite?.Invoke(loan);
        lock (_lock)
        {
            var stored = _files[loan.Id];
            if (stored.Loan.Version != loan.Version - 1)
            {
                return Task.FromResult(false);
            }

            Assert.Equal(Enumerable.Range(stored.Events.Length + 1, events.Count), events.Select(one => one.Sequence));
            Assert.Equal(stored.Events.Length + events.Count, loan.Events);
            _files[loan.Id] = new LoanFile(loan, stored.Events.AddRange(events));
            return Task.FromResult(true);
        }
    }

    public Task<ImmutableArray<DueLoan>> FindDueAsync(
        int shard, DateTimeOffset now, int limit, DueLoan? after = null, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<DueLoan>>(shard > 0 ? [] :
            [
                .. _files.Values
                    .Where(file => file.Loan.NextRunAt <= now)
                    .Select(file => new DueLoan(file.Loan.Id, file.Loan.NextRunAt!.Value))
                    .OrderBy(due => due.RunAt)
                    .ThenBy(due => due.LoanId, StringComparer.Ordinal)
                    .SkipWhile(due => after is not null && due.RunAt <= after.RunAt)
                    .Take(limit),
            ]);
        }
    }

    public Task<ImmutableArray<Loan>> ListAsync(
        LoanStatus status, int shard, int limit, string? after = null, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<Loan>>(
            [
                .. _files.Values
                    .Select(file => file.Loan)
                    .Where(loan => loan.Status == status && loan.Id[^1] % ILoanStore.Shards == shard)
                    .Where(loan => after is null || string.CompareOrdinal(loan.Id, after) > 0)
                    .OrderBy(loan => loan.Id, StringComparer.Ordinal)
                    .Take(limit),
            ]);
        }
    }
}
