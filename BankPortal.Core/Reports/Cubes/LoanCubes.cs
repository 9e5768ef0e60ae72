namespace BankPortal.Core.Reports.Cubes;

/// <summary>The loan book at the end of a day. Thread-safe.</summary>
public sealed class LoanCubes(ILoanFigures loans) : ICubeSource
{
    /// <inheritdoc/>
    public Task<DateOnly?> FindReadyToAsync(CancellationToken ct = default) => loans.FindThroughAsync(ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CubeRow>> ReadAsync(DateOnly day, CancellationToken ct = default)
    {
        var found = new Dictionary<Currency, CubeCells>();
        foreach (var cell in await loans.ReadAsync(day, ct))
        {
            if (!found.TryGetValue(cell.Principal.Currency, out var cells))
            {
                found[cell.Principal.Currency] = cells = new CubeCells();
            }

            cells.At(cell.Key).Add(cell.Count, cell.Principal.MinorUnits);
        }

        return [.. found.Select(cells =>
            new CubeRow(CubeSpec.Loans.Name, CubeSpec.Loans.ScopeOf(cells.Key), false, day, cells.Value))];
    }
}
