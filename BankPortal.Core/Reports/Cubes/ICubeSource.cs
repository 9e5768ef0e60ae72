namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Gives cells that other modules keep by day. Asked once for each closed day, in order. Implementations are thread-safe.
/// </summary>
public interface ICubeSource
{
    /// <summary>Reads the cells of a day. Asking again gives the same.</summary>
    Task<IReadOnlyList<CubeRow>> ReadAsync(DateOnly day, CancellationToken ct = default);
}
