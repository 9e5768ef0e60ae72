namespace BankPortal.Bench;

/// <summary>What a run found, figure by figure, for comparing it with another run.</summary>
internal sealed class Figures
{
    private readonly List<Figure> _all = [];

    public IReadOnlyList<Figure> All => _all;

    /// <summary>A figure that should be high.</summary>
    public void More(string name, double value) => _all.Add(new Figure(name, value, MoreIsBetter: true));

    /// <summary>A figure that should be low.</summary>
    public void Less(string name, double value) => _all.Add(new Figure(name, value, MoreIsBetter: false));

    /// <summary>Everything of a lap.</summary>
    public void Add(string name, Lap lap)
    {
        More(string.Create(CultureInfo.InvariantCulture, $"{name}: transfers/s"), lap.PerSecond);
        Less($"{name}: p50 ms", lap.P50);
        Less($"{name}: p99 ms", lap.P99);
        Less($"{name}: KB allocated", lap.AllocatedKilobytes);
        Less($"{name}: CPU ms, both processes", lap.CpuMilliseconds + lap.EngineCpuMilliseconds);
    }

    /// <param name="Name">What was measured.</param>
    /// <param name="Value">How much.</param>
    /// <param name="MoreIsBetter">Whether more of it is better.</param>
    internal sealed record Figure(string Name, double Value, bool MoreIsBetter);
}
