using BankPortal.Core.Audit;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>Security events by kind and outcome, by days of UTC. Thread-safe.</summary>
public sealed class SignInCubes(ISecurityEventStore events) : ICubeSource
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<CubeRow>> ReadAsync(DateOnly day, CancellationToken ct = default)
    {
        var cells = new CubeCells();
        foreach (var count in await events.CountDayAsync(day, ct))
        {
            cells.At(CubeCells.KeyOf(count.Kind.ToString(), count.Outcome.ToString())).Add(count.Count, 0);
        }

        return cells.All.Count == 0 ? [] : [new CubeRow(CubeSpec.SignIns.Name, CubeSpec.SignIns.ScopeOf(default), false, day, cells)];
    }
}
