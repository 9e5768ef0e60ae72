using System.Diagnostics;

namespace BankPortal.Tests.Fakes;

/// <summary>
/// Waits for something that other processes do, as long as they make progress. A limit on the wall clock would fail on a machine
/// that is busy with other work; this one fails when the processes stand still, or work without end.
/// </summary>
internal static class ProgressPatience
{
    /// <summary>How long the processes may stand still.</summary>
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromMinutes(2);

    /// <summary>The processor time in that period below which they stand still: an idle portal has timers too.</summary>
    private static readonly TimeSpan LeastWork = TimeSpan.FromSeconds(1);

    /// <summary>The processor time after which what is awaited will not come. A start takes some seconds.</summary>
    private static readonly TimeSpan MostWork = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the condition is true.</summary>
    /// <param name="condition">What is awaited; may throw when it can no longer come true.</param>
    /// <param name="progress">How many lines of output there are, and how much processor time was used.</param>
    /// <param name="describe">What to say when it does not come true.</param>
    /// <param name="time">The clock of the standstill.</param>
    public static async Task UntilAsync(
        Func<bool> condition, Func<(int Lines, TimeSpan Work)> progress, Func<string> describe, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        var (lines, work) = progress();
        var first = work;
        var since = time.GetTimestamp();
        while (!condition())
        {
            var now = progress();
            Assert.True(now.Work - first < MostWork, $"Still not after {MostWork} of processor time: {describe()}");
            if (now.Lines != lines || now.Work - work >= LeastWork)
            {
                (lines, work) = now;
                since = time.GetTimestamp();
            }

            Assert.True(time.GetElapsedTime(since) < LongestStandstill, $"Nothing happens any more: {describe()}");
            await Task.Delay(LookEvery, time);
        }
    }

    /// <summary>The processor time that processes have used; those that have ended do not count.</summary>
    public static TimeSpan WorkOf(params IEnumerable<int?> processes) =>
        processes.Aggregate(TimeSpan.Zero, (sum, id) => sum + WorkOf(id));

    private static TimeSpan WorkOf(int? id)
    {
        if (id is null)
        {
            return TimeSpan.Zero;
        }

        try
        {
            using var process = Process.GetProcessById(id.Value);
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return TimeSpan.Zero;
        }
    }
}
