namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Gives cells that other modules keep by day. Asked once for each closed day, in order. Implementations are thread-safe.
/// </summary>
public interface ICubeSource
{
    /// <summary>The last day that the source is complete for; <see langword="null"/> when it is complete for every closed day.</summary>
    Task<DateOnly?> FindReadyToAsync(CancellationToken ct = default) => Task.FromResult<DateOnly?>(null);

    /// <summary>Reads the cells of a day. Asking again gives the same.</summary>
    Task<IReadOnlyList<CubeRow>> ReadAsync(DateOnly day, CancellationToken ct = default);
}
