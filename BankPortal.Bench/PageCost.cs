namespace BankPortal.Bench;

/// <summary>What a page took for one customer.</summary>
/// <param name="Milliseconds">The times, one for each look.</param>
/// <param name="Requests">How many requests a look makes.</param>
/// <param name="RoundTrips">How many of them wait for another.</param>
internal sealed record PageCost(List<double> Milliseconds, int Requests, int RoundTrips)
{
    public double Median => Lap.Median(Milliseconds);

    /// <summary>Looks at two customers' pages in turn.</summary>
    public static async Task<(PageCost Short, PageCost Long)> CompareAsync(int looks, Func<Task> shortPage, Func<Task> longPage)
    {
        var pages = new[] { shortPage, longPage };
        var costs = new PageCost[2];
        for (var page = 0; page < pages.Length; page++)
        {
            // The first looks are for the compiler.
            for (var i = 0; i < 20; i++)
            {
                await pages[page]();
            }

            var counts = new List<RequestCounter>();
            for (var i = 0; i < 5; i++)
            {
                using var counter = RequestCounter.Start();
                await pages[page]();
                counts.Add(counter);
            }

            // Requests that may overlap do not always: the fewest trips are what the page itself waits for.
            costs[page] = new PageCost([], counts.Max(c => c.Total), counts.Min(c => c.SequentialRoundTrips));
        }

        for (var look = 0; look < looks; look++)
        {
            for (var turn = 0; turn < pages.Length; turn++)
            {
                var page = (look + turn) % pages.Length;
                var start = Stopwatch.GetTimestamp();
                await pages[page]();
                costs[page].Milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return (costs[0], costs[1]);
    }
}
