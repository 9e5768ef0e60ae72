namespace BankPortal.Bench;

/// <summary>A number of operations, done by some workers at the same time, and what they took.</summary>
/// <param name="PerSecond">Operations per second.</param>
/// <param name="P50">The median time of one, in milliseconds.</param>
/// <param name="P95">95 of a hundred were quicker.</param>
/// <param name="P99">99 of a hundred were quicker.</param>
/// <param name="AllocatedKilobytes">Managed memory allocated for one.</param>
/// <param name="CpuMilliseconds">Processor time of this process for one.</param>
/// <param name="EngineCpuMilliseconds">Processor time of the engine for one.</param>
internal sealed record Lap(
    double PerSecond, double P50, double P95, double P99, double AllocatedKilobytes, double CpuMilliseconds, double EngineCpuMilliseconds)
{
    /// <param name="workers">How many at the same time.</param>
    /// <param name="each">How many operations each of them does.</param>
    /// <param name="operation">Given the worker's and the operation's number, from zero.</param>
    /// <param name="engine">The engine's process.</param>
    public static async Task<Lap> RunAsync(int workers, int each, Func<int, int, Task> operation, Process engine)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var times = new double[workers * each];
        engine.Refresh();
        using var self = Process.GetCurrentProcess();
        var (ownCpu, engineCpu) = (self.TotalProcessorTime, engine.TotalProcessorTime);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                var from = Stopwatch.GetTimestamp();
                await operation(worker, i);
                times[(worker * each) + i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        self.Refresh();
        engine.Refresh();
        Array.Sort(times);
        return new Lap(
            times.Length / elapsed.TotalSeconds,
            Quantile(times, 0.5),
            Quantile(times, 0.95),
            Quantile(times, 0.99),
            allocated / 1024.0 / times.Length,
            (self.TotalProcessorTime - ownCpu).TotalMilliseconds / times.Length,
            (engine.TotalProcessorTime - engineCpu).TotalMilliseconds / times.Length);
    }

    /// <summary>The median of each figure.</summary>
    public static Lap Median(IReadOnlyCollection<Lap> laps) => new(
        Median(laps.Select(l => l.PerSecond)),
        Median(laps.Select(l => l.P50)),
        Median(laps.Select(l => l.P95)),
        Median(laps.Select(l => l.P99)),
        Median(laps.Select(l => l.AllocatedKilobytes)),
        Median(laps.Select(l => l.CpuMilliseconds)),
        Median(laps.Select(l => l.EngineCpuMilliseconds)));

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public static string Show(double value, int digits) =>
        value.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // The nearest rank.
    private static double Quantile(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
