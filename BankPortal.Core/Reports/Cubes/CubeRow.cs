namespace BankPortal.Core.Reports.Cubes;

/// <summary>The cells of a cube for a day or a month.</summary>
/// <param name="Cube">The name of the cube.</param>
/// <param name="Scope">The currency's code, or <c>all</c>; see <see cref="CubeSpec.ScopeOf"/>.</param>
/// <param name="IsMonth">Whether it is a whole month.</param>
/// <param name="From">The day, or the first day of the month.</param>
/// <param name="Cells">The cells.</param>
public sealed record CubeRow(string Cube, string Scope, bool IsMonth, DateOnly From, CubeCells Cells);
