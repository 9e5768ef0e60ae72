using BankPortal.Core.Reports.Cubes;

namespace BankPortal.Tests.Fakes;

/// <summary>Cells of days in memory, in their stored form, with the standing of accounts.</summary>
public sealed class InMemoryCubes : ICubeStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Cube, string Scope, bool IsMonth, DateOnly From), byte[]> _rows = [];
    private readonly SortedDictionary<string, AccountStanding> _standings = new(StringComparer.Ordinal);

    public DateOnly? CountedTo { get; private set; }

    /// <summary>How many rows were read.</summary>
    public int RowsRead { get; private set; }

    public Task<DateOnly?> FindCountedToAsync(CancellationToken ct = default) => Task.FromResult(CountedTo);

    public Task<IReadOnlyList<CubeRow>> ReadAsync(
        string cube, string scope, bool months, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        lock (_lock)
        {
            List<CubeRow> found =
            [
                .. _rows.Where(row => row.Key.Cube == cube && row.Key.Scope == scope && row.Key.IsMonth == months)
                    .Where(row => row.Key.From >= from && row.Key.From <= to)
                    .Select(row => new CubeRow(cube, scope, months, row.Key.From, CubeCells.Read(row.Value))),
            ];
            RowsRead += found.Count;
            return Task.FromResult<IReadOnlyList<CubeRow>>(found);
        }
    }

    public Task SaveAsync(IReadOnlyCollection<CubeRow> rows, CancellationToken ct = default)
    {
        lock (_lock)
        {
            foreach (var row in rows)
            {
                _rows[(row.Cube, row.Scope, row.IsMonth, row.From)] = row.Cells.Write();
            }
        }

        return Task.CompletedTask;
    }

    public Task<bool> TryCountToAsync(DateOnly day, DateOnly? countedTo, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (CountedTo != countedTo)
            {
                return Task.FromResult(false);
            }

            CountedTo = day;
            return Task.FromResult(true);
        }
    }

    public Task<IReadOnlyList<AccountStanding>> FindStandingsAsync(
        IReadOnlyCollection<(string OwnerId, string AccountId)> accounts, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<AccountStanding>>(
                [.. accounts.Select(account => _standings.GetValueOrDefault(account.OwnerId + "#" + account.AccountId)).OfType<AccountStanding>()]);
        }
    }

    public Task SaveStandingsAsync(IReadOnlyCollection<AccountStanding> standings, CancellationToken ct = default)
    {
        lock (_lock)
        {
            foreach (var standing in standings)
            {
                var key = standing.OwnerId + "#" + standing.AccountId;
                if (!_standings.TryGetValue(key, out var known) || known.CountedTo <= standing.CountedTo)
                {
                    _standings[key] = standing;
                }
            }
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<AccountStanding> ReadStandingsAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct = default)
    {
        List<AccountStanding> all;
        lock (_lock)
        {
            all = [.. _standings.Values];
        }

        foreach (var standing in all)
        {
            await Task.Yield();
            yield return standing;
        }
    }
}
